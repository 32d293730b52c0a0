// The stepper: one moment of a run in four views, and what moves it.

const SPEEDS = [0.5, 1, 2, 4]
const PAUSE_MS = 1100
const KEYS = [["→ ←", "step, back"], ["Space", "play, stop"], ["Home End", "first, last step"], ["Shift →", "next phase"],
  ["1 – 7", "go to a phase"], ["B", "breakpoint here"], ["D", "details"], ["G", "guess first"], ["T", "as tables"],
  ["P", "projector"], ["S", "save as one file"], ["?", "this list"]]

/** Draw a story into `home`. `source` gives story(), and where there is a kernel: onStory(f), next(), save(), seen(n),
    guessed(guesses), changing(tools). What is returned takes it down again. */
export function mount(home, source) {
  let story = source.story(), n = 0, moment, boxes, timeline, playing = null, speed = 1, tab = null, pinned = null, looked
  let tabled = false, guessing = false, waiting = false, shown = -1, measured = ""
  const stops = new Set(), guesses = new Map()
  const live = () => story.stop === null && source.next
  const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)
  const part = (name, label, more = {}, tag = "section") => h(tag, { class: `ok-${name}`, "aria-label": label, ...more })
  const head = part("top", null, {}, "header"), phases = part("phases", "Phases", {}, "nav"), told = part("told", null, { "aria-live": "polite", tabindex: 0 })
  const graph = part("graph", "Who", { tabindex: 0 }), time = part("time", "When", { tabindex: 0 })
  const controls = part("controls", "Steps", { role: "toolbar" }, "div"), twin = part("twin", "As tables", { tabindex: 0 })
  const inspector = part("inspector", "Details"), code = part("code", "Code"), guess = part("guess", "Guess")
  const sheet = part("sheet", "Keys", { role: "dialog", hidden: true }), note = part("note", null, { role: "status" }, "p")
  const side = h("div", { class: "ok-side" })
  const root = h("div", { class: "ok-stepper", tabindex: 0, role: "group", "data-lm-suppress-shortcuts": "true" })
  const change = source.changing?.({ part, button, root, note: words => { note.textContent = words },
    at: () => ({ story, n, looked, pinned, timeline }), draw: () => draw() })
  side.append(...[told, inspector, code, guess, change?.panel].filter(Boolean))
  root.append(h("div", { class: "ok-page" }, head, change?.bar, phases, graph, controls, note, time, change?.table, twin, side, sheet))
  const count = h("span", { class: "ok-count" })
  const slider = h("input", { type: "range", min: 0, "aria-label": "Step", input: () => go(Number(slider.value)) })
  const play = button("Play", () => start(!playing)), faster = button("1×", () => hurry(), { "aria-label": "Speed", title: "Speed" })
  const stop = button("● Stop here", () => breakpoint()), guesser = button("Guess", () => setGuess()), tabler = button("Tables", () => setTable())
  const projector = button("Projector", () => setProjector()), details = button("Details", () => setDetails(), { class: "ok-details-button" })
  controls.append(button("|◀", () => go(0), { "aria-label": "First step" }), button("◀", () => go(n - 1), { "aria-label": "Back" }),
    button("Step ▶", () => forward(), { class: "ok-step" }), play, faster, count, slider,
    h("span", { class: "ok-more" }, change?.buttons, stop, guesser, tabler, projector, details, source.save ? button("Save", () => source.save()) : null,
      button("Keys", () => setSheet(sheet.hidden))))
  sheet.append(h("h3", {}, "Keys"), h("dl", {}, [...KEYS.filter(([key]) => key !== "S" || source.save), ...change?.help ?? []].map(([key, what]) =>
    [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), button("Close", () => setSheet(false)))

  // --- moving ---

  function go(to) {
    n = Math.max(0, Math.min(story.steps.length - 1, to))
    pinned = null
    note.textContent = ""
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
    const member = pinned?.member ?? moment.step.member, stop = member ? `member:${member}` : `phase:${moment.step.phase}`
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

  function pin(member, call = lastCall(story, n, member)) {  // the other views show its latest step so far
    const of = step => call === undefined ? step.member === member : step.call === call
    const step = story.steps.findLastIndex((step, k) => k <= n && of(step)), again = pinned?.member === member && pinned.call === call
    pinned = again || step < 0 ? null : { member, call, step }
    draw()
  }

  function escape() {
    if (!sheet.hidden) setSheet(false)
    else if (!change?.close() && pinned) { pinned = null; draw() }
  }

  function setGuess() { guessing = !guessing; draw() }
  function setTable() { tabled = !tabled; draw() }
  function setProjector() { root.classList.toggle("ok-projector"); draw() }
  function setDetails() { root.classList.toggle("ok-details"); draw() }
  function setSheet(open) { sheet.hidden = !open; (open ? sheet.querySelector("button") : root).focus({ preventScroll: true }) }

  // --- drawing ---

  function build() {
    boxes = new Map()
    measured = ""
    const doing = h("span", { class: "ok-words" }), plan = h("ul", { class: "ok-chips" }), own = h("ul", { class: "ok-chips ok-helpers" })
    const bar = h("div", { class: "ok-boss" }, h("div", {}, h("strong", {}, "Orchestrator"), " ", doing), h("div", { class: "ok-plan" }, plan, own))
    const canvas = svg("svg", { class: "ok-arrows", "aria-hidden": "true" })
    graph.replaceChildren(h("div", { class: "ok-stage" }, bar, h("div", { class: "ok-columns" }, graphBoxes(story, boxes, 0, member => pin(member))), canvas),
      h("p", { class: "ok-key" }, Object.keys(GLYPHS).map(state => h("span", {}, `${GLYPHS[state]} ${STATES[state]}`))))
    boxes.root = { bar, doing, plan, own, canvas }
    timeline = buildTimeline(story, pin)
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
    looked = pinned ? momentAt(story, pinned.step) : moment
    drawTop()
    drawTold()
    makeRoom()
    drawGraph(moment)
    drawControls()
    drawTimeline(story, timeline, moment, pinned ?? { member: moment.step.member }, stops)
    time.lastChild.replaceChildren(...legend(moment, stops, story))
    twin.replaceChildren(...(tabled ? tables(story, moment) : []))
    root.classList.toggle("ok-tabled", tabled)
    drawInspector()
    drawCode()
    drawGuess()
    change?.draw()
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
    const bottom = outer.bottom - (frame.querySelector(".ok-key")?.offsetHeight ?? 0)  // it stays in sight
    if (inner.bottom > bottom) frame.scrollTop += inner.bottom - bottom + 12
    if (inner.top < outer.top + 24) frame.scrollTop += inner.top - outer.top - 36
  }

  function drawTop() {
    head.replaceChildren(h("div", { class: "ok-title" }, h("b", {}, named(story.title, 40)), story.goal ? h("span", { class: "ok-goal" }, " · ", h("bdi", {}, story.goal)) : []),
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
    const { phase, say } = looked.step, last = n + 1 === story.steps.length
    told.replaceChildren(h("span", { class: "ok-where" }, `Step ${looked.n + 1} · ${capital(phase)}${pinned ? " · selected" : ""}`),
      h("p", { dir: "auto" }, sentence(say)))
    if (pinned) return told.append(h("p", { class: "ok-hint" }, `The run stands at step ${n + 1}: Esc, or the same click, goes back there.`))
    const asked = moment.bars.some(bar => bar.person && !bar.closed)
    const next = !source.next ? "The run had come as far as this."
      : asked ? "The run waits for a person: it goes on when they have decided." : "The run goes on: Step asks for the next answer."
    if (last && story.stop === null) told.append(h("p", { class: "ok-hint" }, waiting ? "Waiting for the next answer …" : next))
  }

  function makeRoom() {  // as much as the graph ever needs: what stands below it never moves
    const now = `${root.clientWidth} ${root.className} ${tabled}`
    if (measured === now) return
    measured = now
    const letters = story.steps.filter(step => sentBack(boxes, step) !== undefined).slice(0, 12)
    const needs = [moment.step, ...letters].map(step => {
      drawGraph({ ...fullest(story), step })
      return [...graph.children].reduce((sum, each) => sum + Math.ceil(each.getBoundingClientRect().height), 2)
    })
    graph.style.setProperty("--needs", `${Math.max(...needs)}px`)
  }

  function drawGraph(moment) {
    const { bar, doing, plan, own, canvas } = boxes.root, now = moment.members.get(0)
    bar.setAttribute("data-state", now.state)
    doing.textContent = `${GLYPHS[now.state]} ${now.words}`
    const mine = childrenOf(story, 0), known = mine.filter(each => !helps(story.members[each])).map((each, place) => chip(story, moment, each, place + 1)).filter(Boolean)
    plan.replaceChildren(...known.slice(0, 9), ...(known.length > 9 ? [h("li", { class: "ok-chip" }, `and ${known.length - 9} more`)] : []))
    own.replaceChildren(...mine.filter(each => helps(story.members[each])).map(each => chip(story, moment, each)).filter(Boolean).slice(0, 6))
    drawBoxes(story, boxes, moment, pinned?.member ?? null, stops)
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
    const it = detailsAt(story, looked), full = TABS.filter(name => detailOf(name, story, it).length)
    const fitting = it.verdict && it.kind === "noted" ? "Verdict" : it.draft !== undefined && it.kind !== "asked" ? "Draft" : full[0]
    const open = full.includes(tab) ? tab : fitting, call = it.call
    const tabs = TABS.map(name => button(name, () => { tab = name; draw() }, { "aria-pressed": name === open, disabled: !full.includes(name) }))
    inspector.replaceChildren(h("div", { class: "ok-tabs", role: "group", "aria-label": "Details" }, tabs),
      h("div", { class: "ok-detail" }, h("h3", {}, named(story.members[it.member].name, 200)), detailOf(open, story, it)))
    if (!call || !moment.bars.find(bar => bar.call === call)?.closed) return
    const price = [`read ${whole(call.in ?? 0)} tokens`, `wrote ${whole(call.out ?? 0)}`, clock(call.to - call.from), dollars(call.usd ?? 0)]
    inspector.append(h("p", { class: "ok-price" }, price.map(words => h("span", {}, words))))
  }

  function drawCode() {
    const line = looked.line === null ? null : story.lines[looked.line]
    code.hidden = !line
    if (!line) return code.replaceChildren()
    const what = looked.step.line === undefined ? "The line that asked last" : "The code that is running"
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
    "?": () => setSheet(sheet.hidden), Escape: escape, ...change?.keys,
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
    if (playing && key !== " ") start(false)
    act()
  }

  root.addEventListener("keydown", pressed)
  for (const kind of ["keyup", "keypress"]) root.addEventListener(kind, event => event.stopPropagation())
  source.onStory?.((next, problem) => {
    const atEnd = n + 1 === story.steps.length, fork = change?.told(problem) ?? null
    story = next
    waiting = false
    build()
    if (fork !== null) go(fork)
    else if (atEnd && n + 1 < story.steps.length) go(n + 1)
    else draw()
    note.textContent = problem ?? ""
  })
  home.append(root)
  if (story.steps.length) build()
  draw()
  const resized = new ResizeObserver(() => story.steps.length && draw())
  resized.observe(root)
  return () => { start(false); resized.disconnect(); root.remove() }
}
