// The timeline: when everybody worked, what it cost, and what the end waited for; dashed, what was estimated.

const ALONE = "One agent alone"
const laneOf = (story, member) => helps(story.members[member]) ? story.members[member].team : member
const isOver = (story, n) => story.stop !== null && n + 1 === story.steps.length
const delivers = (story, { n, step }) => isOver(story, n) || step.phase === "deliver" && !step.member
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
  const name = (text, depth = 0) => h("div", { class: "ok-lane-name", style: { "--depth": Math.min(depth, 4) } }, text)
  const lanes = story.lanes.map(({ member, depth, rows }) => ({ member, track: track(rows),
    name: name(member ? named(story.members[member].name, 30) : "Orchestrator", depth) }))
  const axis = h("div", { class: "ok-axis" }), alone = track(1), sums = h("span", { class: "ok-tokens-say" })
  const grid = h("div", { class: "ok-lanes", style: { "--tick": share(ticks(end)[1] ?? end) } },
    h("div", { class: "ok-corner" }, story.simulated ? "simulated" : ""), axis,
    lanes.map(({ name, track }) => [name, track]), story.alone ? [name(ALONE), alone] : [],
    name(["Tokens", limit ? h("small", {}, `limit ${whole(limit)}`) : null]),
    h("div", { class: "ok-track ok-foot" }, tokensShape(story, end), sums), h("div", { class: "ok-head-now" }))
  return { grid, lanes, alone, axis, sums, end, share }
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
  const { grid, lanes, alone, axis, sums, end, share } = timeline, { moment, about, stops } = view
  const scale = { pixels: axis.clientWidth / end, font: `11.5px ${getComputedStyle(grid).fontFamily}`, share, end }
  const ghosts = ghostsAt(story, moment), tracks = new Map(lanes.map(({ member, track }) => [member, track.children]))
  for (const row of lanes.flatMap(({ track }) => [...track.children])) row.replaceChildren()
  const near = one => other => laneOf(story, one.member) === laneOf(story, other.call.member)
  const rowOf = ({ member, row }) => tracks.get(laneOf(story, member))[row]
  for (const bar of moment.bars) rowOf(bar.call).append(barShape(bar, scale, view))
  for (const ghost of ghosts) rowOf(ghost).append(ghostShape(ghost, scale, moment.bars.filter(near(ghost))))
  for (const { member, name } of lanes) {
    const estimated = ghosts.some(ghost => laneOf(story, ghost.member) === member)
    name.className = classes("ok-lane-name", { first: !member, here: member === laneOf(story, about.member),
      stop: stops.has(`member:${member}`), unknown: story.members[member].since > moment.n && !estimated })
  }
  alone.firstChild.replaceChildren(story.alone && delivers(story, moment) ? ghostShape(story.alone, scale) : "")
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

function ghostsAt(story, moment) {  // the estimated calls that this run has not made by now, and may still make
  const made = Map.groupBy(moment.bars, bar => bar.call.member)
  const still = ghost => ghost.time >= (made.get(ghost.member)?.length ?? 0)
  return isOver(story, moment.n) ? [] : (story.ghosts ?? []).filter(still)
}

function ghostShape({ from, to, own, who, tokens }, { pixels, font, share }, bars = []) {  // no words over another's
  const says = `${whole(tokens)} tok`, alone = who === undefined, width = (to - from) * pixels
  const what = alone ? clock(to) : `${own ? `${shortName(who, 24)} · ` : ""}estimate`
  const hidden = bars.some(bar => bar.from < to && bar.to + 110 / pixels > from)
  const text = hidden ? "" : [`${what} · ${says}`, what].find(words => widthOf(words, font) + 12 <= width) ?? ""
  return h("div", { class: "ok-ghost", title: `${alone ? ALONE : "estimate"}: ${clock(from)} to ${clock(to)}, ${says}`,
    style: { left: share(from), width: share(to - from) } }, h("span", {}, text))
}

function legend(story, { step, chain, bars, n }, stops) {
  const item = (words, value = "", more = "") => h("span", {}, words, value && h("b", {}, value), more)
  const key = (kind, words) => [h("i", { class: `ok-key-${kind}` }), words]
  const sum = bars => clock([...bars].reduce((total, { from, to }) => total + to - from, 0))
  return [chain.size ? item(key("chain", "longest chain "), sum(chain)) : [],
    step.idle ? item("hands idle ", clock(step.idle)) : [],
    bars.length ? item("one by one ", sum(bars), ", same tokens") : [],
    besideWords(story, n).map(words => item(words)),
    [...stops].map(stop => item([key("stop", "stops at "), named(stopName(story, stop))]))].flat()
}

const besideWords = (story, n) =>
  (story.beside ?? []).map(([words, end]) => [sentence(words), isOver(story, n) ? end : ""])
const stopsAt = (stops, step) => stops.has(`member:${step.member}`) || stops.has(`phase:${step.phase}`)
const stopName = (story, stop) => stop.startsWith("phase:") ? stop.slice(6) : story.members[Number(stop.slice(7))]?.name
