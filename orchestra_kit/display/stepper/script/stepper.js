// The stepper: one moment of a run in four views, and what moves it.

const PAUSE_MS = 1100
const MODES = { guessing: "Guess", tabled: "Tables", projector: "Projector", details: "Details" }  // the root's classes
const KEYS = { "→ ←": "step, back", Space: "play, stop", "Home End": "first, last step", "Shift →": "next phase",
  "1 – 7": "go to a phase", B: "stop here", D: "details", G: "guess first", T: "as tables", P: "projector" }

/** Draw a story into `home`. `source` gives story(), and where there is a kernel: onStory(f), next(), save(), seen(n),
    guessed(guesses), changing(tools). What is returned takes it down again. */
export function mount(home, source) {
  let story = source.story(), n = 0, view = {}, timeline, pinned = null, tab = null, waiting = false
  let playing = null, speed = 1, shown = -1, measured = ""
  const stops = new Map(), guesses = new Map(), live = () => story.stop === null && source.next
  const part = (name, label, more = {}, tag = "section", ...children) =>
    h(tag, { class: `ok-${name}`, "aria-label": label, ...more }, ...children)
  const scrolls = { tabindex: 0 }, reads = { "aria-live": "polite" }, graph = part("graph", "Who", scrolls)
  const time = part("time", "When", scrolls), note = part("note", null, { role: "status" }, "p")
  const told = part("told", null, { ...reads, ...scrolls }), guess = part("guess", "Guess", reads)
  const phases = part("phases", "Phases", {}, "nav"), twin = part("twin", "As tables", scrolls)
  const head = part("top", null, {}, "header"), code = part("code", "Code"), inspector = part("inspector", "Details")
  const legend = part("legend", null, {}, "p")
  const change = source.changing?.({ part, note: say, draw: () => draw(),
    at: () => ({ story, n, looked: view.looked, pinned, timeline }) })

  const count = h("span", { class: "ok-count" }), stop = button("● Stop here", breakpoint)
  const slider = h("input", { type: "range", min: 0, "aria-label": "Step", input: () => go(Number(slider.value)) })
  const play = button("Play", () => start(!playing)), faster = button("1×", hurry, { "aria-label": "Speed" })
  const modes = Object.entries(MODES).map(([mode, label]) => button(label, () => toggle(mode), { "data-mode": mode }))
  const save = source.save && button("Save", source.save)
  const controls = h("div", { class: "ok-controls", role: "toolbar", "aria-label": "Steps" },
    button("|◀", () => go(0), { "aria-label": "First step" }),
    button("◀", () => go(n - 1), { "aria-label": "Back" }), button("Step ▶", forward, { class: "ok-step" }),
    play, faster, count, slider,
    h("span", { class: "ok-more" }, change?.buttons, stop, modes, save, button("Keys", help)))
  const side = h("div", { class: "ok-side" }, told, inspector, code, guess, change?.panel)
  const page = [head, change?.bar, phases, graph, controls, note, change?.table, time, twin, side]
  const keys = Object.entries({ ...KEYS, ...save && { S: "save as one file" }, "?": "this list", ...change?.help })
    .map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])
  const sheet = part("sheet", "Keys", { role: "dialog", popover: "auto" }, "section",
    h("h3", {}, "Keys"), h("dl", {}, keys), button("Close", help))
  const root = h("div", { class: "ok-stepper", role: "group", "data-lm-suppress-shortcuts": "true", ...scrolls,
    keydown: pressed, keyup: keep, keypress: keep }, h("div", { class: "ok-page" }, page), sheet)

  function go(to) {
    n = Math.max(0, Math.min(story.steps.length - 1, to))
    pinned = null
    say("")
    draw()
    source.seen?.(n)
  }

  function forward() {
    const last = n + 1 === story.steps.length, asks = wears("guessing") && !last && !guesses.has(question(story, n))
    if (asks || last && !live()) start(false)
    if (asks) return guess.querySelector("button").focus()
    if (!last) return go(n + 1)
    if (waiting || !live()) return
    waiting = true
    source.next()
    draw()
  }

  function start(on = true) {
    clearInterval(playing)
    const next = () => { forward(); if (stopsAt(stops, story.steps[n])) start(false) }
    playing = on ? setInterval(next, PAUSE_MS / speed) : null
    play.textContent = on ? "Stop" : "Play"
  }

  function hurry() {
    speed = speed < 4 ? 2 * speed : 0.5
    faster.textContent = `${speed}×`
    if (playing) start()
  }

  function breakpoint() {  // at whoever this step is about; at the phase where it is about the orchestrator itself
    const { member } = view.about, { phase } = story.steps[n], name = member ? story.members[member].name : phase
    stops.delete(member || phase) || stops.set(member || phase, name)
    draw()
  }

  function toPhase(phase) {  // the next step of it that has something to show, else the first one
    const steps = story.phases[phase]
    if (steps.length) go(steps.find(step => step > n) ?? steps[0])
  }

  function nextPhase() {
    const next = story.steps.findIndex((step, k) => k > n && step.phase !== story.steps[n].phase)
    go(next < 0 ? Infinity : next)
  }

  function pin(member, chosen) {  // the other views show its latest step so far; once more lets it go
    const call = chosen ?? view.moment.bars.findLast(bar => bar.call.member === member)?.number
    const step = story.steps.slice(0, n + 1).findLastIndex(each =>
      call === undefined ? each.member === member : each.call === call)
    pinned = pinned?.member === member && pinned.call === call || step < 0 ? null : { member, call, step }
    draw()
  }

  function escape() {
    if (change?.close()) return
    pinned = null
    draw()
  }

  function keep(event) { event.stopPropagation() }
  function help() { if (sheet.togglePopover()) sheet.querySelector("button").focus() }
  function say(words) { note.textContent = words }
  function room() { return `${root.clientWidth} ${root.className}` }
  function wears(mode) { return root.classList.contains(`ok-${mode}`) }
  function toggle(mode) { root.classList.toggle(`ok-${mode}`); draw() }

  function build() {
    measured = ""
    timeline = buildTimeline(story)
    time.replaceChildren(timeline.grid, legend)
    root.setAttribute("aria-label", `A run, step by step: ${story.title}`)
  }

  function draw() {
    const held = root.contains(document.activeElement) ? document.activeElement : null
    const moment = momentAt(story, n), looked = pinned ? momentAt(story, pinned.step) : moment
    view = { story, n, moment, looked, pinned, stops, guesses, waiting, fresh: shown !== n, select: pin,
      selected: pinned?.member ?? null, about: pinned ?? { member: moment.step.member } }
    makeRoom()
    drawGraph(graph, view)
    drawTimeline(timeline, view)
    const words = toldOf(view)  // only what is new, so that it is read aloud once
    if (told.textContent !== words.map(each => each.textContent).join("")) told.replaceChildren(...words)
    head.replaceChildren(...titleOf(view))
    phases.replaceChildren(...phasesOf(view, toPhase))
    legend.replaceChildren(...legendOf(view))
    twin.replaceChildren(...wears("tabled") ? tables(view) : [])
    inspector.replaceChildren(...inspectorOf(view, tab, name => { tab = name; draw() }))
    code.replaceChildren(...codeOf(view))
    guess.replaceChildren(...wears("guessing") && n + 1 < story.steps.length ? guessOf(view, keepGuess) : [])
    slider.max = story.steps.length - 1
    slider.value = n
    slider.setAttribute("aria-valuetext", `step ${n + 1} of ${story.steps.length}`)
    count.replaceChildren("step ", h("b", {}, n + 1), ` of ${story.steps.length}`, story.stop === null ? " so far" : "")
    stop.setAttribute("aria-pressed", stopsAt(stops, story.steps[n]))
    for (const each of modes) each.setAttribute("aria-pressed", wears(each.dataset.mode))
    change?.draw()
    if (view.fresh) bring(graph, (view.boxes.get(moment.step.member) ?? view.boxes.get(0)).box)
    if (view.fresh) bring(time, timeline.names[story.members[moment.step.member].lane])
    shown = n
    if (!held || held.checkVisibility()) return
    const anew = root.querySelector(`[data-key="${held.dataset.key}"]`), next = anew?.checkVisibility() ? anew : root
    next.focus({ preventScroll: true })
  }

  function makeRoom() {  // as much as the graph needs at the end, when everybody is known: nothing below it ever moves
    if (measured === room()) return
    measured = room()
    drawGraph(graph, { ...view, moment: momentAt(story, story.steps.length - 1) })
    graph.style.setProperty("--needs", `${graph.firstChild.offsetHeight + graph.lastChild.offsetHeight + 2}px`)
  }

  function keepGuess(guessed) {
    guesses.set(question(story, n), { ...guessed, at: n })
    source.guessed?.([...guesses.values()].map(({ at, right }) => [at, right]))
    draw()
  }

  function heard(next, problem) {  // the run has gone on, or another branch of it is to be shown
    const atEnd = n + 1 === story.steps.length, fork = change?.told() ?? null
    for (const [stop, name] of stops) if (stop !== name && next.members[stop]?.name !== name) stops.delete(stop)
    if (problem) start(false)
    story = next
    waiting = false
    build()
    if (fork !== null || atEnd && n + 1 < story.steps.length) go(fork ?? n + 1)
    else draw()
    say(problem ?? "")
  }

  const PRESSED = {  // none of them reaches JupyterLab, where a stray letter edits the notebook
    ArrowRight: forward, ArrowLeft: () => go(n - 1), " ": () => start(!playing), Home: () => go(0), Escape: escape,
    End: () => go(Infinity), b: breakpoint, d: () => toggle("details"), g: () => toggle("guessing"),
    t: () => toggle("tabled"), p: () => toggle("projector"), s: () => source.save?.(), "?": help, ...change?.keys,
  }

  function pressed(event) {
    keep(event)
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, phase = PHASES[Number(key) - 1]
    const native = key === "Escape" ? sheet.matches(":popover-open")  // the browser knows what to do
      : event.target.matches("textarea") || key === " " && event.target.matches("button")
    if (native || event.ctrlKey || event.metaKey || event.altKey) return
    const act = event.shiftKey && key === "ArrowRight" ? nextPhase : phase ? () => toPhase(phase) : PRESSED[key]
    if (!act) return
    event.preventDefault()
    if (playing && key !== " ") start(false)
    act()
  }

  source.onStory?.(heard)
  home.append(root)
  build()
  draw()
  const resized = new ResizeObserver(() => { if (measured !== room()) draw() })  // its height changes at many steps
  resized.observe(root)
  return () => { start(false); resized.disconnect(); root.remove() }
}

function bring(frame, element) {  // into view, its top above all, and nothing but its frame moves
  const outer = frame.getBoundingClientRect(), inner = element.getBoundingClientRect()
  const above = inner.top - outer.top - 36, below = inner.bottom - outer.bottom + 48  // the key there stays free
  frame.scrollTop += Math.min(above, Math.max(0, below))
}
