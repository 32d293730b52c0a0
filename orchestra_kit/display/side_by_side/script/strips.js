// A run as a strip: the orchestrator's own calls above, everybody else's below, on the axis that all runs share.

function stripRows(story) {  // calls that overlap stand below each other: the strip is as high as the run was wide
  const rows = { orchestrator: [], specialists: [] }
  story.calls.forEach((call, number) => {
    const lane = rows[call.own ? "orchestrator" : "specialists"], begins = story.steps[call.asked].at
    const free = lane.find(row => (story.calls[row.at(-1)].to ?? Infinity) <= begins)
    free ? free.push(number) : lane.push([number])
  })
  for (const lane of Object.values(rows)) if (!lane.length) lane.push([])
  return rows
}

function placed(element, at, end) {
  element.style.left = `${100 * at / end}%`
  return element
}

function buildStrip(story, end, ticks) {
  const marks = ticks.slice(1).map(at => placed(h("i", { class: "ok-rule" }), at, end))
  const over = placed(h("div", { class: "ok-over" }), 0, end), line = h("div", { class: "ok-head-now ok-clock-line" })
  const lanes = Object.entries(stripRows(story)).map(([lane, rows]) => ({ lane, rows, places: rows.map(() => h("div", { class: "ok-row" })) }))
  const tracks = h("div", { class: "ok-tracks" }, marks, over, lanes.map(({ places }) => h("div", { class: "ok-track" }, places)))
  const names = h("div", { class: "ok-strip-names", "aria-hidden": "true" }, lanes.map(({ lane, rows }) => {
    const name = h("div", { class: "ok-strip-name" }, lane)
    name.style.setProperty("--rows", rows.length)
    return name
  }))
  return { element: h("div", { class: "ok-strip" }, names, tracks, line), lanes, tracks, over, line, end }
}

function drawStrip(strip, moment, time) {
  const { end, lanes, tracks } = strip, pixels = tracks.clientWidth / end
  const font = `${getComputedStyle(tracks).fontSize} ${getComputedStyle(tracks).fontFamily}`
  const shown = new Map(moment.bars.map(bar => [bar.number, bar]))
  for (const { rows, places } of lanes) rows.forEach((row, place) => {
    const bars = row.filter(number => shown.has(number)).map(number => shown.get(number))
    places[place].replaceChildren(...bars.map((bar, k) => stripBar(bar, moment, end, pixels, bars[k + 1]?.from ?? moment.at, font)))
  })
  tracks.classList.toggle("ok-ended", moment.over)
  placed(strip.over, moment.at, end)
  strip.line.style.setProperty("--at", time / end)
}

function stripBar(bar, moment, end, pixels, until, font) {
  const { call, from, to } = bar, chain = moment.chain.has(bar) ? " ok-chain" : ""
  const shape = placed(h("div", { class: `ok-bar ok-${bar.state}${call.own ? " ok-own" : ""}${chain}`, title: stripTitle(bar, chain) },
    stripLabel(bar, Math.max(4, (to - from) * pixels), (until - to) * pixels, font)), from, end)
  shape.style.width = `${100 * (to - from) / end}%`
  return shape
}

function stripLabel(bar, width, room, font) {  // in the bar, or beside it, or only the beginning of the name
  const words = stripWords(bar), fitting = most => words.find(text => widthOf(text, font) + 10 <= most)
  const inside = fitting(width), beside = inside ? undefined : fitting(room), name = apart(`${[...bar.call.who].slice(0, 5).join("")}…`)
  if (beside) return h("span", { class: "ok-outside" }, beside)
  return h("span", { class: "ok-inside" }, inside ?? (widthOf(name, font) + 10 <= width ? name : ""))
}

function stripWords({ call, state, closed, person }) {  // from the longest to the shortest: what fits is shown
  const who = person ? "a person" : call.who, glyph = GLYPHS[person && !closed ? "person" : state]
  const names = [28, 14].map(most => apart(shortName(who, most))), tokens = whole(tokensOf(call))
  if (state !== "done") return [...names.map(name => `${glyph} ${name}`), glyph]
  return [...tokensOf(call) ? [`${names[0]} · ${tokens} tok`, `${names[0]} · ${tokens}`] : [], ...names]
}

const apart = name => `\u2068${name}\u2069`  // so that a name from right to left does not turn the numbers beside it

function stripTitle({ call, closed, from, to, state }, chain) {
  const price = closed ? `, ${whole(tokensOf(call))} tokens, ${dollars(call.usd ?? 0)}` : ""
  return `${apart(call.who)}: ${STATES[state]}, ${clock(from)} to ${clock(to)}${price}${chain ? ", in the longest chain" : ""}`
}
