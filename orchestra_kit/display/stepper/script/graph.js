// The graph: who works for whom, and what goes from one to the other.

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
