// The timeline: when everybody worked, what it cost, and what the end waited for; dashed, what was estimated.

const ALONE = "One agent alone"
const laneMember = (story, member) => helps(story.members[member]) ? story.members[member].team : member
const isOver = (story, moment) => story.stop !== null && moment.n + 1 === story.steps.length
const delivers = (story, moment) => isOver(story, moment) || moment.step.phase === "deliver" && !moment.step.member

function lanesOf(story) {  // in the order of the graph: a team, then those in it
  const lane = ({ member }) => laneMember(story, member)
  const calls = Map.groupBy(story.calls, lane), ghosts = Map.groupBy(story.ghosts ?? [], lane)
  const ordered = (team, depth) => childrenOf(story, team).filter(each => !helps(story.members[each])).flatMap(each =>
    [{ member: each, depth }, ...ordered(each, depth + 1)])
  return [{ member: 0, depth: 0 }, ...ordered(0, 0)].map(each =>
    ({ ...each, rows: rowsOf(calls.get(each.member) ?? []), ghosts: rowsOf(ghosts.get(each.member) ?? []) }))
}

function rowsOf(bars) {  // those that overlap stand below each other
  const rows = []
  for (const bar of bars) {
    const free = rows.find(row => (row.at(-1).to ?? Infinity) <= bar.from)
    free ? free.push(bar) : rows.push([bar])
  }
  return rows
}

function ticks(end) {
  const rough = (end || 1) / 6, power = 10 ** Math.floor(Math.log10(rough))
  const every = [1, 2, 5, 10].map(times => times * power).find(each => each >= rough)
  return Array.from({ length: Math.floor((end || 1) / every) + 1 }, (_, k) => Number((k * every).toPrecision(6)))
}

const pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d")

function widthOf(text, font) {
  if (pen.font !== font) pen.font = font
  return pen.measureText(text).width
}

/** What stays as it is while a run is stepped through: the lanes with their names, and the axis. */
function buildTimeline(story) {
  const end = Math.max(story.until ?? 0, story.steps.at(-1).at, ...story.calls.map(call => call.to ?? 0)) || 1
  const share = seconds => `${100 * seconds / end}%`, rows = number => Array.from({ length: number }, () => h("div", { class: "ok-row" }))
  const lanes = lanesOf(story).map(lane => ({ ...lane, tracks: rows(Math.max(1, lane.rows.length, lane.ghosts.length)),
    name: h("div", { style: { "padding-left": `${14 + 11 * Math.min(lane.depth, 4)}px` } },
      lane.member ? named(story.members[lane.member].name, 30) : "Orchestrator") }))
  const [alone] = rows(1), axis = h("div", { class: "ok-axis" }), head = h("div", { class: "ok-head-now" }), limit = story.limits.tokens
  const below = story.alone ? [h("div", { class: "ok-lane-name" }, ALONE), h("div", { class: "ok-track" }, alone)] : []
  const tokens = h("div", { class: "ok-track ok-foot" })
  const grid = h("div", { class: "ok-lanes", style: { "--tick": share(ticks(end)[1] ?? end) } },
    h("div", { class: "ok-corner" }, story.simulated ? "simulated" : ""), axis,
    lanes.flatMap(({ name, tracks }) => [name, h("div", { class: "ok-track" }, tracks)]), below,
    h("div", { class: "ok-lane-name" }, "Tokens", limit ? h("small", {}, `limit ${whole(limit)}`) : null), tokens, head)
  return { grid, lanes, alone, head, axis, tokens, end, share }
}

