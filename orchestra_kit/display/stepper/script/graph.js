// The graph: who works for whom, and what goes from one to the other.
// `view` says what it needs: the moment, who is selected, where it stops, select(member); `boxes` is filled here.
// Whoever is not known yet has a place already, and all that changes lies on the most it ever is: so nothing moves.

const MANY = 6  // boxes one above the other; more of them stand in rows, as wide as three
const CHIPS = 9
const GOES = { asked: "out", began: "out", answered: "home", ended: "home" }

const helps = ({ role }) => role === "helper" || role === "person"
const childrenOf = (story, team) => [...story.members.keys()].filter(number => story.members[number].team === team)
const workersOf = (story, team) => childrenOf(story, team).filter(number => !helps(story.members[number]))
const helpersOf = (story, team) => childrenOf(story, team).filter(number => helps(story.members[number]))

const columnsIn = (story, team) =>
  Object.values(Object.groupBy(workersOf(story, team), number => story.members[number].column))
const breadthOf = (story, column) => column.length > MANY ? 3 : Math.max(...column.map(team =>
  columnsIn(story, team).reduce((sum, inner) => sum + breadthOf(story, inner), 0) || 1))

const longest = texts => texts.reduce((most, text) => text.length > most.length ? text : most, "")
const stacked = (tag, now, most) =>
  h(tag, { class: "ok-stack" }, h(tag, {}, now), h(tag, { class: "ok-room", "aria-hidden": true }, most))

/** A moment with all members, each with the longest words and the loudest state it ever has. */
function mostOf(story) {
  const members = Map.groupBy(story.steps.flatMap(step => step.sets), ([member]) => member)
  const teams = new Set(story.members.map(({ team }) => team))
  const inFull = ([member, state, words]) => state === "active" && !teams.has(member) ? `${words} · 00.0 s` : words
  for (const [member, sets] of members) members.set(member, {
    state: Object.keys(STATES).findLast(each => sets.some(([, state]) => state === each)),
    words: longest(sets.map(inFull)),
  })
  return { members }
}

/** The stage at a moment. The arrows are drawn when it stands in its place: they need to know where that is. */
function stageOf(story, view) {
  Object.assign(view, { most: mostOf(story), boxes: new Map() })
  const boss = bossOf(story, view), key = state => h("span", {}, `${GLYPHS[state]} ${STATES[state]}`)
  view.boxes.set(0, { box: boss, head: boss })
  const arrows = svg("svg", { class: "ok-arrows", "aria-hidden": true })
  return [h("div", { class: "ok-stage" }, boss, insideOf(story, view, 0), arrows),
    h("p", { class: "ok-key" }, Object.keys(STATES).map(key))]
}

function bossOf(story, { moment, most, fresh }) {
  const { step, n } = moment, plans = fresh && step.phase === "plan" && !step.member
  const over = story.stop === "done" && isOver(story, moment), { words } = moment.members.get(0)
  const card = n === 0 ? story.goal : over ? `${words} for whoever asked` : ""  // what comes in, what goes out
  const all = (at, { state, words } = at.members.get(0)) => [
    h("div", { class: "ok-crown" }, h("strong", {}, "Orchestrator"),
      h("span", { class: "ok-words" }, `${GLYPHS[state]} ${words}`),
      at === moment && card ? h("span", { class: "ok-chip ok-card" }, "✉ ", h("bdi", {}, card)) : null),
    h("div", { class: "ok-plan" }, chipsOf(story, at, workersOf(story, 0)), chipsOf(story, at, helpersOf(story, 0)))]
  return h("div", { class: plans ? "ok-boss ok-planning" : "ok-boss" }, stacked("div", all(moment), all(most)))
}

function chipsOf(story, { members }, numbers) {
  const known = numbers.filter(number => members.has(number)), more = known.length - CHIPS
  const chip = (number, place) => {
    const member = story.members[number], { state } = members.get(number)
    return h("li", { class: `ok-chip ok-${state}`, style: { "--place": place } }, helps(member) ? "" : `${place + 1} `,
      named(member.name, 28), " ", h("span", { class: "ok-glyph" }, GLYPHS[state]), h("b", {}, ` ${STATES[state]}`))
  }
  return h("ul", { class: "ok-chips" }, known.slice(0, CHIPS).map(chip),
    more > 0 ? h("li", { class: "ok-chip" }, `and ${more} more`) : null)
}

function insideOf(story, view, team) {  // the letter to one of them, and their boxes from left to right
  const look = column => ({ class: column.length > MANY ? "ok-column ok-many" : "ok-column",
    style: { "--breadth": breadthOf(story, column) } })
  return [letterTo(story, view, team), h("div", { class: "ok-columns" }, columnsIn(story, team).map(column =>
    h("div", look(column), column.map(number => boxOf(story, view, number)))))]
}

