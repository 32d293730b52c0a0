// Several runs step together on one clock: what each of them does at this moment, and what it has cost so far.

const SPEEDS = [0.5, 1, 2, 4]
const PLAY_MS = 30_000  // for all of it, so that long gaps take longer than short ones
const KEYS = [["→ ←", "next, last moment"], ["Space", "play, stop"], ["Home End", "beginning, end"], ["C", "difference of two runs"],
  ["T", "as tables"], ["P", "projector"], ["?", "this list"]]

/** Draw runs into `home`. `source`: runs, pairs, hints, ticks and the number of the first moment; seen(k) hears which is shown. */
function mountCompare(home, { runs, pairs, hints, ticks, index, seen }) {
  const times = [...new Set(runs.flatMap(({ story }) => story.steps.map(step => step.at)))].sort((a, b) => a - b)
  const end = times.at(-1) || 1, simulated = runs.every(({ story }) => story.simulated)
  let k = 0, playing = null, speed = 1, tabled = false, differing = false, chosen = 0
  const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)
  const clockFace = h("b", { class: "ok-clock" }), said = h("p", { class: "ok-said", "aria-live": "polite" })
  const slider = h("input", { type: "range", min: 0, max: times.length - 1, "aria-label": "Moment", input: () => go(Number(slider.value)) })
  const play = button("Play", () => start(!playing)), faster = button("1×", () => hurry(), { "aria-label": "Speed", title: "Speed" })
  const differ = button("Difference", () => setDiffering()), tabler = button("Tables", () => setTable())
  const projector = button("Projector", () => setProjector()), count = h("span", { class: "ok-count" })
  const controls = h("div", { class: "ok-controls", role: "toolbar", "aria-label": "Clock" },
    button("|◀", () => go(0), { "aria-label": "Beginning" }), button("◀", () => go(k - 1), { "aria-label": "Back" }),
    button("Step ▶", () => go(k + 1), { class: "ok-step" }), play, faster, count, slider,
    h("span", { class: "ok-more" }, differ, tabler, projector, button("Keys", () => setSheet(sheet.hidden))))
  const sheet = h("section", { class: "ok-sheet", role: "dialog", "aria-label": "Keys", hidden: true }, h("h3", {}, "Keys"),
    h("dl", {}, KEYS.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), button("Close", () => setSheet(false)))
  const axis = h("div", { class: "ok-axis" }, ticks.filter(at => at <= end * 0.97).map(at => placed(h("span", {}, `${at} s`), at, end)))
  const panels = runs.map(buildPanel), sums = h("section", { class: "ok-sums", "aria-label": "Sums so far" })
  const race = h("section", { class: "ok-race", "aria-label": "Runs on one clock" },
    h("div", { class: "ok-scale" }, h("div", { class: "ok-corner" }, simulated ? "simulated" : ""), axis), panels.map(({ element }) => element),
    h("p", { class: "ok-legend" }, h("span", {}, h("i", { class: "ok-key-chain" }), "longest chain: what the end waited for"),
      h("span", {}, h("i", { class: "ok-key-over" }), "over")))
  const twin = h("section", { class: "ok-twin", "aria-label": "As tables", tabindex: 0 })
  const picker = h("select", { "aria-label": "Which two runs", change: () => { chosen = Number(picker.value); draw() } },
    pairs.map(({ of }, each) => h("option", { value: each }, of.map(run => shortName(runs[run].label, 40)).join(" and "))))
  const difference = h("section", { class: "ok-difference", "aria-label": "Difference", hidden: true })
  const root = h("div", { class: "ok-stepper ok-compare", tabindex: 0, role: "group", "data-lm-suppress-shortcuts": "true",
    "aria-label": `${runs.length} runs on one clock: ${runs.map(({ label }) => label).join(", ")}` })
  const goal = runs.find(({ story }) => story.goal)?.story.goal
  root.append(h("header", { class: "ok-top" },
    h("div", { class: "ok-title" }, h("b", {}, `${runs.length} runs, one clock`), hints.length || !goal ? [] : [" · ", h("bdi", {}, goal)]),
    h("div", { class: "ok-metric ok-time-now" }, clockFace, h("span", {}, simulated ? "simulated clock" : "clock"))),
  ...hints.map(hint => h("p", { class: "ok-hint ok-warn" }, "⚑ ", hint)), controls, race, twin, sums, difference, said, sheet)

  function buildPanel({ label, story }) {
    const state = h("span", { class: "ok-run-state" }), metrics = h("div", { class: "ok-metrics" }), now = h("p", { class: "ok-now" })
    const strip = buildStrip(story, end, ticks)
    return { state, metrics, now, strip, element: h("article", { class: "ok-panel", "aria-label": label },
      h("div", { class: "ok-panel-head" }, h("h3", {}, named(label, 48)), state, metrics), now, strip.element) }
  }

  // --- moving ---

  function go(to) {
    k = Math.max(0, Math.min(times.length - 1, to))
    draw()
    seen?.(k)
  }

  function start(on) {
    clearTimeout(playing)
    playing = null
    if (on && k === times.length - 1) go(0)
    if (on) playing = setTimeout(() => { go(k + 1); start(k < times.length - 1) },
      Math.min(1_800, Math.max(250, PLAY_MS * (times[k + 1] - times[k]) / end)) / speed)
    play.textContent = on ? "Stop" : "Play"
  }

  function hurry() {
    speed = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]
    if (playing !== null) start(true)
    draw()
  }

  function scrub(event) {
    const frame = axis.getBoundingClientRect(), at = (event.clientX - frame.left) / frame.width * end
    go(times.findLastIndex(time => time <= at))
  }

  function setDiffering() { differing = !differing; draw() }
  function setTable() { tabled = !tabled; draw() }
  function setProjector() { root.classList.toggle("ok-projector"); draw() }
  function setSheet(open) { sheet.hidden = !open; (open ? sheet.querySelector("button") : root).focus({ preventScroll: true }) }

  // --- drawing ---

  function draw() {
    const time = times[k], moments = runs.map(run => runAt(run, time))
    clockFace.textContent = clock(time)
    moments.forEach((moment, each) => drawPanel(panels[each], runs[each], moment, time))
    sums.replaceChildren(...sumsTable(runs, moments, time, simulated))
    twin.replaceChildren(...(tabled ? runs.map(({ label, story }, each) => callsTable(label, story, moments[each])) : []))
    root.classList.toggle("ok-tabled", tabled)
    drawDifference()
    drawControls()
    const told = runs.flatMap(({ label }, each) => moments[each].moves ? [`${label}: ${moments[each].step.say.join("")}`] : [])
    said.textContent = `At ${clock(time)}. ${told.join(" ")}`
  }

  function drawPanel({ element, state, metrics, now, strip }, { story }, moment, time) {
    const { sum } = moment, [glyph, words] = stateOf(moment, story), about = sum.about ? "~" : ""
    const one = (value, unit) => h("div", { class: "ok-metric" }, h("b", {}, value), h("span", {}, unit))
    element.classList.toggle("ok-moves", moment.moves)
    state.className = `ok-run-state ok-${moment.over ? story.stop === "done" ? "done" : "failed" : "active"}`
    state.replaceChildren(h("span", { class: "ok-glyph" }, glyph), ` ${words}`)
    metrics.replaceChildren(one(about + whole(sum.tokens), "tokens"), one(about + dollars(sum.usd), ""),
      one(whole(sum.calls), `${sum.calls === 1 ? "call" : "calls"}${moment.open ? `, ${moment.open} open` : ""}`),
      one(percent(moment.share), "orchestrator"))
    now.replaceChildren(h("span", { class: "ok-mark", "aria-hidden": "true" }, moment.moves ? "▸" : ""), h("span", {}, sentence(moment.step.say)))
    drawStrip(strip, moment, time)
  }

  function drawDifference() {
    difference.hidden = !differing
    if (difference.hidden) return difference.replaceChildren()
    if (difference.shows === chosen && difference.firstChild) return
    difference.shows = chosen
    picker.value = String(chosen)
    const title = h("h3", {}, "Difference between ", pairs.length > 1 ? picker : picker.options[0].textContent, ", over the whole of both runs")
    difference.replaceChildren(title, ...differenceTable(pairs[chosen], runs).filter(Boolean))
  }

  function drawControls() {
    const [first, back, step] = controls.querySelectorAll("button")
    first.disabled = back.disabled = k === 0
    step.disabled = k === times.length - 1
    slider.value = String(k)
    slider.setAttribute("aria-valuetext", clock(times[k]))
    count.replaceChildren(h("b", {}, String(k + 1)), ` of ${times.length}`)
    faster.textContent = `${speed}×`
    for (const [each, on] of [[differ, differing], [tabler, tabled], [projector, root.classList.contains("ok-projector")]]) each.setAttribute("aria-pressed", on)
    if (document.activeElement?.disabled) root.focus({ preventScroll: true })
  }

  // --- keys: none of them reaches JupyterLab, where a stray letter edits the notebook ---

  const PRESSED = { ArrowRight: () => go(k + 1), ArrowLeft: () => go(k - 1), " ": () => start(playing === null), Home: () => go(0),
    End: () => go(times.length - 1), c: setDiffering, t: setTable, p: setProjector, "?": () => setSheet(sheet.hidden), Escape: () => setSheet(false) }

  function pressed(event) {
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return
    if (event.key === " " && event.target.closest("button, summary")) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, act = PRESSED[key]
    if (!act) return
    event.preventDefault()
    if (playing !== null && key !== " ") start(false)
    act()
  }

  root.addEventListener("keydown", pressed)
  for (const kind of ["keyup", "keypress"]) root.addEventListener(kind, event => event.stopPropagation())
  axis.addEventListener("pointerdown", scrub)
  axis.addEventListener("pointermove", event => event.buttons && scrub(event))
  home.append(root)
  go(index)
  const resized = new ResizeObserver(() => draw())
  resized.observe(root)
  return () => { start(false); resized.disconnect(); root.remove() }
}

/** The widget of a notebook. All it shows came with it: it asks the kernel for nothing. */
function render({ model, el }) {
  let down
  const again = () => { down?.(); down = mountCompare(el, { ...model.get("shown"), index: model.get("index"),
    seen: k => { model.set("index", k); model.save_changes() } }) }
  again()
  model.on("change:shown", again)
  el.append(hidesTwin(model))
  return () => { model.off("change:shown", again); down() }
}

export default { render }
