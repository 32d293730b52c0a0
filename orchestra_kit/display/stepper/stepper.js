// One moment of a run in four views: the sentence, the graph, the timeline, the line of code.
// What is drawn at a step is a function of the story and the number of the step, and of nothing else.
// Every text comes from a model, a file or a person: it is only ever set as text, never as markup.

const PHASES = ["receive", "plan", "assign", "monitor", "review", "combine", "deliver"]
const GROUPS = { receive: ["receive"], plan: ["plan"], assign: ["assign", "monitor", "review"], combine: ["combine", "deliver"] }
const GLYPHS = { planned: "○", active: "●", done: "✓", failed: "✕", person: "⚑", back: "↩", off: "⊘" }
const STATES = { planned: "not yet", active: "active", done: "done", failed: "failed", person: "needs a person", back: "sent back", off: "left out" }
const DOING = { plan: "The orchestrator plans", assign: "The orchestrator gives out work", review: "The orchestrator reviews",
  monitor: "The orchestrator looks at what came back", deliver: "The orchestrator delivers",
  combine: "The orchestrator puts the parts together" }
const DECISIONS = { approve: "✓ approve", reject: "✕ reject", edit: "✎ edit", skip: "⊘ skip" }
const TABS = ["Brief", "Draft", "Verdict", "Changes", "Raw"]
const SPEEDS = [0.5, 1, 2, 4]
const PAUSE_MS = 1100
const KEYS = [["→ ←", "step, back"], ["Space", "play, stop"], ["Home End", "first, last step"], ["Shift →", "next phase"],
  ["1 – 7", "go to a phase"], ["B", "breakpoint here"], ["D", "details"], ["G", "guess first"], ["T", "as tables"],
  ["P", "projector"], ["S", "save as one file"], ["?", "this list"]]

// --- elements ---------------------------------------------------------------------------------------------------------

function h(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children)
}

function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined))
  return element
}

const named = (name, most = 44) => h("bdi", name.length > most ? { title: name } : {}, shortName(name, most))

function shortName(name, most) {  // never cut at its end: there names differ
  const letters = [...name], tail = Math.floor(most / 3)
  return letters.length <= most ? name : letters.slice(0, most - tail - 3).join("") + " … " + letters.slice(-tail).join("")
}

// --- numbers ----------------------------------------------------------------------------------------------------------

const whole = number => Math.round(number).toLocaleString("en-US")
const dollars = usd => usd === 0 ? "$0" : "$" + usd.toFixed(usd < 0.1 ? 4 : 2)
const clock = seconds => seconds.toFixed(1) + " s"
const tokensOf = call => (call.in ?? 0) + (call.out ?? 0)
const capital = word => word[0].toUpperCase() + word.slice(1)

// --- what there is to see at a step: folds over the story -------------------------------------------------------------

export function momentAt(story, n) {
  const members = new Map(), step = story.steps[n], seen = new Set()
  let line = null
  for (const past of story.steps.slice(0, n + 1)) {
    for (const [member, state, words] of past.sets) members.set(member, { state, words })
    if (past.line !== undefined) line = past.line
    seen.add(past.phase)
  }
  const bars = story.calls.flatMap((call, number) => call.asked <= n ? [barAt(story, call, n, number)] : [])
  const done = bars.filter(bar => bar.closed)
  const tokens = chosen => done.filter(chosen).reduce((sum, { call }) => sum + tokensOf(call), 0)
  const all = tokens(() => true), own = tokens(bar => bar.call.own)
  const usd = done.reduce((sum, { call }) => sum + (call.usd ?? 0), 0)
  const about = done.some(bar => bar.call.about) ? "~" : ""
  return { n, step, members, seen, line, bars, all, own, usd, about, at: step.at, chain: longestChain(bars) }
}

function barAt(story, call, n, number) {
  const now = story.steps[n].at, closed = call.closed !== undefined && call.closed <= n
  const waits = call.turn !== undefined && call.turn > n
  const state = closed ? { ok: "done", failed: "failed", cancelled: "off" }[call.status] : waits ? "planned" : "active"
  const person = story.members[call.member].role === "person"
  const from = waits ? story.steps[call.asked].at : call.from
  return { call, number, closed, person, state, from, to: closed ? call.to : now }
}

export function longestChain(bars) {  // what the end waited for, each call begun when the one before had ended
  const chain = new Set(), ends = new Map()
  for (const bar of bars) ends.has(bar.to) ? ends.get(bar.to).push(bar) : ends.set(bar.to, [bar])
  let at = Math.max(...ends.keys())
  for (;;) {
    const ended = (ends.get(at) ?? []).filter(bar => !chain.has(bar))
    if (!ended.length) break
    const rank = bar => (bar.state === "off" ? 2 : 0) + (bar.from < at ? 1 : 0)
    const last = ended.reduce((best, bar) => rank(bar) < rank(best) ? bar : best)
    chain.add(last)
    at = last.from
  }
  return bars.every(bar => at <= bar.from) ? chain : new Set()
}

function detailsAt(story, moment, selected) {  // what is known so far of the call in question
  const { step, n } = moment
  const says = ["brief", "draft", "verdict"].some(what => step[what] !== undefined)
  const before = says ? undefined : story.steps.slice(0, n).findLast(past => past.call !== undefined)?.call
  const about = selected === null ? step.call ?? before : lastCall(story, n, selected)
  const known = {}
  if (about !== undefined) for (let k = story.calls[about].asked; k <= n; k++) if (story.steps[k].call === about) Object.assign(known, story.steps[k])
  const call = story.calls[about]
  if (!call) return { ...step }
  return selected === null ? { ...known, ...step, call, member: call.member } : { ...known, call }
}

