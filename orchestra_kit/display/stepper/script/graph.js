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
  const columns = graphBoxes(story, boxes, number, select), below = inside.length ? h("div", { class: "ok-columns" }, columns) : null
  const box = h("div", { class: inside.length ? "ok-box ok-team" : "ok-box" }, h("div", { class: "ok-crown" }, head, chips),
    below)
  box.breadth = Math.max(1, columns.reduce((sum, column) => sum + (parseFloat(column.style.flexGrow) || 1), 0))
  boxes.set(number, { box, head, glyph, words, chips, helpers, columns: below })
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

const sentBack = (boxes, step) => step.sets.find(([member, state]) => state === "back" && boxes.has(member))?.[0]

function drawLetter(story, boxes, rootColumns, step) {  // what is written to whoever has to do it again, beside the arrow
  boxes.letter?.remove()
  const to = sentBack(boxes, step), note = step.verdict?.[1] ?? null
  if (to === undefined || note === null) return
  const columns = boxes.get(story.members[to].team)?.columns ?? rootColumns, text = story.texts[note].replace(/^[\s\-*]+/, "").trim()
  const words = text.length > 90 ? text.slice(0, 90).replace(/\s+\S*$/, "") + " …" : text
  boxes.letter = h("p", { class: "ok-letter", dir: "auto", "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 22 16" }, line("", "M1 1h20v14H1zL11 9L21 1")), h("span", {}, `“${words}”`))
  columns.before(boxes.letter)
  const frame = columns.getBoundingClientRect(), start = boxes.get(to).box.getBoundingClientRect().left - frame.left
  const wide = boxes.letter.offsetWidth, fits = start + wide <= frame.width
  boxes.letter.style.marginLeft = `${Math.max(0, fits ? start : start - 20 - wide)}px`
}

function drawArrows(canvas, story, boxes, bar, moment) {
  drawLetter(story, boxes, bar.parentElement.querySelector(":scope > .ok-columns"), moment.step)
  const frame = canvas.getBoundingClientRect(), scale = frame.width / canvas.clientWidth || 1
  const place = element => {
    const box = element.getBoundingClientRect()
    return { left: (box.left - frame.left) / scale, right: (box.right - frame.left) / scale, top: (box.top - frame.top) / scale,
      bottom: (box.bottom - frame.top) / scale, middle: ((box.top + box.bottom) / 2 - frame.top) / scale }
  }
  const shapes = story.arrows.filter(arrow => arrow.since <= moment.n && boxes.has(arrow.to) && boxes.has(arrow.from)).filter(arrow =>
    !arrow.planned || !story.arrows.some(other => !other.planned && other.since <= moment.n && other.from === arrow.from && other.to === arrow.to))
    .flatMap(arrow => flow(place(boxes.get(arrow.from).box), place(boxes.get(arrow.to).box), arrow.planned ? "ok-planned" : "ok-flow"))
  const { step } = moment, member = boxes.has(step.member) ? step.member : null, back = sentBack(boxes, step)
  const head = each => boxes.get(story.members[each].team)?.head ?? bar
  if (back !== undefined) shapes.push(...envelope(place(head(back)), place(boxes.get(back).box), true))
  else if (member && (step.kind === "asked" || step.kind === "began" || step.kind === "answered" || step.kind === "ended"))
    shapes.push(...envelope(place(head(member)), place(boxes.get(member).box), step.kind === "asked" || step.kind === "began",
      moment.members.get(member)?.state))
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
