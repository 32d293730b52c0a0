// The graph: who works for whom, and what goes from one to the other.
// `view` says what it needs: the moment, who is selected, where it stops, select(member); `boxes` is filled here.
// Whoever is not known yet has a place already, so that nobody has to move.

const CHIPS = 9, MANY = 6  // more boxes in a column stand in rows
const UNKNOWN = { state: "hidden", words: "–" }
const GOES = { asked: "out", began: "out", answered: "home", ended: "home" }
const helps = ({ role }) => role === "helper" || role === "person"

function drawGraph(frame, view) {
  const { story } = view, boss = bossOf(story, view), arrows = svg("svg", { class: "ok-arrows", "aria-hidden": true })
  const key = h("p", { class: "ok-key" }, Object.keys(STATES).map(state => h("span", {}, looks(state))))
  view.boxes = new Map([[0, { box: boss, head: boss }]])
  frame.replaceChildren(h("div", { class: "ok-stage" }, boss, insideOf(story, view, 0), arrows), key)
  const letter = frame.querySelector(".ok-letter:not(.ok-hidden)")
  if (letter) putBeside(letter, placeOf(view.boxes.get(view.moment.step.back).box))
  arrows.replaceChildren(...arrowsOf(story, view))  // now that all stands in its place
}

function bossOf(story, { moment, fresh }) {
  const { step, n } = moment, { state, words } = moment.members.get(0), { columns, helpers } = story.teams[0]
  // What comes in, and what goes out:
  const card = n === 0 ? story.goal : story.stop === "done" && isOver(step) ? `${words} for whoever asked` : ""
  return h("div", { class: classes("ok-boss", { planning: fresh && step.phase === "plan" && !step.member }) },
    h("div", { class: "ok-crown" }, h("strong", {}, "Orchestrator"),
      h("span", { class: "ok-words" }, `${GLYPHS[state]} ${words}`),
      card ? h("span", { class: "ok-chip ok-card" }, "✉ ", h("bdi", {}, card)) : null),
    h("div", { class: "ok-plan" }, chipsOf(story, moment, columns.flatMap(column => column.members)),
      chipsOf(story, moment, helpers)))
}

function chipsOf(story, { members }, numbers) {
  const more = numbers.length - CHIPS, hidden = !members.has(numbers.at(-1))
  const chip = (number, place) => {
    const member = story.members[number], { state } = members.get(number) ?? UNKNOWN, loud = LOUD.includes(state)
    return h("li", { class: `ok-chip ok-${state}`, style: { "--place": place } }, helps(member) ? "" : `${place + 1} `,
      named(member.name, 28), " ", h("span", { class: "ok-glyph", title: STATES[state] }, GLYPHS[state]),
      loud ? h("b", {}, ` ${STATES[state]}`) : null)
  }
  return h("ul", { class: "ok-chips" }, numbers.slice(0, CHIPS).map(chip),
    more > 0 ? h("li", { class: classes("ok-chip", { hidden }) }, `and ${more} more`) : null)
}

function insideOf(story, view, team) {
  const columns = story.teams[team].columns.map(({ breadth, members }) =>
    h("div", { class: classes("ok-column", { many: members.length > MANY }), style: { "--breadth": breadth } },
      members.map(number => boxOf(story, view, number))))
  return [letterTo(story, view.moment.step, team), h("div", { class: "ok-columns" }, columns)]
}

function letterTo(story, { back, letter }, team) {  // to one of a team who has to do it again; its place is kept free
  const look = letter && story.members[back].team === team ? "ok-letter" : "ok-letter ok-hidden"
  return story.teams[team].letters ? h("p", { class: look, dir: "auto", "aria-hidden": true }, "✉",
    h("span", {}, `“${letter ?? ""}”`)) : null
}

function boxOf(story, view, number) {
  const { moment, selected, stops, select, boxes } = view, { columns, helpers } = story.teams[number]
  const now = moment.members.get(number) ?? UNKNOWN
  const open = moment.bars.findLast(bar => bar.call.member === number && !bar.closed && bar.to > bar.from)
  const head = h("button", { type: "button", class: classes("ok-head", { stop: stops.has(number) }),
    "data-key": `member:${number}`, "aria-pressed": selected === number, click: () => select(number) },
  h("span", { class: "ok-name" }, named(story.members[number].name), " "),
  h("span", { class: "ok-glyph" }, GLYPHS[now.state]),
  h("span", { class: "ok-words" }, now.words, open ? ` · ${clock(open.to - open.from)}` : ""))
  const team = columns.length + helpers.length > 0, inside = team ? insideOf(story, view, number) : []
  const crown = h("div", { class: "ok-crown" }, head, chipsOf(story, moment, helpers))
  const box = h("div", { class: classes(`ok-box ok-${now.state}`, { team }) }, crown, inside)
  boxes.set(number, { box, head })
  return box
}

function putBeside(letter, box) {  // on the right of the arrow to the box; where there is no room, on its left
  const { left, wide } = placeOf(letter), room = letter.parentElement.clientWidth
  letter.style.marginLeft = `${box.left + wide <= room ? box.left - left : Math.max(0, box.left - 20 - wide - left)}px`
}

function arrowsOf(story, { boxes, moment }) {
  const { step, n } = moment, place = number => placeOf(boxes.get(number).box)
  const known = story.arrows.filter(({ from, to, since }) => since <= n && boxes.has(from) && boxes.has(to))
  const latest = new Map(known.map(arrow => [`${arrow.from} ${arrow.to}`, arrow]))  // what went, not what was planned
  const shapes = [...latest.values()].flatMap(({ from, to, planned }) =>
    flow(place(from), place(to), planned ? "ok-planned" : "ok-flow"))
  const way = step.back === undefined ? GOES[step.kind] : "out", member = step.back ?? step.member
  if (!way || !member || !boxes.has(member)) return shapes
  const head = placeOf(boxes.get(story.members[member].team).head)
  return [...shapes, ...envelope(head, place(member), way, moment.members.get(member).state)]
}

function placeOf({ offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high }) {
  return { left, top, wide, right: left + wide, bottom: top + high, center: left + wide / 2, middle: top + high / 2 }
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
