// The graph: who works for whom, and what goes from one to the other.
// `view` says what it needs: the moment, who is selected, where it stops, select(member); `boxes` is filled here.
// Whoever is not known yet has a place already, so that nobody has to move.

const CHIPS = 9
const UNKNOWN = { state: "hidden", words: "–" }
const written = ({ goes, letter }, team) => goes?.team === team && letter || ""  // on what goes from a team, or to it

function drawGraph(frame, view) {
  const boss = bossOf(view), key = Object.keys(STATES).map(state => h("span", {}, looks(state)))
  view.boxes = new Map([[0, { box: boss, head: boss }]])
  const stage = h("div", { class: "ok-stage" }, boss, insideOf(view, 0))
  frame.replaceChildren(stage, h("p", { class: "ok-key" }, key))  // now all has its place, for what goes between them
  for (const letter of stage.querySelectorAll(".ok-letter:not(.ok-hidden)")) putBeside(letter, view)
  stage.append(svg("svg", { class: "ok-arrows", "aria-hidden": true }, arrowsOf(view)))
}

function bossOf(view) {
  const { story, fresh, moment: { step, members } } = view, { state, words } = members.get(0)
  const card = written(step, -1), { columns, helpers } = story.teams[0]
  return h("div", { class: classes("ok-boss", { planning: fresh && step.phase === "plan" && !step.member }) },
    h("div", { class: "ok-crown" }, h("strong", {}, "Orchestrator"),
      h("span", { class: "ok-words" }, `${GLYPHS[state]} ${words}`),
      card ? h("span", { class: "ok-chip ok-card" }, "✉ ", h("bdi", {}, card)) : null),
    h("div", { class: "ok-plan" }, chipsOf(view, columns.flatMap(column => column.members)), chipsOf(view, helpers)))
}

function chipsOf({ story, moment: { members } }, numbers) {
  const chip = (number, place) => {
    const member = story.members[number], { state } = members.get(number) ?? UNKNOWN
    return h("li", { class: `ok-chip ok-${state}`, style: { "--place": place } },
      member.role === "member" ? `${place + 1} ` : "", named(member.name, 28), " ",
      h("span", { class: "ok-glyph", title: STATES[state] }, GLYPHS[state]),
      LOUD.includes(state) ? h("b", {}, ` ${STATES[state]}`) : null)
  }
  const more = numbers.length - CHIPS, hidden = !members.has(numbers.at(-1))
  return h("ul", { class: "ok-chips" }, numbers.slice(0, CHIPS).map(chip),
    more > 0 ? h("li", { class: classes("ok-chip", { hidden }) }, `and ${more} more`) : null)
}

function insideOf(view, team) {
  const { columns, letters } = view.story.teams[team], words = written(view.moment.step, team)
  const letter = h("p", { class: classes("ok-letter", { hidden: !words }), dir: "auto", "aria-hidden": true },
    "✉", h("span", {}, `“${words}”`))  // to one who has to do it again; its place is kept free
  return [letters ? letter : null, h("div", { class: "ok-columns" }, columns.map(({ breadth, many, members }) =>
    h("div", { class: classes("ok-column", { many }), style: { "--breadth": breadth } },
      members.map(number => boxOf(view, number)))))]
}

function boxOf(view, number) {
  const { story, moment, selected, stops, select } = view, { columns, helpers } = story.teams[number]
  const { state, words } = moment.members.get(number) ?? UNKNOWN
  const open = moment.bars.findLast(bar => bar.call.member === number && !bar.closed && bar.to > bar.from)
  const label = [h("span", { class: "ok-name" }, named(story.members[number].name), " "),
    h("span", { class: "ok-glyph" }, GLYPHS[state]),
    h("span", { class: "ok-words" }, words, open ? ` · ${clock(open.to - open.from)}` : "")]
  const head = button(label, () => select(number), { class: classes("ok-head", { stop: stops.has(number) }),
    "data-key": `member:${number}`, "aria-pressed": selected === number })
  const box = h("div", { class: classes(`ok-box ok-${state}`, { team: columns.length + helpers.length }) },
    h("div", { class: "ok-crown" }, head, chipsOf(view, helpers)), insideOf(view, number))
  view.boxes.set(number, { box, head })
  return box
}

function putBeside(letter, { boxes, moment }) {  // right of the arrow to the box; where there is no room, left of it
  const { left } = placeOf(boxes.get(moment.step.goes.member).box), own = placeOf(letter)
  const fits = left + own.wide <= letter.parentElement.clientWidth
  letter.style.marginLeft = `${fits ? left - own.left : Math.max(0, left - 20 - own.wide - own.left)}px`
}

function arrowsOf({ story, boxes, moment: { n, step } }) {
  const place = (number, part = "box") => placeOf(boxes.get(number)[part])
  const known = story.arrows.filter(({ from, since }) => since <= n && boxes.has(from))
  const latest = new Map(known.map(arrow => [`${arrow.from} ${arrow.to}`, arrow]))  // what went, not what was planned
  const flows = [...latest.values()].map(({ from, to, planned }) =>
    flow(planned ? "ok-planned" : "ok-flow", place(from), place(to)))
  const { team, member, way } = step.goes ?? {}
  return boxes.has(team) ? [flows, envelope(way, place(team, "head"), place(member))] : flows
}

function placeOf({ offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high }) {
  return { left, top, wide, right: left + wide, bottom: top + high, center: left + wide / 2, middle: top + high / 2 }
}

const TIPS = { right: "m6 0l-8 -4v8z", down: "m0 6l-4 -8h8z", up: "m0 -6l-5 8h10z" }  // 6 pixels beyond their lines
const line = (kind, d) => svg("path", { class: kind, d })
const arrow = (kind, way, end, tip) => [line(kind, `${way} ${end}`), line(`${kind} ok-tip`, `M${end}${TIPS[tip]}`)]

function flow(kind, a, b) {
  const half = (a.right + b.left) / 2, bend = Math.max(14, (b.top - a.bottom) / 2)
  const across = `M${a.right} ${a.middle}C${half} ${a.middle} ${half} ${b.middle}`
  const down = `M${a.center} ${a.bottom}C${a.center} ${a.bottom + bend} ${b.center} ${b.top - bend}`
  return b.left >= a.right ? arrow(kind, across, `${b.left - 6} ${b.middle}`, "right")
    : arrow(kind, down, `${b.center} ${b.top - 6}`, "down")  // the row was full: the next one begins further down
}

function envelope(way, head, { left, top }) {
  const kind = `ok-envelope ok-${way}`, x = left - 10, y = top + 13
  return way === "out" ? arrow(kind, `M${x} ${head.bottom}V${y}L`, `${left - 6} ${y}`, "right")
    : arrow(kind, `M${left} ${y}H${x}L`, `${x} ${head.bottom + 6}`, "up")
}