function lastCall(story, n, member) {
  const calls = story.calls.map((call, number) => [call, number])
  return calls.filter(([call]) => call.member === member && call.asked <= n).at(-1)?.[1]
}

function movesAt(story, n) {  // the next event, and two others that might have come instead: the likeliest come first
  const next = story.steps[n + 1], name = member => story.members[member].name
  const move = (what, member) => [what, name(member), `${what}:${member}`]
  const open = story.calls.filter(call => call.asked <= n && !(call.closed <= n)).map(call => call.member)
  const known = story.members.map((_, member) => member).filter(member => story.members[member].since <= n)
  const legal = [...open.flatMap(member => [move("answers", member), move("fails", member)]),
    ...known.filter(member => !open.includes(member) && member).map(member => move("is given work", member)),
    ["The orchestrator reviews", "", "review"], ["The run ends", "", "end"], ["A person is asked", "", "person"],
    ["The orchestrator puts the parts together", "", "combine"], ["The orchestrator plans", "", "plan"]]
  const right = moveOf(next, move, story)
  const two = legal.filter(([, , id]) => id !== right[2]).slice(0, 4).sort((a, b) => hash(n + a[2]) - hash(n + b[2])).slice(0, 2)
  return [right, ...two].sort((a, b) => hash(a[2] + n) - hash(b[2] + n)).map(each => ({ move: each, right: each === right }))
}

function moveOf(step, move, story) {
  if (step.kind === "answered" && step.call !== undefined)
    return move(story.calls[step.call].status === "failed" ? "fails" : "answers", step.member)
  if (step.kind === "asked" && story.members[step.member].role === "person") return ["A person is asked", "", "person"]
  if (step.kind === "asked" && step.call !== undefined || step.kind === "began") return move("is given work", step.member)
  if (step.kind === "found") return ["looks into its sources", step.say[1], "found"]
  if (step.kind === "waits") return ["The orchestrator waits", "", "waits"]
  if (step.kind === "goes on") return ["A pause is over", "", "goes on"]
  if (step.kind === "started") return move("gets its turn", step.member)
  if (step.kind === "cancelled") return move("is cancelled", step.member)
  if (step.kind === "ended" && step.member === 0) return ["The run ends", "", "end"]
  if (step.kind === "ended") return move("hands back its result", step.member)
  return [DOING[step.phase] ?? DOING.assign, "", step.phase]
}

const hash = text => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7)

// --- the pieces of the picture ----------------------------------------------------------------------------------------

function sentence(parts) {
  return parts.map((part, place) => place % 2 ? h("strong", {}, h("bdi", {}, part)) : part)
}

function metrics(story, moment) {
  const { limits } = story, { all, own, usd, about, at } = moment
  const one = (value, words, limit, used) => h("div", { class: "ok-metric" }, h("b", {}, value),
    h("span", {}, words), limit ? h("meter", { min: 0, max: limit, value: Math.min(used, limit), "aria-label": words }) : null)
  const of = (limit, text) => limit ? ` / ${text(limit)}` : ""
  return [
    one(about + whole(all), `${of(limits.tokens, whole)} tokens`, limits.tokens, all),
    one(about + dollars(usd), `${of(limits.cost_usd, dollars)} so far`, limits.cost_usd, usd),
    one(clock(at), `${of(limits.latency_s, clock)} ${story.simulated ? "simulated clock" : "clock"}`, limits.latency_s, at),
    limits.calls ? one(whole(moment.bars.length), `${of(limits.calls, whole)} calls`, limits.calls, moment.bars.length) : null,
    one(all ? Math.round(100 * own / all) + " %" : "0 %", "spent by the orchestrator"),
  ]
}

function chip(story, moment, member) {
  const now = moment.members.get(member)
  return now && h("li", { class: `ok-chip ok-${now.state}` }, named(story.members[member].name, 28), " ",
    h("span", { class: "ok-glyph", title: STATES[now.state] }, GLYPHS[now.state]))
}

