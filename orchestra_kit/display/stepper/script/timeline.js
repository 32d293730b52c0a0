// The timeline: when everybody worked, what it cost, and what the end waited for; dashed, what was estimated.

const laneOf = (story, member) => helps(story.members[member]) ? story.members[member].team : member
const isOver = ({ kind, member }) => kind === "ended" && !member
const pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d")

function widthOf(text, font) {
  if (pen.font !== font) pen.font = font
  return pen.measureText(text).width
}

function ticks(end) {
  const rough = (end || 1) / 6, power = 10 ** Math.floor(Math.log10(rough))
  const every = [1, 2, 5, 10].map(times => times * power).find(each => each >= rough)
  return Array.from({ length: Math.floor((end || 1) / every) + 1 }, (_, k) => Number((k * every).toPrecision(6)))
}

const emptyRow = () => h("div", { class: "ok-row" })

/** What stays as it is while a run is stepped through: the lanes with their names, the axis, and the tokens of all of
    it, which are uncovered as it goes on. */
function buildTimeline(story) {
  const end = story.until || 1, share = seconds => `${100 * seconds / end}%`, limit = story.limits.tokens
  const track = rows => h("div", { class: "ok-track" }, Array.from({ length: rows }, emptyRow))
  const lanes = story.lanes.map(({ name, member, depth, rows }) => ({ member, track: track(rows),
    name: h("div", { class: "ok-lane-name", style: { "--depth": Math.min(depth, 4) } }, named(name, 30)) }))
  const axis = h("div", { class: "ok-axis" }), sums = h("span", { class: "ok-tokens-say" })
  const grid = h("div", { class: "ok-lanes", style: { "--tick": share(ticks(end)[1] ?? end) } },
    h("div", { class: "ok-corner" }, story.simulated ? "simulated" : ""), axis,
    lanes.map(({ name, track }) => [name, track]),
    h("div", { class: "ok-lane-name" }, "Tokens", limit ? h("small", {}, `limit ${whole(limit)}`) : null),
    h("div", { class: "ok-track ok-foot" }, tokensShape(story, end), sums), h("div", { class: "ok-head-now" }))
  return { grid, lanes, axis, sums, end, share }
}

