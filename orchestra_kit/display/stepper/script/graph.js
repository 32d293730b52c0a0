// The graph: who works for whom, and what goes from one to the other.
// `view` says what all of it needs: the moment, who is selected, where it stops, select(member); `boxes` is filled here.

const families = new WeakMap()  // story -> team -> its members
const familiesOf = story => families.get(story) ?? families.set(story, Map.groupBy(story.members.keys(), number => story.members[number].team)).get(story)
const childrenOf = (story, team) => familiesOf(story).get(team) ?? []
const helps = member => member.role === "helper" || member.role === "person"

function columnsOf(story, view, team) {
  const columns = []
  for (const number of childrenOf(story, team).filter(number => !helps(story.members[number])))
    (columns[story.members[number].column] ??= []).push(boxOf(story, view, number))
  return columns.filter(Boolean).map(column => {
    const many = column.length > 6, wide = Math.max(...column.map(box => box.breadth))
    const flex = many ? "4 1 330px" : `${wide} 1 ${wide * 112 + (wide - 1) * 26 + (wide > 1 ? 20 : 0)}px`
    return h("div", { class: many ? "ok-column ok-many" : "ok-column", style: many ? { flex } : { flex, "max-width": `${wide * 212}px` } }, column)
  })
}

function boxOf(story, view, number) {
  const { moment, selected, stops, select, boxes } = view, now = moment.members.get(number)
  const inside = childrenOf(story, number), columns = columnsOf(story, view, number)
  const open = moment.bars.findLast(bar => bar.call.member === number && !bar.closed && bar.to > bar.from), since = open ? ` · ${clock(open.to - open.from)}` : ""
  const helpers = inside.filter(each => helps(story.members[each])).map(each => chip(story, moment, each))
  const head = h("button", { type: "button", class: `ok-head${stops.has(`member:${number}`) ? " ok-stop" : ""}`, "data-key": `member:${number}`,
    "aria-pressed": selected === number, click: () => select(number) },
  h("span", { class: "ok-name" }, named(story.members[number].name), " "), h("span", { class: "ok-glyph" }, GLYPHS[now?.state] ?? ""),
  h("span", { class: "ok-words" }, now ? (now.words || STATES[now.state]) + since : "–"))
  const below = inside.length ? h("div", { class: "ok-columns" }, columns) : null
  const box = h("div", { class: `ok-box${below ? " ok-team" : ""} ok-${now?.state ?? "hidden"}` },
    h("div", { class: "ok-crown" }, head, h("ul", { class: "ok-chips" }, helpers)), below)
  box.breadth = Math.max(1, columns.reduce((sum, column) => sum + (parseFloat(column.style.flexGrow) || 1), 0))
  boxes.set(number, { box, head, columns: below })
  return box
}

/** The stage as it is at a moment. The arrows are drawn when it stands in its place: they need to know where that is. */
function stageOf(story, view) {
  const { moment } = view, now = moment.members.get(0), mine = childrenOf(story, 0)
  const chips = (chosen, number) => mine.filter(each => chosen(story.members[each])).map((each, place) => chip(story, moment, each, number(place))).filter(Boolean)
  const said = moment.step.member ? "" : { receive: story.goal, deliver: story.stop === "done" && isOver(story, moment.n) ? `${now.words} for whoever asked` : "" }[moment.step.phase]
  const card = said ? h("li", { class: "ok-chip ok-card" }, "✉ ", h("bdi", {}, said)) : null  // the goal comes in, the result goes out
  const plan = chips(member => !helps(member), place => place + 1), more = plan.length - 9
  const bar = h("div", { class: view.fresh && moment.step.phase === "plan" && !moment.step.member ? "ok-boss ok-planning" : "ok-boss" },
    h("div", {}, h("strong", {}, "Orchestrator"), " ", h("span", { class: "ok-words" }, `${GLYPHS[now.state]} ${now.words}`)),
    h("div", { class: "ok-plan" }, h("ul", { class: "ok-chips" }, plan.slice(0, 9), more > 0 ? h("li", { class: "ok-chip" }, `and ${more} more`) : null, card),
      h("ul", { class: "ok-chips ok-helpers" }, chips(helps, () => "").slice(0, 6))))
  view.boxes = new Map()
  const columns = h("div", { class: "ok-columns" }, columnsOf(story, view, 0))
  view.boxes.set(0, { box: bar, head: bar, columns })
  return [h("div", { class: "ok-stage" }, bar, columns, svg("svg", { class: "ok-arrows", "aria-hidden": "true" })),
    h("p", { class: "ok-key" }, Object.keys(GLYPHS).map(state => h("span", {}, `${GLYPHS[state]} ${STATES[state]}`)))]
}

const sentBack = (story, step) => step.sets.find(([member, state]) => state === "back" && !helps(story.members[member]))?.[0]

function drawLetter(story, boxes, { verdict }, to) {  // what is written to whoever has to do it again, beside the arrow
  if (to === undefined || (verdict?.[1] ?? null) === null) return
  const { columns } = boxes.get(story.members[to].team), text = story.texts[verdict[1]].replace(/^[\s\-*]+/, "").trim()
  const words = text.length > 90 ? text.slice(0, 90).replace(/\s+\S*$/, "") + " …" : text
  const letter = h("p", { class: "ok-letter", dir: "auto", "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 22 16" }, line("", "M1 1h20v14H1zL11 9L21 1")), h("span", {}, `“${words}”`))
  columns.before(letter)
  const frame = columns.getBoundingClientRect(), start = boxes.get(to).box.getBoundingClientRect().left - frame.left
  const wide = letter.offsetWidth, fits = start + wide <= frame.width
  letter.style.marginLeft = `${Math.max(0, fits ? start : start - 20 - wide)}px`
}

function drawArrows(stage, story, { boxes, moment }) {
  const { step, n } = moment, canvas = stage.querySelector(".ok-arrows"), back = sentBack(story, step)
  drawLetter(story, boxes, step, back)
  const frame = canvas.getBoundingClientRect(), scale = frame.width / canvas.clientWidth || 1
  const place = element => {
    const { left, right, top, bottom } = element.getBoundingClientRect(), x = at => (at - frame.left) / scale, y = at => (at - frame.top) / scale
    return { left: x(left), right: x(right), top: y(top), bottom: y(bottom), middle: y((top + bottom) / 2) }
  }
  const known = story.arrows.filter(arrow => arrow.since <= n && boxes.has(arrow.to) && boxes.has(arrow.from))
  const went = new Set(known.filter(arrow => !arrow.planned).map(arrow => `${arrow.from} ${arrow.to}`))
  const shapes = known.filter(arrow => !arrow.planned || !went.has(`${arrow.from} ${arrow.to}`)).flatMap(arrow =>
    flow(place(boxes.get(arrow.from).box), place(boxes.get(arrow.to).box), arrow.planned ? "ok-planned" : "ok-flow"))
  const out = step.kind === "asked" || step.kind === "began" || back !== undefined, member = back ?? step.member
  if (member && boxes.has(member) && (out || step.kind === "answered" || step.kind === "ended"))
    shapes.push(...envelope(place(boxes.get(story.members[member].team).head), place(boxes.get(member).box), out, moment.members.get(member)?.state))
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

function drawGraph(frame, view) {
  frame.replaceChildren(...stageOf(view.story, view))
  drawArrows(frame, view.story, view)
}