function textBlock(story, number, label) {
  let text = story.texts[number]
  if (/^\s*[[{]/.test(text)) try { text = JSON.stringify(JSON.parse(text), null, 2) } catch { /* it only looked like JSON */ }
  return [label ? h("h4", { dir: "auto" }, label) : null, h("pre", { tabindex: 0, dir: "auto" }, text)]
}

const rowOf = ([head, ...cells]) =>
  h("tr", {}, h("th", { scope: "row", dir: "auto" }, head), cells.map(cell => h("td", { dir: "auto" }, cell)))

const DETAILS = {  // each tab as elements; none where there is nothing to show
  Brief: (story, it) => [it.role === undefined ? [] : textBlock(story, it.role, "who it is told to be"),
    (it.brief ?? []).map(([label, text]) => textBlock(story, text, label || "the task"))],
  Draft: (story, it) => it.draft === undefined ? [] : textBlock(story, it.draft),
  Verdict: (story, { verdict, checks }) => [
    verdict ? h("p", { class: `ok-verdict ok-${verdict[0]}` }, DECISIONS[verdict[0]]) : [],
    verdict && verdict[1] !== null ? textBlock(story, verdict[1], "note") : [],
    checks ? [h("h4", {}, "what the model says of its own work"), h("table", {}, h("tbody", {}, checks.map(rowOf)))] : []],
  Changes: (story, it) => it.changes ? h("p", { class: "ok-changes", dir: "auto" }, it.changes.map(([what, words]) =>
    h({ out: "del", in: "ins" }[what] ?? "span", { class: `ok-${what}` }, what === "gap" ? ` [… ${words} …] ` : words))) : [],
  Raw: (story, it) => [h("table", {}, h("tbody", {}, [...["event", "kind", "path", "phase"].map(what => [what, String(it[what])]),
    ["at", clock(it.at)]].map(rowOf))), it.raw === undefined ? [] : textBlock(story, it.raw, "as the model wrote it")],
}

const detailOf = (name, story, it) => [DETAILS[name](story, it)].flat(Infinity).filter(Boolean)

// --- the graph --------------------------------------------------------------------------------------------------------

function childrenOf(story, team) {
  return story.members.map((_, number) => number).filter(number => story.members[number].team === team)
}

const helps = member => member.role === "helper" || member.role === "person"

function graphBoxes(story, boxes, team, select) {
  const columns = []
  for (const number of childrenOf(story, team).filter(number => !helps(story.members[number]))) {
    const column = story.members[number].column
    ;(columns[column] ??= []).push(graphBox(story, boxes, number, select))
  }
  return columns.filter(Boolean).map(column => {
    const many = column.length > 6, wide = Math.max(...column.map(box => box.breadth))
    const place = h("div", { class: many ? "ok-column ok-many" : wide > 1 ? "ok-column ok-wide" : "ok-column" }, column)
    if (!many) place.style.maxWidth = `${wide * 212}px`
    place.style.flex = many ? "4 1 330px" : `${wide} 1 ${wide * 112 + (wide - 1) * 26 + (wide > 1 ? 20 : 0)}px`
    return place
  })
}

function graphBox(story, boxes, number, select) {
  const inside = childrenOf(story, number), helpers = inside.filter(each => helps(story.members[each]))
  const glyph = h("span", { class: "ok-glyph" }), words = h("span", { class: "ok-words" })
  const chips = h("ul", { class: "ok-chips" })
  const head = h("button", { type: "button", class: "ok-head", click: () => select(number) },
    h("span", { class: "ok-name" }, named(story.members[number].name), " "), glyph, words)
  const columns = graphBoxes(story, boxes, number, select)
  const box = h("div", { class: inside.length ? "ok-box ok-team" : "ok-box" }, h("div", { class: "ok-crown" }, head, chips),
    inside.length ? h("div", { class: "ok-columns" }, columns) : null)
  box.breadth = Math.max(1, columns.reduce((sum, column) => sum + (parseFloat(column.style.flexGrow) || 1), 0))
  boxes.set(number, { box, head, glyph, words, chips, helpers })
  return box
}

function drawBoxes(story, boxes, moment, selected, stops) {
  for (const [number, { box, head, glyph, words, chips, helpers }] of boxes) {
    const now = moment.members.get(number), state = now?.state ?? "hidden"
    box.setAttribute("data-state", state)
    head.setAttribute("aria-pressed", selected === number)
    glyph.textContent = GLYPHS[state] ?? ""
    words.textContent = now ? (now.words || STATES[state]) : "–"
    head.classList.toggle("ok-stop", stops.has(`member:${number}`))
    chips.replaceChildren(...helpers.map(each => chip(story, moment, each)).filter(Boolean))
  }
}

function drawArrows(canvas, story, boxes, bar, moment) {
  const frame = canvas.getBoundingClientRect(), scale = frame.width / canvas.clientWidth || 1
  const place = element => {
    const box = element.getBoundingClientRect()
    return { left: (box.left - frame.left) / scale, right: (box.right - frame.left) / scale, top: (box.top - frame.top) / scale,
      bottom: (box.bottom - frame.top) / scale, middle: ((box.top + box.bottom) / 2 - frame.top) / scale }
  }
  const shapes = story.arrows.filter(arrow => arrow.since <= moment.n && boxes.has(arrow.to) && boxes.has(arrow.from)).filter(arrow =>
    !arrow.planned || !story.arrows.some(other => !other.planned && other.since <= moment.n && other.from === arrow.from && other.to === arrow.to))
    .flatMap(arrow => flow(place(boxes.get(arrow.from).box), place(boxes.get(arrow.to).box), arrow.planned ? "ok-planned" : "ok-flow"))
  const { step } = moment, member = boxes.has(step.member) ? step.member : null
  if (member && (step.kind === "asked" || step.kind === "began" || step.kind === "answered" || step.kind === "ended")) {
    const boss = boxes.get(story.members[member].team)?.head ?? bar
    shapes.push(...envelope(place(boss), place(boxes.get(member).box), step.kind === "asked" || step.kind === "began",
      moment.members.get(member)?.state))
  }
  canvas.replaceChildren(...shapes)
}

const px = number => Math.round(number * 2) / 2

const line = (kind, d) => svg("path", { class: kind, d })

function flow(a, b, kind) {
  if (b.left < a.right) {  // the row was full: the next one begins further down
    const from = px((a.left + a.right) / 2), x = px((b.left + b.right) / 2), y = px(a.bottom)
    const room = Math.max(14, (b.top - a.bottom) / 2)
    return [line(kind, `M${from} ${y}C${from} ${y + room} ${x} ${px(b.top - room)} ${x} ${px(b.top - 6)}`),
      line(`${kind} ok-tip`, `M${x} ${px(b.top)}l-4 -8h8z`)]
  }
  const x = px(b.left), y = px(b.middle), half = (b.left - a.right) / 2, from = px(a.middle)
  return [line(kind, `M${px(a.right)} ${from}C${px(a.right + half)} ${from} ${px(b.left - half)} ${y} ${x - 6} ${y}`),
    line(`${kind} ok-tip`, `M${x} ${y}l-8 -4v8z`)]
}

function envelope(boss, box, out, state) {
  const x = px(box.left - 10), y = px(box.top + 13), top = px(boss.bottom)
  const kind = out ? "ok-out" : state === "failed" ? "ok-bad" : "ok-home"
  const tip = out ? `M${px(box.left)} ${y}l-8 -5v10z` : `M${x} ${top}l-5 8h10z`
  return [line(`ok-envelope ${kind}`, `M${x} ${top + (out ? 0 : 6)}V${y}H${px(box.left) - (out ? 6 : 0)}`), line(`ok-tip ${kind}`, tip)]
}

// --- the timeline -----------------------------------------------------------------------------------------------------

function lanesOf(story) {  // in the order of the graph: a team, then those in it
  const lane = number => laneMember(story, story.calls[number].member)
  const bars = new Map()
  story.calls.forEach((_, number) => bars.set(lane(number), [...(bars.get(lane(number)) ?? []), number]))
  const ordered = (team, depth) => childrenOf(story, team).filter(each => !helps(story.members[each])).flatMap(each =>
    [{ member: each, depth }, ...ordered(each, depth + 1)])
  return [{ member: 0, depth: 0 }, ...ordered(0, 0)].map(each => ({ ...each, rows: rowsOf(story, bars.get(each.member) ?? []) }))
}

function rowsOf(story, calls) {  // calls that overlap stand below each other
  const rows = []
  for (const number of calls) {
    const call = story.calls[number]
    const free = rows.find(row => (story.calls[row.at(-1)].to ?? Infinity) <= call.from)
    free ? free.push(number) : rows.push([number])
  }
  return rows.length ? rows : [[]]
}

function ticks(end) {
  const rough = (end || 1) / 6, power = 10 ** Math.floor(Math.log10(rough))
  const every = [1, 2, 5, 10].map(times => times * power).find(each => each >= rough)
  return Array.from({ length: Math.floor((end || 1) / every) + 1 }, (_, k) => Number((k * every).toPrecision(6)))
}

const pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d")

const widths = new Map()

function widthOf(text, font) {
  if (!widths.has(font + text)) {
    pen.font = font
    widths.set(font + text, pen.measureText(text).width)
  }
  return widths.get(font + text)
}

function barWords(bar) {
  const { call, state, person } = bar, tokens = tokensOf(call)
  const who = call.own ? shortName(call.who, 24) : ""
  if (person) return bar.closed ? ["⚑ a person", "⚑"] : ["⚑ waits for a person", "⚑"]
  if (state === "failed") return ["✕ failed", "✕"]
  if (state === "off") return ["⊘ cancelled", "⊘"]
  if (!bar.closed) return [`${GLYPHS[state]} ${who || (state === "active" ? "works" : "waits its turn")}`, GLYPHS[state]]
  return [[who, tokens ? `${whole(tokens)} tok` : ""].filter(Boolean).join(" · "), who || (tokens ? whole(tokens) : ""), ""]
}

function drawBar(shape, bar, room, pixels, font) {  // room: pixels from its beginning to the next one
  const width = Math.max(4, pixels), label = shape.firstChild
  const text = barWords(bar).find(words => widthOf(words, font) + 12 <= Math.max(width, room - width)) ?? ""
  const inside = widthOf(text, font) + 12 <= width
  label.textContent = text
  label.className = inside ? "ok-inside" : "ok-outside"
}

function buildTimeline(story, select) {
  const end = Math.max(story.steps.at(-1).at, ...story.calls.map(call => call.to ?? 0)) || 1
  const share = seconds => `${100 * seconds / end}%`, shapes = new Map(), names = new Map()
  const lanes = lanesOf(story).map(({ member, depth, rows }) => {
    const name = h("div", { class: member ? "ok-lane-name" : "ok-lane-name ok-first" },
      member ? named(story.members[member].name, 30) : "Orchestrator")
    name.style.paddingLeft = `${14 + 11 * Math.min(depth, 4)}px`
    const tracks = h("div", { class: "ok-track" }, rows.map(row => h("div", { class: "ok-row" }, row.map(number => {
      shapes.set(number, h("div", { class: "ok-bar", hidden: true, click: () => select(story.calls[number].member) }, h("span")))
      return shapes.get(number)
    }))))
    names.set(member, name)
    return { member, rows, cells: [name, tracks] }
  })
  const head = h("div", { class: "ok-head-now" })
  const axis = h("div", { class: "ok-axis" }, ticks(end).filter(at => at <= end * 0.97).map(at => {
    const tick = h("span", {}, `${at} s`)
    tick.style.left = share(at)
    return tick
  }))
  const area = svg("svg", { class: "ok-tokens", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true" })
  const says = h("span", { class: "ok-tokens-say" })
  const limit = story.limits.tokens, foot = h("div", { class: "ok-lane-name" }, "Tokens", limit ? h("small", {}, `limit ${whole(limit)}`) : null)
  const grid = h("div", { class: "ok-lanes" }, h("div", { class: "ok-corner" }, story.simulated ? "simulated" : ""), axis,
    lanes.flatMap(lane => lane.cells), foot, h("div", { class: "ok-track ok-foot" }, area, says), head)
  return { grid, lanes, shapes, names, head, axis, area, says, end, share }
}

function drawTimeline(story, view, moment, about, stops) {
  const { lanes, shapes, names, head, axis, end, share } = view
  const pixels = axis.clientWidth / end, font = `11.5px ${getComputedStyle(view.grid).fontFamily}`
  const shown = new Map(moment.bars.map(bar => [bar.number, bar]))
  for (const { member, rows } of lanes) {
    for (const row of rows) row.forEach((number, place) => {
      const shape = shapes.get(number), bar = shown.get(number)
      const looks = bar && [bar.state, bar.from, bar.to, moment.chain.has(bar), pixels].join()
      if (shape.looks === looks) return
      shape.looks = looks
      shape.hidden = !bar
      if (!bar) return hideBar(shape)
      shape.className = `ok-bar ok-${bar.state}${bar.call.own ? " ok-own" : ""}${moment.chain.has(bar) ? " ok-chain" : ""}`
      shape.style.left = share(bar.from)
      shape.style.width = share(bar.to - bar.from)
      const then = row[place + 1] === undefined ? end : story.calls[row[place + 1]].from
      drawBar(shape, bar, (then - bar.from) * pixels, (bar.to - bar.from) * pixels, font)
    })
    names.get(member).classList.toggle("ok-unknown", story.members[member].since > moment.n)
    names.get(member).classList.toggle("ok-here", member === laneMember(story, about))
    names.get(member).classList.toggle("ok-stop", stops.has(`member:${member}`))
  }
  head.style.setProperty("--at", moment.at / end)
  drawTokens(story, view, moment)
}

function hideBar(shape) {  // as if it had never been shown
  shape.className = "ok-bar"
  shape.removeAttribute("style")
  shape.replaceChildren(h("span"))
}

const laneMember = (story, member) => helps(story.members[member]) ? story.members[member].team : member

function drawTokens(story, { area, says, end, share }, moment) {
  const total = story.calls.reduce((sum, call) => sum + tokensOf(call), 0)
  const top = Math.max(total, story.limits.tokens ?? 0) * 1.05 || 1
  const steps = chosen => {
    let sum = 0, path = "M0 40"
    for (const { call } of moment.bars.filter(bar => bar.closed && chosen(bar)).sort((a, b) => a.to - b.to)) {
      sum += tokensOf(call)
      path += `H${(1000 * call.to / end).toFixed(1)}V${(40 - 40 * sum / top).toFixed(1)}`
    }
    return `${path}H${(1000 * moment.at / end).toFixed(1)}V40Z`
  }
  area.replaceChildren(line("ok-all", steps(() => true)), line("ok-mine", steps(bar => bar.call.own)))
  if (story.limits.tokens) area.append(line("ok-limit", `M0 ${(40 - 40 * story.limits.tokens / top).toFixed(1)}H1000`))
  says.replaceChildren(h("b", {}, whole(moment.all)), " ", h("span", { class: "ok-mine" }, `■ orchestrator ${whole(moment.own)}`), " ",
    h("span", { class: "ok-rest" }, `■ others ${whole(moment.all - moment.own)}`))
  const late = moment.at / end > 0.5
  says.style.left = late ? "auto" : `calc(${share(moment.at)} + 8px)`
  says.style.right = late ? `calc(100% - ${share(moment.at)} + 8px)` : "auto"
}

function legend(moment, stops, story) {
  const sum = bars => bars.reduce((total, bar) => total + bar.to - bar.from, 0)
  return [moment.chain.size ? h("span", {}, h("i", { class: "ok-key-chain" }), "longest chain ", h("b", {}, clock(sum([...moment.chain])))) : null,
    moment.bars.length ? h("span", {}, "one by one ", h("b", {}, clock(sum(moment.bars))), ", same tokens") : null,
    ...[...stops].map(stop => h("span", {}, h("i", { class: "ok-key-stop" }), "stops at ", named(stopName(story, stop))))].filter(Boolean)
}

const stopName = (story, stop) => stop.startsWith("phase:") ? stop.slice(6) : story.members[Number(stop.slice(7))].name

// --- the same as tables -----------------------------------------------------------------------------------------------

function table(caption, heads, rows) {
  return h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map(rowOf)))
}

function tables(story, moment) {
  const name = number => story.members[number]?.name ?? "", looks = state => `${GLYPHS[state]} ${STATES[state]}`
  const givers = taker => story.arrows.filter(arrow => !arrow.planned && arrow.to === taker && arrow.since <= moment.n)
  const members = [...moment.members].sort((a, b) => a[0] - b[0]).map(([number, now]) => [name(number),
    name(story.members[number].team), looks(now.state), now.words, givers(number).map(arrow => name(arrow.from)).join(", ")])
  const once = (bar, text) => bar.closed ? text : ""
  const calls = moment.bars.map(bar => [bar.call.who, bar.from.toFixed(1), once(bar, bar.to.toFixed(1)), once(bar, whole(tokensOf(bar.call))),
    once(bar, dollars(bar.call.usd ?? 0)), looks(bar.state), moment.chain.has(bar) ? "yes" : ""])
  return [table("Who", ["name", "in the team", "state", "in words", "builds on"], members),
    table(`When${story.simulated ? ", in simulated seconds" : ""}`,
      ["who", "from, s", "to, s", "tokens", "cost", "state", "in the longest chain"], calls)]
}

// --- the stepper: its parts, and what moves it --------------------------------------------------------------------------

/** Draw a story into `home`. `source` gives story(), and where there is a kernel: onStory(f), next(), save(), seen(n),
    guessed(guesses). What is returned takes it down again. */
export function mount(home, source) {
  let story = source.story(), n = 0, moment, boxes, timeline, playing = null, speed = 1, tab = null, selected = null
  let tabled = false, guessing = false, waiting = false, shown = -1
  const stops = new Set(), guesses = new Map()
  const live = () => story.stop === null && source.next
  const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)
  const part = (name, label, more = {}, tag = "section") => h(tag, { class: `ok-${name}`, "aria-label": label, ...more })
  const head = part("top", null, {}, "header"), phases = part("phases", "Phases", {}, "nav"), told = part("told", null, { "aria-live": "polite" })
  const graph = part("graph", "Who", { tabindex: 0 }), time = part("time", "When", { tabindex: 0 })
  const controls = part("controls", "Steps", { role: "toolbar" }, "div"), twin = part("twin", "As tables", { tabindex: 0 })
  const inspector = part("inspector", "Details"), code = part("code", "Code"), guess = part("guess", "Guess")
  const sheet = part("sheet", "Keys", { role: "dialog", hidden: true }), note = part("note", null, { role: "status" }, "p")
  const side = h("div", { class: "ok-side" })
  const root = h("div", { class: "ok-stepper", tabindex: 0, role: "group", "data-lm-suppress-shortcuts": "true" })
  side.append(told, inspector, code, guess)
  root.append(h("div", { class: "ok-page" }, head, phases, graph, controls, time, twin, side, note, sheet))
  const count = h("span", { class: "ok-count" })
  const slider = h("input", { type: "range", min: 0, "aria-label": "Step", input: () => go(Number(slider.value)) })
  const play = button("Play", () => start(!playing)), faster = button("1×", () => hurry(), { "aria-label": "Speed", title: "Speed" })
  const stop = button("● Break", () => breakpoint()), guesser = button("Guess", () => setGuess()), tabler = button("Tables", () => setTable())
  const projector = button("Projector", () => setProjector()), details = button("Details", () => setDetails(), { class: "ok-details-button" })
  controls.append(button("|◀", () => go(0), { "aria-label": "First step" }), button("◀", () => go(n - 1), { "aria-label": "Back" }),
    button("Step ▶", () => forward(), { class: "ok-step" }), play, faster, count, slider,
    h("span", { class: "ok-more" }, stop, guesser, tabler, projector, details, source.save ? button("Save", () => source.save()) : null,
      button("Keys", () => setSheet(sheet.hidden))))
  sheet.append(h("h3", {}, "Keys"), h("dl", {}, KEYS.filter(([key]) => key !== "S" || source.save).map(([key, what]) =>
    [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), button("Close", () => setSheet(false)))

  // --- moving ---

  function go(to) {
    n = Math.max(0, Math.min(story.steps.length - 1, to))
    selected = null
    draw()
    source.seen?.(n)
  }

  function forward() {
    if (guessing && n + 1 < story.steps.length && !guesses.has(n)) return guess.querySelector("button")?.focus()
    if (n + 1 < story.steps.length) return go(n + 1)
    if (live() && !waiting) { waiting = true; source.next(); draw() } else start(false)
  }

  function start(on = true) {
    clearInterval(playing)
    playing = on ? setInterval(() => { forward(); if (stopsHere() || n + 1 >= story.steps.length && !live()) start(false) }, PAUSE_MS / speed) : null
    play.textContent = on ? "Stop" : "Play"
  }

  function hurry() {
    speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]
    if (playing) start()
    draw()
  }

  const stopsHere = () => stops.has(`member:${moment.step.member}`) || stops.has(`phase:${moment.step.phase}`)

  function breakpoint() {  // at whoever this step is about; at the phase where it is about the orchestrator itself
    const member = selected ?? moment.step.member, stop = member ? `member:${member}` : `phase:${moment.step.phase}`
    stops.delete(stop) || stops.add(stop)
    draw()
  }

  function toPhase(phase) {
    const later = story.steps.findIndex((step, k) => k > n && step.phase === phase), first = story.steps.findIndex(step => step.phase === phase)
    if (first >= 0) go(later >= 0 ? later : first)
  }

  function nextPhase() {
    const later = story.steps.findIndex((step, k) => k > n && step.phase !== moment.step.phase)
    go(later >= 0 ? later : story.steps.length - 1)
  }

  function setGuess() { guessing = !guessing; draw() }
  function setTable() { tabled = !tabled; draw() }
  function setProjector() { root.classList.toggle("ok-projector"); draw() }
  function setDetails() { root.classList.toggle("ok-details"); draw() }
  function setSheet(open) { sheet.hidden = !open; (open ? sheet.querySelector("button") : root).focus({ preventScroll: true }) }

  // --- drawing ---

  function build() {
    boxes = new Map()
    const doing = h("span", { class: "ok-words" }), plan = h("ul", { class: "ok-chips" }), own = h("ul", { class: "ok-chips ok-helpers" })
    const bar = h("div", { class: "ok-boss" }, h("div", {}, h("strong", {}, "Orchestrator"), " ", doing), h("div", { class: "ok-plan" }, plan, own))
    const canvas = svg("svg", { class: "ok-arrows", "aria-hidden": "true" })
    const select = member => { selected = selected === member ? null : member; draw() }
    graph.replaceChildren(h("div", { class: "ok-stage" }, bar, h("div", { class: "ok-columns" }, graphBoxes(story, boxes, 0, select)), canvas),
      h("p", { class: "ok-key" }, Object.keys(GLYPHS).map(state => h("span", {}, `${GLYPHS[state]} ${STATES[state]}`))))
    boxes.root = { bar, doing, plan, own, canvas }
    timeline = buildTimeline(story, select)
    time.replaceChildren(timeline.grid, part("legend", "p"))
    timeline.axis.addEventListener("pointerdown", scrub)
    timeline.axis.addEventListener("pointermove", event => event.buttons && scrub(event))
    root.setAttribute("aria-label", `A run, step by step: ${story.title}`)
  }

  function scrub(event) {
    const frame = timeline.axis.getBoundingClientRect(), at = (event.clientX - frame.left) / frame.width * timeline.end
    const after = story.steps.findIndex(step => step.at > at)
    go(after < 0 ? story.steps.length - 1 : Math.max(0, after - 1))
  }

  function draw() {
    const held = root.contains(document.activeElement)
    if (!story.steps.length) return root.replaceChildren(h("p", { class: "ok-nothing" }, "Nothing has happened in this run yet."))
    moment = momentAt(story, n)
    drawTop()
    drawTold()
    drawGraph()
    drawControls()
    drawTimeline(story, timeline, moment, selected ?? moment.step.member, stops)
    time.lastChild.replaceChildren(...legend(moment, stops, story))
    twin.replaceChildren(...(tabled ? tables(story, moment) : []))
    root.classList.toggle("ok-tabled", tabled)
    drawInspector()
    drawCode()
    drawGuess()
    if (shown !== n) {
      bring(graph, boxes.get(moment.step.member)?.box ?? boxes.root.bar)
      bring(time, timeline.names.get(laneMember(story, moment.step.member)))
    }
    shown = n
    if (held && !root.contains(document.activeElement)) root.focus({ preventScroll: true })  // its button was drawn anew
  }

  function bring(frame, element) {  // into view, and nothing but its own frame moves
    if (!element) return
    const outer = frame.getBoundingClientRect(), inner = element.getBoundingClientRect()
    if (inner.bottom > outer.bottom) frame.scrollTop += inner.bottom - outer.bottom + 12
    if (inner.top < outer.top + 24) frame.scrollTop += inner.top - outer.top - 36
  }

  function drawTop() {
    head.replaceChildren(h("div", { class: "ok-title" }, h("b", {}, named(story.title, 40)), story.goal ? [" · ", h("bdi", {}, story.goal)] : []),
      h("div", { class: "ok-metrics" }, metrics(story, moment).filter(Boolean)))
    phases.replaceChildren(...Object.entries(GROUPS).map(([group, inside]) => h("div", { class: "ok-group", role: "group", "aria-label": group },
      inside.length > 1 ? h("span", { class: "ok-group-name", "aria-hidden": "true" }, group) : null, h("div", {}, inside.map(phase => {
        const here = phase === moment.step.phase, has = story.steps.some(step => step.phase === phase)
        const label = [h("b", {}, String(PHASES.indexOf(phase) + 1)), ` ${capital(phase)}`, stops.has(`phase:${phase}`) ? " ●" : ""]
        return button(label, () => toPhase(phase),
          { class: here ? "ok-here" : moment.seen.has(phase) ? "ok-been" : "", "aria-current": here ? "step" : null, disabled: !has })
      })))))
  }

  function drawTold() {
    const { phase } = moment.step, last = n + 1 === story.steps.length
    told.replaceChildren(h("span", { class: "ok-where" }, `Step ${n + 1} · ${capital(phase)}`), h("p", { dir: "auto" }, sentence(moment.step.say)))
    const next = source.next ? "The run goes on: Step asks for the next answer." : "The run had come as far as this."
    if (last && story.stop === null) told.append(h("p", { class: "ok-hint" }, waiting ? "Waiting for the next answer …" : next))
  }

  function drawGraph() {
    const { bar, doing, plan, own, canvas } = boxes.root, now = moment.members.get(0)
    bar.setAttribute("data-state", now.state)
    doing.textContent = `${GLYPHS[now.state]} ${now.words}`
    const mine = childrenOf(story, 0), known = mine.filter(each => !helps(story.members[each])).map(each => chip(story, moment, each)).filter(Boolean)
    plan.replaceChildren(...known.slice(0, 9), ...(known.length > 9 ? [h("li", { class: "ok-chip" }, `and ${known.length - 9} more`)] : []))
    own.replaceChildren(...mine.filter(each => helps(story.members[each])).map(each => chip(story, moment, each)).filter(Boolean).slice(0, 6))
    drawBoxes(story, boxes, moment, selected, stops)
    drawArrows(canvas, story, boxes, bar, moment)
  }

  function drawControls() {
    slider.max = story.steps.length - 1
    slider.value = n
    slider.setAttribute("aria-valuetext", `step ${n + 1} of ${story.steps.length}`)
    count.replaceChildren("step ", h("b", {}, String(n + 1)), ` of ${story.steps.length}${story.stop === null ? " so far" : ""}`)
    faster.textContent = `${speed}×`
    const wears = name => root.classList.contains(name), toggles = new Map([[guesser, guessing], [tabler, tabled],
      [stop, stopsHere()], [projector, wears("ok-projector")], [details, wears("ok-details")]])
    for (const [each, on] of toggles) each.setAttribute("aria-pressed", on)
  }

  function drawInspector() {
    const it = detailsAt(story, moment, selected), full = TABS.filter(name => detailOf(name, story, it).length)
    const fitting = it.verdict && it.kind === "noted" ? "Verdict" : it.draft !== undefined && it.kind !== "asked" ? "Draft" : full[0]
    const open = full.includes(tab) ? tab : fitting, call = it.call
    const tabs = TABS.map(name => button(name, () => { tab = name; draw() }, { "aria-pressed": name === open, disabled: !full.includes(name) }))
    inspector.replaceChildren(h("div", { class: "ok-tabs", role: "group", "aria-label": "Details" }, tabs),
      h("div", { class: "ok-detail" }, h("h3", {}, named(story.members[it.member ?? moment.step.member].name, 200)), detailOf(open, story, it)))
    if (!call || !moment.bars.find(bar => bar.call === call)?.closed) return
    const price = [`read ${whole(call.in ?? 0)} tokens`, `wrote ${whole(call.out ?? 0)}`, clock(call.to - call.from), dollars(call.usd ?? 0)]
    inspector.append(h("p", { class: "ok-price" }, price.map(words => h("span", {}, words))))
  }

  function drawCode() {
    const line = moment.line === null ? null : story.lines[moment.line]
    code.hidden = !line
    if (!line) return code.replaceChildren()
    const what = moment.step.line === undefined ? "The line that asked last" : "The code that is running"
    code.replaceChildren(h("p", {}, h("span", {}, what), h("span", {}, line.file)), h("ol", { tabindex: 0 }, line.around.map(([number, text]) =>
      h("li", { class: number === line.number ? "ok-here" : "" }, h("b", {}, String(number)), h("code", {}, text)))))
  }

  function drawGuess() {
    guess.hidden = !guessing || n + 1 >= story.steps.length
    if (guess.hidden) return guess.replaceChildren()
    const given = guesses.get(n), right = [...guesses.values()].filter(each => each.right).length
    guess.replaceChildren(h("h3", {}, "Your guess before you step: what happens next?"), ...movesAt(story, n).map(({ move, right }) => {
      const mine = given?.id === move[2], mark = given ? right ? "✓" : mine ? "✕" : "○" : "○"
      const label = [h("span", { class: "ok-glyph" }, mark), " ", move[1] ? [h("bdi", {}, shortName(move[1], 40)), " "] : [], move[0]]
      return button([...label, given && right ? " — this happens" : ""], () => keepGuess(move[2], right), { "aria-pressed": mine, disabled: Boolean(given) })
    }), guesses.size ? h("p", {}, `${right} of ${guesses.size} right`) : "")
  }

  function keepGuess(id, right) {
    guesses.set(n, { id, right })
    source.guessed?.([...guesses].map(([at, each]) => [at, each.right]))
    draw()
  }

  // --- keys: none of them reaches JupyterLab, where a stray letter edits the notebook ---

  const PRESSED = {
    ArrowRight: forward, ArrowLeft: () => go(n - 1), " ": () => start(!playing), Home: () => go(0), End: () => go(story.steps.length - 1),
    b: breakpoint, d: setDetails, g: setGuess, t: setTable, p: setProjector, s: () => source.save?.(),
    "?": () => setSheet(sheet.hidden), Escape: () => setSheet(false),
  }

  function pressed(event) {
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey || !story.steps.length) return
    const onButton = event.target.closest("button"), phase = PHASES[Number(event.key) - 1]
    if (event.key === " " && onButton) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const act = event.shiftKey && key === "ArrowRight" ? nextPhase : phase ? () => toPhase(phase) : PRESSED[key]
    if (!act) return
    event.preventDefault()
    if (playing && act !== toggle) start(false)
    act()
  }

  root.addEventListener("keydown", pressed)
  for (const kind of ["keyup", "keypress"]) root.addEventListener(kind, event => event.stopPropagation())
  source.onStory?.((next, problem) => {
    const atEnd = n + 1 === story.steps.length
    story = next
    waiting = false
    note.textContent = problem ?? ""
    build()
    atEnd && n + 1 < story.steps.length ? go(n + 1) : draw()
  })
  home.append(root)
  if (story.steps.length) build()
  draw()
  const resized = new ResizeObserver(() => story.steps.length && draw())
  resized.observe(root)
  return () => { start(false); resized.disconnect(); root.remove() }
}

/** The widget of a notebook: the story comes from the kernel, which is asked for more only while the run goes on. */
function render({ model, el }) {
  const hide = h("style")
  hide.textContent = `.ok-twin-${model.get("mark").replace(/[^0-9a-f]/g, "")}{display:none}`
  let told
  const again = () => told(model.get("story"))
  const heard = message => message.page ? download(message.page, message.name) : told(model.get("story"), message.problem)
  const source = {
    story: () => model.get("story"), next: () => model.send({ do: "step" }), save: () => model.send({ do: "save" }),
    onStory: tell => { told = tell; model.on("change:story", again) },
    seen: n => { model.set("index", n); model.save_changes() },
    guessed: guesses => { model.set("guesses", guesses); model.save_changes() },
  }
  const down = mount(el, source)
  model.on("msg:custom", heard)
  el.append(hide)
  return () => { model.off("change:story", again); model.off("msg:custom", heard); down() }
}

function download(page, name) {
  const address = URL.createObjectURL(new Blob([page], { type: "text/html" }))
  Object.assign(h("a"), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}

export default { render }
