// The timeline: when everybody worked, what it cost, and what the end waited for.

function lanesOf(story) {  // in the order of the graph: a team, then those in it
  const lane = number => laneMember(story, story.calls[number].member)
  const bars = new Map()
  story.calls.forEach((_, number) => bars.set(lane(number), [...(bars.get(lane(number)) ?? []), number]))
  const ordered = (team, depth) => childrenOf(story, team).filter(each => !helps(story.members[each])).flatMap(each =>
    [{ member: each, depth }, ...ordered(each, depth + 1)])
  const ghosts = Map.groupBy(ghostsOf(story), ghost => laneMember(story, ghost.member))
  return [{ member: 0, depth: 0 }, ...ordered(0, 0)].map(each => ({ ...each,
    rows: rowsOf(bars.get(each.member) ?? [], number => story.calls[number]), ghosts: rowsOf(ghosts.get(each.member) ?? [], ghost => ghost) }))
}

function rowsOf(bars, timesOf) {  // those that overlap stand below each other
  const rows = []
  for (const bar of bars) {
    const free = rows.find(row => (timesOf(row.at(-1)).to ?? Infinity) <= timesOf(bar).from)
    free ? free.push(bar) : rows.push([bar])
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
  if (person && state !== "failed") return bar.closed ? ["⚑ a person", "⚑"] : ["⚑ waits for a person", "⚑"]
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
  const end = Math.max(endBeside(story), story.steps.at(-1).at, ...story.calls.map(call => call.to ?? 0)) || 1
  const share = seconds => `${100 * seconds / end}%`, shapes = new Map(), names = new Map()
  const barShape = number => {
    shapes.set(number, h("div", { class: "ok-bar", hidden: true, click: () => select(story.calls[number].member, number) }, h("span")))
    return shapes.get(number)
  }
  const lanes = lanesOf(story).map(({ member, depth, rows, ghosts }) => {
    const name = h("div", { class: member ? "ok-lane-name" : "ok-lane-name ok-first" },
      member ? named(story.members[member].name, 30) : "Orchestrator")
    name.style.paddingLeft = `${14 + 11 * Math.min(depth, 4)}px`
    const still = ghosts.map(row => row.map(ghost => ({ ghost, shape: ghostShape(ghost, share) })))
    while (rows.length < still.length) rows.push([])
    const tracks = h("div", { class: "ok-track" }, rows.map((row, place) =>
      h("div", { class: "ok-row" }, (still[place] ?? []).map(each => each.shape), row.map(barShape))))
    names.set(member, name)
    return { member, rows, ghosts: still, cells: [name, tracks] }
  })
  const alone = story.baseline && { ghost: { from: 0, to: story.baseline.seconds, tokens: story.baseline.tokens, what: ALONE } }
  if (alone) alone.shape = ghostShape(alone.ghost, share)
  const below = alone ? [h("div", { class: "ok-lane-name" }, ALONE), h("div", { class: "ok-track" }, h("div", { class: "ok-row" }, alone.shape))] : []
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
    lanes.flatMap(lane => lane.cells), below, foot, h("div", { class: "ok-track ok-foot" }, area, says), head)
  grid.style.setProperty("--tick", share(ticks(end)[1] ?? end))
  return { grid, lanes, alone, shapes, names, head, axis, area, says, end, share }
}

function drawTimeline(story, view, moment, about, stops) {
  const { lanes, alone, shapes, names, head, axis, end, share } = view
  const pixels = axis.clientWidth / end, font = `11.5px ${getComputedStyle(view.grid).fontFamily}`
  const shown = new Map(moment.bars.map(bar => [bar.number, bar]))
  const still = new Set(ghostsAt(story, lanes.flatMap(lane => lane.ghosts.flat().map(each => each.ghost)), moment))
  for (const { member, rows, ghosts } of lanes) {
    for (const row of rows) row.forEach((number, place) => {
      const shape = shapes.get(number), bar = shown.get(number)
      const looks = bar && [bar.state, bar.from, bar.to, moment.chain.has(bar), pixels].join()
      if (shape.looks === looks) return
      shape.looks = looks
      shape.hidden = !bar
      if (!bar) return hideBar(shape)
      shape.className = `ok-bar ok-${bar.state}${bar.call.own ? " ok-own" : ""}${moment.chain.has(bar) ? " ok-chain" : ""}`
      shape.title = [bar.call.who, STATES[bar.state], bar.closed && tokensOf(bar.call) ? `${whole(tokensOf(bar.call))} tokens` : ""].filter(Boolean).join(" · ")
      shape.style.left = share(bar.from)
      shape.style.width = share(bar.to - bar.from)
      const then = row[place + 1] === undefined ? end : story.calls[row[place + 1]].from
      drawBar(shape, bar, (then - bar.from) * pixels, (bar.to - bar.from) * pixels, font)
    })
    ghosts.forEach((row, place) => {
      const painted = row.length ? paintedIn(rows[place], shown, shapes, pixels, font) : []
      row.forEach(each => drawGhost(each, still.has(each.ghost), painted, pixels, font))
    })
    names.get(member).classList.toggle("ok-unknown", story.members[member].since > moment.n && !ghosts.flat().some(({ ghost }) => still.has(ghost)))
    names.get(member).classList.toggle("ok-here", member === laneMember(story, about.member))
    names.get(member).classList.toggle("ok-stop", stops.has(`member:${member}`))
  }
  for (const [number, shape] of shapes) shape.classList.toggle("ok-pinned", number === about.call)
  if (alone) drawGhost(alone, delivers(story, moment), [], pixels, font)
  head.style.setProperty("--at", moment.at / end)
  drawTokens(story, view, moment)
}

function paintedIn(row, shown, shapes, pixels, font) {  // from where to where there are bars and what is written beside them
  return row.filter(number => shown.has(number)).map(number => {
    const { from, to } = shown.get(number), label = shapes.get(number).firstChild
    const beside = label.className === "ok-outside" ? 5 + widthOf(label.textContent, font) : 0
    return [from * pixels, Math.max(to * pixels, from * pixels + 4) + beside]
  })
}

function hideBar(shape) {  // as if it had never been shown
  shape.className = "ok-bar"
  shape.removeAttribute("style")
  shape.removeAttribute("title")
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
    ...besideWords(story, moment).map(words => h("span", {}, words)),
    ...[...stops].map(stop => h("span", {}, h("i", { class: "ok-key-stop" }), "stops at ", named(stopName(story, stop))))].filter(Boolean)
}

const stopName = (story, stop) => stop.startsWith("phase:") ? stop.slice(6) : story.members[Number(stop.slice(7))].name
