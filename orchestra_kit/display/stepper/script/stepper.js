// The stepper: one moment of a run in four views, and what moves it.

const SPEEDS = [0.5, 1, 2, 4]
const PAUSE_MS = 1100
const MODES = { guessing: "Guess", tabled: "Tables", projector: "Projector", details: "Details" }  // each a class of the root
const KEYS = [["→ ←", "step, back"], ["Space", "play, stop"], ["Home End", "first, last step"], ["Shift →", "next phase"],
  ["1 – 7", "go to a phase"], ["B", "breakpoint here"], ["D", "details"], ["G", "guess first"], ["T", "as tables"],
  ["P", "projector"], ["S", "save as one file"], ["?", "this list"]]

/** Draw a story into `home`. `source` gives story(), and where there is a kernel: onStory(f), next(), save(), seen(n),
    guessed(guesses), changing(tools). What is returned takes it down again. */
export function mount(home, source) {
  let story = source.story(), n = 0, moment, looked, view, timeline, pinned = null, tab = null, playing = null, speed = 1
  let waiting = false, shown = -1, measured = ""
  const stops = new Set(), guesses = new Map(), live = () => story.stop === null && source.next
  const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)
  const part = (name, label, more = {}, tag = "section") => h(tag, { class: `ok-${name}`, "aria-label": label, ...more })
  const head = part("top", null, {}, "header"), phases = part("phases", "Phases", {}, "nav"), told = part("told", null, { "aria-live": "polite", tabindex: 0 })
  const graph = part("graph", "Who", { tabindex: 0 }), time = part("time", "When", { tabindex: 0 }), twin = part("twin", "As tables", { tabindex: 0 })
  const inspector = part("inspector", "Details"), code = part("code", "Code"), guess = part("guess", "Guess"), note = part("note", null, { role: "status" }, "p")
  const root = h("div", { class: "ok-stepper", tabindex: 0, role: "group", "data-lm-suppress-shortcuts": "true" })
  const change = source.changing?.({ part, button, root, note: words => { note.textContent = words },
    at: () => ({ story, n, looked, pinned, timeline }), draw: () => draw() })
  const count = h("span", { class: "ok-count" }), slider = h("input", { type: "range", min: 0, "aria-label": "Step", input: () => go(Number(slider.value)) })
  const play = button("Play", () => start(!playing)), faster = button("1×", () => hurry(), { "aria-label": "Speed", title: "Speed" })
  const stop = button("● Stop here", () => breakpoint())
  const modes = Object.entries(MODES).map(([mode, label]) => button(label, () => toggle(mode), { "data-mode": mode }))
  const controls = h("div", { class: "ok-controls", role: "toolbar", "aria-label": "Steps" }, button("|◀", () => go(0), { "aria-label": "First step" }),
    button("◀", () => go(n - 1), { "aria-label": "Back" }), button("Step ▶", () => forward(), { class: "ok-step" }), play, faster, count, slider,
    h("span", { class: "ok-more" }, change?.buttons, stop, modes, source.save ? button("Save", () => source.save()) : null, button("Keys", () => help(sheet.hidden))))
  const keys = [...KEYS.filter(([key]) => key !== "S" || source.save), ...change?.help ?? []]
  const sheet = h("section", { class: "ok-sheet", role: "dialog", "aria-label": "Keys", hidden: true }, h("h3", {}, "Keys"),
    h("dl", {}, keys.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), button("Close", () => help(false)))
  root.append(h("div", { class: "ok-page" }, head, change?.bar, phases, graph, controls, note, time, change?.table, twin,
    h("div", { class: "ok-side" }, told, inspector, code, guess, change?.panel), sheet))

  // --- moving ---

  function go(to) {
    n = Math.max(0, Math.min(story.steps.length - 1, to))
    pinned = null
    note.textContent = ""
    draw()
    source.seen?.(n)
  }

  function forward() {
    if (wears("guessing") && n + 1 < story.steps.length && !guesses.has(n)) return guess.querySelector("button")?.focus()
    if (n + 1 < story.steps.length) return go(n + 1)
    if (live() && !waiting) { waiting = true; source.next(); draw() } else start(false)
  }

  function start(on = true) {
    clearInterval(playing)
    playing = on ? setInterval(() => { forward(); if (stopsAt(stops, moment.step) || n + 1 >= story.steps.length && !live()) start(false) }, PAUSE_MS / speed) : null
    play.textContent = on ? "Stop" : "Play"
  }

  function hurry() {
    speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]
    if (playing) start()
    draw()
  }

  function breakpoint() {  // at whoever this step is about; at the phase where it is about the orchestrator itself
    const member = pinned?.member ?? moment.step.member, stop = member ? `member:${member}` : `phase:${moment.step.phase}`
    stops.delete(stop) || stops.add(stop)
    draw()
  }

  function toPhase(fits, otherwise = story.steps.findIndex(fits)) {  // the next step in it; else the first one
    const later = story.steps.findIndex((step, k) => k > n && fits(step)), to = later >= 0 ? later : otherwise
    if (to >= 0) go(to)
  }

  function pin(member, chosen) {  // the other views show its latest step so far
    const last = chosen ?? story.calls.findLastIndex(call => call.member === member && call.asked <= n), call = last < 0 ? undefined : last
    const step = story.steps.findLastIndex((step, k) => k <= n && (call === undefined ? step.member === member : step.call === call))
    pinned = pinned?.member === member && pinned.call === call || step < 0 ? null : { member, call, step }
    draw()
  }

  function escape() {
    if (!sheet.hidden) help(false)
    else if (!change?.close() && pinned) { pinned = null; draw() }
  }

  const nextPhase = () => toPhase(step => step.phase !== moment.step.phase, story.steps.length - 1)
  const wears = mode => root.classList.contains(`ok-${mode}`)
  function toggle(mode) { root.classList.toggle(`ok-${mode}`); draw() }
  function help(open) { sheet.hidden = !open; (open ? sheet.querySelector("button") : root).focus({ preventScroll: true }) }

  function scrub({ type, buttons, clientX }) {
    const { left, width } = timeline.axis.getBoundingClientRect()
    const after = story.steps.findIndex(step => step.at > (clientX - left) / width * timeline.end)
    if (buttons || type === "pointerdown") go(after < 0 ? story.steps.length - 1 : Math.max(0, after - 1))
  }

  // --- drawing ---

  function build() {
    measured = ""
    timeline = buildTimeline(story)
    time.replaceChildren(timeline.grid, part("legend", null, {}, "p"))
    for (const kind of ["pointerdown", "pointermove"]) timeline.axis.addEventListener(kind, scrub)
    root.setAttribute("aria-label", `A run, step by step: ${story.title}`)
  }

  function draw() {
    if (!story.steps.length) return root.replaceChildren(h("p", { class: "ok-nothing" }, "Nothing has happened in this run yet."))
    const held = root.contains(document.activeElement) ? document.activeElement : null
    moment = momentAt(story, n)
    looked = pinned ? momentAt(story, pinned.step) : moment
    drawTop()
    drawTold()
    makeRoom()
    drawGraph(moment)
    drawControls()
    drawTimeline(story, timeline, { moment, about: pinned ?? { member: moment.step.member }, stops, select: pin })
    time.lastChild.replaceChildren(...legend(moment, stops, story))
    twin.replaceChildren(...(wears("tabled") ? tables(story, moment) : []))
    drawInspector()
    drawCode()
    drawGuess()
    change?.draw()
    if (shown !== n) {
      bring(graph, (view.boxes.get(moment.step.member) ?? view.boxes.get(0)).box)
      bring(time, timeline.lanes.find(({ member }) => member === laneMember(story, moment.step.member))?.name)
    }
    shown = n
    if (held && !held.isConnected) (root.querySelector(`[data-key="${held.dataset.key}"]`) ?? root).focus({ preventScroll: true })  // it was drawn anew
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
      h("div", { class: "ok-metrics" }, metrics(story, moment)))
    phases.replaceChildren(...Object.entries(GROUPS).map(([group, inside]) => h("div", { class: "ok-group", role: "group", "aria-label": group },
      inside.length > 1 ? h("span", { class: "ok-group-name", "aria-hidden": "true" }, group) : null, h("div", {}, inside.map(phaseButton)))))
  }

  function phaseButton(phase) {
    const here = phase === moment.step.phase, fits = step => step.phase === phase
    return button([h("b", {}, String(PHASES.indexOf(phase) + 1)), ` ${capital(phase)}`, stops.has(`phase:${phase}`) ? " ●" : ""], () => toPhase(fits),
      { class: here ? "ok-here" : moment.seen.has(phase) ? "ok-been" : "", "aria-current": here ? "step" : null, disabled: !story.steps.some(fits), "data-key": phase })
  }

  function drawTold() {  // only what is new, so that it is read aloud once
    const { phase, say } = looked.step, asked = moment.bars.some(bar => bar.person && !bar.closed), ends = n + 1 === story.steps.length && story.stop === null
    const hint = pinned ? `The run stands at step ${n + 1}: Esc, or the same click, goes back there.`
      : !ends ? "" : waiting ? "Waiting for the next answer …" : !source.next ? "The run had come as far as this."
        : asked ? "The run waits for a person: it goes on when they have decided." : "The run goes on: Step asks for the next answer."
    const parts = [h("span", { class: "ok-where" }, `Step ${looked.n + 1} · ${capital(phase)}${pinned ? " · selected" : ""}`),
      h("p", { dir: "auto" }, sentence(say)), ...hint ? [h("p", { class: "ok-hint" }, hint)] : []]
    if (told.textContent !== parts.map(part => part.textContent).join("")) told.replaceChildren(...parts)
  }

  function makeRoom() {  // as much as the graph ever needs: what stands below it never moves
    const now = `${root.clientWidth} ${root.className}`
    if (measured === now) return
    measured = now
    const letters = story.steps.filter(step => sentBack(story, step) !== undefined).slice(0, 12)
    const needs = [moment.step, story.steps.at(-1), ...letters].map(step => {
      drawGraph({ ...fullest(story), step })
      return [...graph.children].reduce((sum, each) => sum + Math.ceil(each.getBoundingClientRect().height), 2)
    })
    graph.style.setProperty("--needs", `${Math.max(...needs)}px`)
  }

  function drawGraph(moment) {
    view = { moment, selected: pinned?.member ?? null, stops, select: pin, fresh: shown !== n }
    graph.replaceChildren(...stageOf(story, view))
    drawArrows(graph, story, view)
  }

  function drawControls() {
    slider.max = story.steps.length - 1
    slider.value = n
    slider.setAttribute("aria-valuetext", `step ${n + 1} of ${story.steps.length}`)
    count.replaceChildren("step ", h("b", {}, String(n + 1)), ` of ${story.steps.length}${story.stop === null ? " so far" : ""}`)
    faster.textContent = `${speed}×`
    stop.setAttribute("aria-pressed", stopsAt(stops, moment.step))
    for (const each of modes) each.setAttribute("aria-pressed", wears(each.dataset.mode))
  }

  function drawInspector() {
    const it = detailsAt(story, looked), full = TABS.filter(name => detailOf(name, story, it).length), { call } = it
    const fitting = it.verdict && it.kind === "noted" ? "Verdict" : it.draft !== undefined && it.kind !== "asked" ? "Draft" : full[0]
    const open = full.includes(tab) ? tab : fitting, choose = name => () => { tab = name; draw() }
    const tabs = TABS.map(name => button(name, choose(name), { "aria-pressed": name === open, disabled: !full.includes(name), "data-key": name }))
    const price = call && moment.bars.some(bar => bar.call === call && bar.closed)
      ? [`read ${whole(call.in ?? 0)} tokens`, `wrote ${whole(call.out ?? 0)}`, clock(call.to - call.from), dollars(call.usd ?? 0)] : []
    inspector.replaceChildren(h("div", { class: "ok-tabs", role: "group", "aria-label": "Details" }, tabs),
      h("div", { class: "ok-detail" }, h("h3", {}, named(story.members[it.member].name, 200)), detailOf(open, story, it)),
      h("p", { class: "ok-price" }, price.map(words => h("span", {}, words))))
  }

  function drawCode() {
    const line = story.lines[looked.line]
    code.hidden = !line
    if (!line) return code.replaceChildren()
    const what = looked.step.line === undefined ? "The line that asked last" : "The code that is running"
    code.replaceChildren(h("p", {}, h("span", {}, what), h("span", {}, line.file)), h("ol", { tabindex: 0 }, line.around.map(([number, text]) =>
      h("li", { class: number === line.number ? "ok-here" : "" }, h("b", {}, String(number)), h("code", {}, text)))))
  }

  function drawGuess() {
    guess.hidden = !wears("guessing") || n + 1 >= story.steps.length
    if (guess.hidden) return guess.replaceChildren()
    const { might, came } = story.steps[n + 1], mine = guesses.get(n), right = [...guesses.values()].filter(each => each.right).length
    guess.replaceChildren(h("h3", {}, "Your guess before you step: what happens next?"), ...might.map((move, place) => {
      const mark = !mine ? "○" : place === came ? "✓" : place === mine.place ? "✕" : "○"
      return button([h("span", { class: "ok-glyph" }, mark), " ", moveWords(story, move), mine && place === came ? " — this happens" : ""],
        () => keepGuess(place, place === came), { "aria-pressed": place === mine?.place, disabled: Boolean(mine) })
    }), guesses.size ? h("p", {}, `${right} of ${guesses.size} right`) : "")
  }

  function keepGuess(place, right) {
    guesses.set(n, { place, right })
    source.guessed?.([...guesses].map(([at, each]) => [at, each.right]))
    draw()
  }

  // --- keys: none of them reaches JupyterLab, where a stray letter edits the notebook ---

  const PRESSED = {
    ArrowRight: forward, ArrowLeft: () => go(n - 1), " ": () => start(!playing), Home: () => go(0), End: () => go(story.steps.length - 1),
    b: breakpoint, d: () => toggle("details"), g: () => toggle("guessing"), t: () => toggle("tabled"), p: () => toggle("projector"),
    s: () => source.save?.(), "?": () => help(sheet.hidden), Escape: escape, ...change?.keys,
  }

  function pressed(event) {
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey || !story.steps.length) return
    if (event.key === " " && event.target.closest("button")) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, phase = PHASES[Number(key) - 1]
    const act = event.shiftKey && key === "ArrowRight" ? nextPhase : phase ? () => toPhase(step => step.phase === phase) : PRESSED[key]
    if (!act) return
    event.preventDefault()
    if (playing && key !== " ") start(false)
    act()
  }

  inspector.addEventListener("click", ({ target }) => target.closest("[data-maker]") && pin(Number(target.closest("[data-maker]").dataset.maker)))
  root.addEventListener("keydown", pressed)
  for (const kind of ["keyup", "keypress"]) root.addEventListener(kind, event => event.stopPropagation())
  source.onStory?.((next, problem) => {
    const atEnd = n + 1 === story.steps.length, fork = change?.told(problem) ?? null
    const renamed = stop => stop.startsWith("member:") && stopName(next, stop) !== stopName(story, stop)
    for (const stop of stops) if (fork !== null && renamed(stop)) stops.delete(stop)
    for (const at of guesses.keys()) if (fork !== null && at + 1 >= fork) guesses.delete(at)
    story = next
    waiting = false
    build()
    if (fork !== null || atEnd && n + 1 < story.steps.length) go(fork ?? n + 1)
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