/** `view`: the moment, whom it is about, where it stops, select(member, call). */
function drawTimeline(story, timeline, { moment, about, stops, select }) {
  const { grid, lanes, alone, head, axis, tokens, end, share } = timeline
  const scale = { pixels: axis.clientWidth / end, font: `11.5px ${getComputedStyle(grid).fontFamily}`, share, end }
  const shown = new Map(moment.bars.map(bar => [bar.call, bar])), still = ghostsAt(story, moment)
  for (const { member, name, rows, ghosts, tracks } of lanes) {
    tracks.forEach((track, k) => {
      const row = rows[k] ?? [], bars = row.flatMap((call, place) => shown.has(call)
        ? [barShape(shown.get(call), row[place + 1]?.from ?? end, scale, { moment, about, select })] : [])
      track.replaceChildren(...(ghosts[k] ?? []).filter(each => still.has(each)).map(each => ghostShape(each, bars, scale)), ...bars)
    })
    const unknown = story.members[member].since > moment.n && !ghosts.flat().some(each => still.has(each))
    name.className = ["ok-lane-name", member ? "" : "ok-first", unknown ? "ok-unknown" : "",
      member === laneMember(story, about.member) ? "ok-here" : "", stops.has(`member:${member}`) ? "ok-stop" : ""].join(" ")
  }
  alone.replaceChildren(...delivers(story, moment) && story.alone ? [ghostShape({ ...story.alone, alone: true }, [], scale)] : [])
  const stopped = new Set(story.steps.filter(step => stopsAt(stops, step)).map(step => step.at))
  axis.replaceChildren(...ticks(end).filter(at => at <= end * 0.97).map(at => h("span", { style: { left: share(at) } }, `${at} s`)),
    ...[...stopped].map(at => h("i", { class: "ok-stop-here", style: { left: share(at) }, title: `stops at ${clock(at)}` })))
  head.style.setProperty("--at", moment.at / end)
  tokens.replaceChildren(...tokensShape(story, moment, scale))
}

function barShape(bar, until, { pixels, font, share }, { moment, about, select }) {
  const { call, state, from, to } = bar, width = Math.max(4, (to - from) * pixels), chain = moment.chain.has(bar)
  const text = barWords(bar).find(words => widthOf(words, font) + 12 <= Math.max(width, (until - from) * pixels - width)) ?? ""
  const inside = widthOf(text, font) + 12 <= width, tokens = bar.closed && tokensOf(call) ? [`${whole(tokensOf(call))} tokens`] : []
  const shape = h("div", { class: `ok-bar ok-${state}${call.own ? " ok-own" : ""}${bar.person ? " ok-person" : ""}${chain ? " ok-chain" : ""}${about.call === bar.number ? " ok-pinned" : ""}`,
    title: [call.who, STATES[state], ...tokens].join(" · "), style: { left: share(from), width: share(to - from) },
    click: () => select(call.member, bar.number) }, h("span", { class: inside ? "ok-inside" : "ok-outside" }, text))
  shape.covers = [from * pixels, from * pixels + width + (inside ? 0 : 5 + widthOf(text, font))]
  return shape
}

function barWords({ call, state, person, closed }) {  // from the longest to the shortest: what fits is shown
  const who = call.own ? shortName(call.who, 24) : "", tokens = tokensOf(call)
  if (person && state !== "failed") return closed ? ["⚑ a person", "⚑"] : ["⚑ waits for a person", "⚑"]
  if (state === "failed") return ["✕ failed", "✕"]
  if (state === "off") return ["⊘ cancelled", "⊘"]
  if (!closed) return [`${GLYPHS[state]} ${who || (state === "active" ? "works" : "waits its turn")}`, GLYPHS[state]]
  return [[who, tokens ? `${whole(tokens)} tok` : ""].filter(Boolean).join(" · "), who || (tokens ? whole(tokens) : "")]
}

function ghostsAt(story, moment) {  // the estimated calls that this run has not made by now, and may still make
  const made = Map.groupBy(moment.bars, bar => bar.call.member)
  return new Set(isOver(story, moment) ? [] : (story.ghosts ?? []).filter(ghost => ghost.time >= (made.get(ghost.member)?.length ?? 0)))
}

