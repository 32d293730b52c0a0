// "Change it": what a learner decides instead of the orchestrator. It needs a kernel: a saved page has none of it.

const WAYS = {  // a button, and what is asked before it forks
  break: ["⚡ Break it…", "What goes wrong?"], accept: ["✓ Accept anyway"],
  "send back": ["↩ Send back…", "What should be better?"],
  edit: ["✎ Edit…", "What should it say instead?"], flag: ["⚑ Flag…", "Why should a person look at it?"],
  skip: ["⊘ Skip"], retry: ["↻ Retry"],
}
const WAITING = { accept: "✓ Approve", "send back": "↩ Reject…" }  // what is said to whom the run waits for
const NOBODY = "Nobody has been asked yet: step on, or choose a box."

/** The buttons, the keys and the panel. `at()` says what is to be seen now; `note` says a sentence. */
function changing(source, { part, button, root, note, at, draw }) {
  const panel = part("changing", "You decide", { class: "ok-changing ok-frame" }), limbs = branches(source, { part, button, note, at, draw })
  const buttons = [button("⚡ Break it", () => ask("break"), { class: "ok-break" }), button("⎇ Fork", () => ask("edit")), limbs.button]
  let open = null, busy = false, sent = null, opener = null, drawn = ""

  function target() {  // whom it is about, and for each button where the run would fork
    const { story, n, looked, pinned } = at(), call = story.calls[pinned?.call ?? callAt(story, looked)]
    if (!call?.ways.length) return null
    const person = story.members[call.member].role === "person", ways = new Map()
    for (const [way, step, what] of call.ways) if (!ways.has(way) || step <= n)
      ways.set(way, { event: story.steps[step].event, place: [`step ${step + 1}: `, sentence(what)] })
    return { ways, judges: person || call.judges && call.status !== "cancelled" && call.closed !== undefined, waits: person && call.closed === undefined }
  }

  function ask(way) {
    const it = target(), chosen = it?.ways.get(way)
    if (busy || !chosen) return note(it ? "That does not go with this call: choose another box." : NOBODY)
    opener = panel.contains(document.activeElement) ? way : null
    if (!WAYS[way][1]) return wish(way, chosen.event)
    open = { ...it, ...chosen, way, text: way === "edit" ? null : "" }
    if (way === "edit") source.send({ do: "text", button: way, branch: limbs.shown(), event: chosen.event })
    draw()
    drawForm()
  }

  function wish(way, event, text = "") {
    busy = true
    sent = open && way !== "break" ? { ...open, text } : null
    source.send({ do: "change", button: way, branch: limbs.shown(), event, text })
    close() || draw()
  }

  function close() {
    if (!open) return false
    open = null
    draw()
    const back = opener && panel.querySelector(`[data-way="${opener}"]:enabled`) || root
    back.focus({ preventScroll: true })
    return true
  }

  function drawForm() {  // once, when it is opened: what is being written stays
    drawn = ""
    const { way, event } = open, does = open.waits ? "✓ Decide" : "⎇ Fork"
    const asks = way === "edit" && open.judges ? "What should the work be instead?" : WAYS[way][1]
    const said = Object.entries(source.get("faults")).map(([fault, what]) =>
      button([h("b", {}, `⚡ ${fault}`), " ", h("span", {}, what)], () => wish(way, event, fault)))
    const text = h("textarea", { rows: 7, maxlength: 100000, dir: "auto", spellcheck: "false", "aria-label": "Text",
      disabled: open.text === null, keydown: written })
    text.value = open.text ?? "One moment …"
    const fork = () => text.disabled || wish(way, event, text.value)
    function written(pressed) {  // letters and arrows are for the text alone
      pressed.stopPropagation()
      if (pressed.key === "Escape") close()
      if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) fork()
    }
    panel.replaceChildren(h("h3", {}, asks), h("p", {}, "At ", open.place),
      way === "break" ? h("div", { class: "ok-faults" }, said) : text,
      h("div", { class: "ok-ways" }, way === "break" ? null : button(does, fork, { class: "ok-step" }), button("Cancel", close),
      h("small", {}, way === "break" ? "Esc closes" : "Ctrl + Enter does it, Esc closes")))
    panel.querySelector("textarea:enabled, .ok-faults button, .ok-ways button:last-of-type").focus()
  }

  function drawPanel() {
    panel.classList.toggle("ok-open", Boolean(open))
    if (open) return
    const it = target()
    panel.classList.toggle("ok-waits", Boolean(it?.waits))
    const words = it?.waits ? "The run waits for you." : it ? ["Forks at ", [...it.ways.values()].at(-1).place] : NOBODY
    const ways = h("div", { class: "ok-ways" }, [...it?.ways.keys() ?? []].map(way =>
      button(it.waits && WAITING[way] || WAYS[way][0], () => ask(way), { "data-way": way, disabled: busy })))
    const says = h("p", {}, busy ? "The branch runs on …" : words)
    if (drawn === says.textContent + ways.outerHTML) return  // the focus stays where it is
    drawn = says.textContent + ways.outerHTML
    panel.replaceChildren(h("h3", {}, it?.waits ? "You decide" : "You decide instead of the orchestrator"), says, ways)
  }

  function told(problem) {  // a story has come; the step to go to, if it is another branch's
    busy = false
    const step = limbs.told()
    if (step !== null || problem && open?.text === null) close()
    else if (problem && sent) { open = sent; drawForm() }  // nothing came of it: what was written stays
    if (problem !== undefined) sent = null
    return step
  }

  source.onHeard(message => {
    if (open?.text === null && open.event === message.event) { open.text = message.text; drawForm() }
  })
  const draws = () => { limbs.draw(); drawPanel() }
  return { buttons, panel, close, told, draw: draws, bar: limbs.bar, table: limbs.table,
    keys: { x: () => ask("break"), f: () => ask("edit"), c: limbs.compare },
    help: [["X", "break it"], ["F", "fork: edit brief or draft"], ["C", "compare with its parent"]] }
}

function callAt(story, moment) {  // where somebody has just judged the work, it is their call; else the one it is about
  const { step, n } = moment, before = story.steps[n - 1]
  if (step.kind === "noted" && step.verdict && before?.kind === "answered" && story.calls[before.call]?.judges) return before.call
  const { call } = detailsAt(story, moment)
  return call ? story.calls.indexOf(call) : story.steps.slice(0, n).findLast(past => past.call !== undefined)?.call
}