function boxOf(story, view, number) {
  const { moment, most, selected, stops, select, boxes } = view, key = `member:${number}`
  const now = moment.members.get(number), helpers = helpersOf(story, number), chips = at => chipsOf(story, at, helpers)
  const team = childrenOf(story, number).length > 0
  const open = moment.bars.findLast(bar => bar.call.member === number && !bar.closed && bar.to > bar.from)
  const words = [now?.words, open ? ` · ${clock(open.to - open.from)}` : ""]
  const head = h("button", { type: "button", class: stops.has(key) ? "ok-head ok-stop" : "ok-head", "data-key": key,
    "aria-pressed": selected === number, click: () => select(number) },
  h("span", { class: "ok-name" }, named(story.members[number].name), " "),
  h("span", { class: "ok-glyph" }, GLYPHS[now?.state ?? "planned"]),
  h("span", { class: "ok-words" }, stacked("span", words, most.members.get(number).words)))
  const box = h("div", { class: `ok-box ${team ? "ok-team" : ""} ok-${now?.state ?? "hidden"}` },
    h("div", { class: "ok-crown" }, head, helpers.length ? stacked("div", chips(moment), chips(most)) : null),
    team ? insideOf(story, view, number) : null)
  boxes.set(number, { box, head })
  return box
}

const sentBack = (story, step) =>
  step.sets.find(([member, state]) => state === "back" && !helps(story.members[member]))?.[0]

function noteOf(story, { verdict }) {  // as it begins; many are lists
  const text = (story.texts[verdict?.[1]] ?? "").replace(/^[\s\-*]+/, "").trim()
  return text.length > 90 ? `${text.slice(0, 90).replace(/\s+\S*$/, "")} …` : text
}

function letterTo(story, view, team) {  // what is written to one of a team who has to do it again
  const letter = words => h("p", { class: "ok-letter", dir: "auto", "aria-hidden": true },
    svg("svg", { viewBox: "0 0 22 16" }, svg("path", { d: "M1 1h20v14H1zL11 9L21 1" })), h("span", {}, `“${words}”`))
  const back = story.steps.filter(step => story.members[sentBack(story, step)]?.team === team)
  const note = noteOf(story, view.moment.step), most = longest(back.map(step => noteOf(story, step)))
  const now = note && back.includes(view.moment.step) ? letter(note) : null
  view.letter ??= now
  return most ? stacked("div", now, letter(most)) : null
}

function putBeside(letter, box) {  // on the right of the arrow to the box; where there is no room, on its left
  const row = placeOf(letter.closest(".ok-stack")), wide = letter.offsetWidth
  const left = box.left + wide <= row.right ? box.left : Math.max(row.left, box.left - 20 - wide)
  letter.style.marginLeft = `${left - row.left}px`
}

function drawArrows(stage, story, { boxes, moment, letter }) {
  const { step, n } = moment, back = sentBack(story, step), place = number => placeOf(boxes.get(number).box)
  if (letter) putBeside(letter, place(back))
  const known = story.arrows.filter(({ from, since }) => since <= n && boxes.has(from))
  const latest = new Map(known.map(arrow => [`${arrow.from} ${arrow.to}`, arrow]))  // what went, not what was planned
  const shapes = [...latest.values()].flatMap(({ from, to, planned }) =>
    flow(place(from), place(to), planned ? "ok-planned" : "ok-flow"))
  const way = back === undefined ? GOES[step.kind] : "out", member = back ?? step.member
  if (way && member && boxes.has(member)) {
    const head = placeOf(boxes.get(story.members[member].team).head)
    shapes.push(...envelope(head, place(member), way, moment.members.get(member).state))
  }
  stage.querySelector(".ok-arrows").replaceChildren(...shapes)
}

function placeOf({ offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high }) {
  return { left, top, right: left + wide, bottom: top + high, center: left + wide / 2, middle: top + high / 2 }
}

const line = (kind, d) => svg("path", { class: kind, d })
const arrow = (kind, d, tip) => [line(kind, d), line(`${kind} ok-tip`, tip)]

function flow(a, b, kind) {
  if (b.left >= a.right) {
    const half = (a.right + b.left) / 2, curve = `M${a.right} ${a.middle}C${half} ${a.middle} ${half} ${b.middle}`
    return arrow(kind, `${curve} ${b.left - 6} ${b.middle}`, `M${b.left} ${b.middle}l-8 -4v8z`)
  }
  const bend = Math.max(14, (b.top - a.bottom) / 2)  // the row was full: the next one begins further down
  const curve = `M${a.center} ${a.bottom}C${a.center} ${a.bottom + bend} ${b.center} ${b.top - bend}`
  return arrow(kind, `${curve} ${b.center} ${b.top - 6}`, `M${b.center} ${b.top}l-4 -8h8z`)
}

function envelope(boss, { left, top }, way, state) {
  const x = left - 10, y = top + 13, kind = `ok-envelope ok-${way === "home" && state === "failed" ? "bad" : way}`
  return way === "out" ? arrow(kind, `M${x} ${boss.bottom}V${y}H${left - 6}`, `M${left} ${y}l-8 -5v10z`)
    : arrow(kind, `M${left} ${y}H${x}V${boss.bottom + 6}`, `M${x} ${boss.bottom}l-5 8h10z`)
}