function ghostShape(ghost, bars, { pixels, font, share }) {  // with words where no bar is in the way
  const { from, to, own, who, alone } = ghost, tokens = `${whole(ghost.tokens)} tok`, says = `${clock(from)} to ${clock(to)}, ${tokens}`
  const words = alone ? [`${clock(to)} · ${tokens}`, tokens] : [`${own ? shortName(who, 24) + " · " : ""}estimate · ${tokens}`, "estimate"]
  const free = !bars.some(({ covers }) => covers[0] < to * pixels && covers[1] > from * pixels)
  const text = free && words.find(each => widthOf(each, font) + 12 <= (to - from) * pixels)
  return h("div", { class: "ok-ghost", title: `${alone ? ALONE : "estimate"}: ${says}`, style: { left: share(from), width: share(to - from) } },
    h("span", {}, text || ""))
}

function tokensShape(story, moment, { share, end }) {
  const total = story.calls.reduce((sum, call) => sum + tokensOf(call), 0), limit = story.limits.tokens
  const top = Math.max(total, limit ?? 0) * 1.05 || 1, y = tokens => (40 - 40 * tokens / top).toFixed(1)
  const ended = moment.bars.filter(bar => bar.closed).sort((a, b) => a.to - b.to)
  const steps = chosen => {
    let sum = 0
    const path = ended.filter(chosen).map(({ call }) => `H${(1000 * call.to / end).toFixed(1)}V${y(sum += tokensOf(call))}`)
    return `M0 40${path.join("")}H${(1000 * moment.at / end).toFixed(1)}V40Z`
  }
  const area = svg("svg", { class: "ok-tokens", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true" },
    line("ok-all", steps(() => true)), line("ok-mine", steps(bar => bar.call.own)), limit ? line("ok-limit", `M0 ${y(limit)}H1000`) : null)
  const side = moment.at / end > 0.5 ? { right: `calc(100% - ${share(moment.at)} + 8px)` } : { left: `calc(${share(moment.at)} + 8px)` }
  return [area, h("span", { class: "ok-tokens-say", style: side }, h("b", {}, whole(moment.all)), " ",
    h("span", { class: "ok-mine" }, `■ orchestrator ${whole(moment.own)}`), " ", h("span", { class: "ok-rest" }, `■ others ${whole(moment.all - moment.own)}`))]
}

function legend(moment, stops, story) {
  const sum = bars => clock(bars.reduce((total, bar) => total + bar.to - bar.from, 0)), key = kind => h("i", { class: `ok-key-${kind}` })
  return [moment.chain.size ? h("span", {}, key("chain"), "longest chain ", h("b", {}, sum([...moment.chain]))) : null,
    idle(story, moment),
    moment.bars.length ? h("span", {}, "one by one ", h("b", {}, sum(moment.bars)), ", same tokens") : null,
    ...besideWords(story, moment).map(words => h("span", {}, words)),
    ...[...stops].map(stop => h("span", {}, key("stop"), "stops at ", named(stopName(story, stop))))].filter(Boolean)
}

function idle(story, { step, bars }) {  // from the first beginning to the last end, added up over the hands of a team
  const under = member => [member, ...childrenOf(story, member).flatMap(under)], team = childrenOf(story, laneMember(story, step.member))
  const hands = team.filter(each => !helps(story.members[each])).map(under).map(all => bars.filter(bar => all.includes(bar.call.member)))
  const worked = hands.flat()
  if (hands.length < 2 || !worked.length || step.phase !== "combine" && step.phase !== "deliver") return null
  const end = Math.max(...worked.map(bar => bar.to))
  const free = hands.map(mine => mine.sort((a, b) => a.from - b.from).reduce(([sum, at], { from, to }) => [sum + Math.max(0, from - at), Math.max(at, to)],
    [0, Math.min(...worked.map(bar => bar.from))])).reduce((sum, [idle, at]) => sum + idle + end - at, 0)
  return h("span", {}, "hands idle ", h("b", {}, clock(free)))
}

const besideWords = (story, moment) => (story.beside ?? []).map(([words, end]) => [sentence(words), isOver(story, moment) ? end : ""])
const stopsAt = (stops, step) => stops.has(`member:${step.member}`) || stops.has(`phase:${step.phase}`)
const stopName = (story, stop) => stop.startsWith("phase:") ? stop.slice(6) : story.members[Number(stop.slice(7))]?.name