function tokensShape(story, end) {
  const total = story.calls.reduce((sum, call) => sum + tokensOf(call), 0), limit = story.limits.tokens
  const top = Math.max(total, limit ?? 0) * 1.05 || 1
  const ended = story.calls.filter(call => call.to !== undefined).sort((one, other) => one.to - other.to)
  const area = (kind, calls) => {
    let sum = 0
    const y = call => (40 - 40 * (sum += tokensOf(call)) / top).toFixed(1)
    return line(kind, `M0 40${calls.map(call => `H${(1000 * call.to / end).toFixed(1)}V${y(call)}`).join("")}H1000V40Z`)
  }
  const canvas = { class: "ok-tokens", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true" }
  return [svg("svg", canvas, area("ok-all", ended), area("ok-mine", ended.filter(call => call.own))),
    limit ? h("i", { class: "ok-limit", style: { "--tokens": limit / top } }) : null]
}

/** `view`: the moment, whom it is about, where it stops, select(member, call). */
function drawTimeline(story, timeline, view) {
  const { grid, lanes, axis, sums, end, share } = timeline, { moment, about, stops } = view
  const scale = { pixels: axis.clientWidth / end, font: `11.5px ${getComputedStyle(grid).fontFamily}`, share, end }
  const ghosts = ghostsAt(story, moment), near = ghost => moment.bars.filter(({ call }) => call.lane === ghost.lane)
  const put = ({ lane, row }, shape) => lanes[lane].track.children[row].append(shape)
  for (const row of lanes.flatMap(({ track }) => [...track.children])) row.replaceChildren()
  for (const bar of moment.bars) put(bar.call, barShape(bar, scale, view))
  for (const ghost of ghosts) put(ghost, ghostShape(ghost, scale, near(ghost)))
  lanes.forEach(({ member, name }, lane) => {
    const unknown = story.members[member]?.since > moment.n && !ghosts.some(ghost => ghost.lane === lane)
    name.className = classes("ok-lane-name", { first: !member, here: member === laneOf(story, about.member),
      stop: stops.has(member), unknown })
  })
  const stopped = new Set(story.steps.filter(step => stopsAt(stops, step)).map(step => step.at))
  const mark = (tag, at, more) => h(tag, { style: { left: share(at) }, ...more }, tag === "span" ? `${at} s` : "")
  axis.replaceChildren(...ticks(end).filter(at => at <= end * 0.97).map(at => mark("span", at)),
    ...[...stopped].map(at => mark("i", at, { class: "ok-stop-here", title: `stops at ${clock(at)}` })))
  grid.style.setProperty("--at", moment.at / end)
  sums.replaceChildren(h("b", {}, whole(moment.all)),
    h("span", { class: "ok-mine" }, ` ■ orchestrator ${whole(moment.own)} `),
    h("span", { class: "ok-rest" }, `■ others ${whole(moment.all - moment.own)}`))
}

function barShape(bar, { pixels, font, share, end }, { moment, about, select }) {
  const { call, number, state, person, from, to } = bar, width = Math.max(4, (to - from) * pixels)
  const beside = ((call.then ?? end) - from) * pixels - width, fits = (text, room) => widthOf(text, font) + 12 <= room
  const text = barWords(bar).find(words => fits(words, Math.max(width, beside))) ?? ""
  const tokens = bar.closed && tokensOf(call) ? [`${whole(tokensOf(call))} tokens`] : []
  const flags = { own: call.own, person, chain: moment.chain.has(bar), pinned: about.call === number }
  const title = [call.who, STATES[state], ...tokens].join(" · ")
  return h("div", { class: classes(`ok-bar ok-${state}`, flags), title,
    style: { left: share(from), width: share(to - from) }, click: () => select(call.member, number) },
  h("span", { class: fits(text, width) ? "ok-inside" : "ok-outside" }, text))
}

function barWords({ call, state, person, closed }) {  // from the longest to the shortest: what fits is shown
  const who = call.own ? shortName(call.who, 24) : "", tokens = tokensOf(call) ? whole(tokensOf(call)) : ""
  if (state === "failed") return ["✕ failed", "✕"]
  if (person) return [closed ? "⚑ a person" : "⚑ waits for a person", "⚑"]
  if (state === "off") return ["⊘ cancelled", "⊘"]
  if (!closed) return [`${GLYPHS[state]} ${who || (state === "active" ? "works" : "waits its turn")}`, GLYPHS[state]]
  return [[who, tokens && `${tokens} tok`].filter(Boolean).join(" · "), who || tokens]
}

function ghostsAt(story, { step, bars }) {  // estimated calls that may still come; at the end, one agent alone
  const made = Map.groupBy(bars, bar => bar.call.member)
  const still = ({ member, time }) => !isOver(step) && time >= (made.get(member)?.length ?? 0)
  const delivers = isOver(step) || step.phase === "deliver" && !step.member
  return (story.ghosts ?? []).filter(ghost => ghost.member < 0 ? delivers : still(ghost))
}

function ghostShape({ member, who, own, from, to, tokens }, { pixels, font, share }, bars) {  // no words over others
  const says = `${whole(tokens)} tok`, alone = member < 0, width = (to - from) * pixels
  const what = alone ? clock(to) : `${own ? `${shortName(who, 24)} · ` : ""}estimate`
  const hidden = bars.some(bar => bar.from < to && bar.to + 110 / pixels > from)
  const text = hidden ? "" : [`${what} · ${says}`, what].find(words => widthOf(words, font) + 12 <= width) ?? ""
  return h("div", { class: "ok-ghost", title: `${alone ? who : "estimate"}: ${clock(from)} to ${clock(to)}, ${says}`,
    style: { left: share(from), width: share(to - from) } }, h("span", {}, text))
}

function legend(story, { step, chain, bars }, stops) {
  const item = (words, value = "", more = "") => h("span", {}, words, value && h("b", {}, value), more)
  const key = (kind, words) => [h("i", { class: `ok-key-${kind}` }), words]
  const worked = bars.filter(bar => bar.state !== "planned")
  const sum = bars => clock([...bars].reduce((total, { from, to }) => total + to - from, 0))
  return [chain.size ? item(key("chain", "longest chain "), sum(chain)) : [],
    step.idle ? item("hands idle, added up ", clock(step.idle)) : [],
    worked.length ? item("one by one ", sum(worked), ", same tokens") : [],
    besideWords(story, step).map(words => item(words)),
    [...stops.values()].map(name => item([key("stop", "stops at "), named(name)]))].flat()
}

const besideWords = ({ beside = [] }, step) => beside.map(([words, end]) => [sentence(words), isOver(step) ? end : ""])
const stopsAt = (stops, { member, phase }) => stops.has(member) || stops.has(phase)
