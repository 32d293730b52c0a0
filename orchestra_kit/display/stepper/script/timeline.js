// The timeline: when everybody worked, what it cost, and what the end waited for; dashed, what was estimated.

const stopsAt = (stops, { member, phase }) => stops.has(member) || stops.has(phase)
const pen = document.createElement("canvas").getContext("2d")
const widthOf = (text, font) => Object.assign(pen, { font }).measureText(text).width

/** What stays as it is while a run is stepped through: the lanes with their names, the axis, and the tokens of all of
    it, which are uncovered as it goes on. */
function buildTimeline({ until, limits, lanes, simulated, shape, ticks }) {
  const end = until || 1, share = seconds => `${100 * seconds / end}%`
  const axis = h("div", { class: "ok-axis" }), sums = h("span", { class: "ok-tokens-say" })
  const rows = lanes.map(lane => Array.from({ length: lane.rows }, () => h("div", { class: "ok-row" })))
  const names = lanes.map(({ name, depth }) =>
    h("div", { class: "ok-lane-name", style: { "--depth": Math.min(depth, 4) } }, named(name, 30)))
  const tokens = svg("svg", { class: "ok-tokens", viewBox: "0 0 1000 40", preserveAspectRatio: "none",
    "aria-hidden": "true" }, line("ok-all", shape.all), line("ok-mine", shape.own))
  const limit = limits.tokens ? h("i", { class: "ok-limit", style: { "--tokens": shape.limit } }) : null
  const grid = h("div", { class: "ok-lanes", style: { "--tick": share(ticks[1] ?? end) } },
    h("div", { class: "ok-corner" }, simulated ? "simulated" : ""), axis,
    names.map((name, lane) => [name, h("div", { class: "ok-track" }, rows[lane])]),
    h("div", { class: "ok-lane-name" }, "Tokens", limit ? h("small", {}, `limit ${whole(limits.tokens)}`) : null),
    h("div", { class: "ok-track ok-foot" }, tokens, limit, sums), h("div", { class: "ok-head-now" }))
  return { grid, names, rows, axis, sums, end, share }
}

/** `view`: the story, the moment, whom it is about, where it stops, select(member, call). */
function drawTimeline({ grid, names, rows, axis, sums, end, share }, view) {
  const { story, moment: { bars, chain, step, n }, about, stops, select } = view, ghosts = ghostsAt(story, n)
  const pixels = axis.clientWidth / end, font = `11.5px ${getComputedStyle(grid).fontFamily}`
  const fits = (text, room) => widthOf(text, font) + 12 <= room
  const place = (from, to) => ({ left: share(from), width: share(to - from) })

  for (const row of rows.flat()) row.replaceChildren()
  for (const bar of bars) rows[bar.call.lane][bar.call.row].append(barShape(bar))
  for (const ghost of ghosts) rows[ghost.lane][ghost.row].append(ghostShape(ghost))
  names.forEach((name, lane) => {
    const { member } = story.lanes[lane], here = lane === story.members[about.member].lane, first = !member
    const unknown = story.members[member]?.since > n && !ghosts.some(ghost => ghost.lane === lane)
    name.className = classes("ok-lane-name", { first, here, stop: stops.has(member), unknown })
  })
  const stopped = new Set(story.steps.filter(step => stopsAt(stops, step)).map(step => step.at))
  const mark = (tag, at, text, more) => h(tag, { style: { left: share(at) }, ...more }, text)
  axis.replaceChildren(...story.ticks.filter(at => at <= end * 0.97).map(at => mark("span", at, `${at} s`)),
    ...[...stopped].map(at => mark("i", at, "", { class: "ok-stop-here", title: `stops at ${clock(at)}` })))
  grid.style.setProperty("--at", step.at / end)
  const [all, own, others] = story.spent[step.spent].tokens
  sums.replaceChildren(h("b", {}, all), h("span", { class: "ok-mine" }, ` ■ orchestrator ${own} `),
    h("span", { class: "ok-rest" }, `■ others ${others}`))

  function barShape(bar) {
    const { call, number, state, when, person, from, to } = bar, width = Math.max(4, (to - from) * pixels)
    const beside = ((call.then ?? end) - from) * pixels - width
    const text = call.words[when].find(words => fits(words, Math.max(width, beside))) ?? ""
    const flags = { own: call.own, person, chain: chain.has(bar), pinned: about.call === number }
    return h("div", { class: classes(`ok-bar ok-${state}`, flags), style: place(from, to),
      title: `${call.who}: ${call.tried[when]}`, click: () => select(call.member, number) },
    h("span", { class: fits(text, width) ? "ok-inside" : "ok-outside" }, text))
  }

  function ghostShape({ lane, from, to, words, title }) {  // no words over others
    const hidden = bars.some(bar => bar.call.lane === lane && bar.from < to && bar.to + 110 / pixels > from)
    const text = hidden ? "" : words.find(words => fits(words, (to - from) * pixels)) ?? ""
    return h("div", { class: "ok-ghost", title, style: place(from, to) }, h("span", {}, text))
  }
}

// Estimated calls that may still come; at the end, one agent alone:
const ghostsAt = ({ ghosts = [] }, n) => ghosts.filter(({ since, until }) => since <= n && n < until)
const besideWords = ({ beside = [] }, { kind, member }) =>
  beside.map(([words, end]) => [sentence(words), kind === "ended" && !member ? end : ""])

function legendOf({ story, stops, moment: { step, chain, bars } }) {
  const key = kind => h("i", { class: `ok-key-${kind}` })
  const worked = bars.filter(bar => bar.state !== "planned")
  const sum = bars => h("b", {}, clock([...bars].reduce((total, { from, to }) => total + to - from, 0)))
  return [chain.size ? [key("chain"), "longest chain ", sum(chain)] : null,
    step.idle ? ["hands idle, added up ", h("b", {}, clock(step.idle))] : null,
    worked.length ? ["one by one ", sum(worked), ", same tokens"] : null,
    ...besideWords(story, step),
    ...[...stops.values()].map(name => [key("stop"), "stops at ", named(name)])]
    .filter(Boolean).map(words => h("span", {}, words))
}
