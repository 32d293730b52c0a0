// "Change it": what a learner decides instead of the orchestrator. It needs a kernel: a saved page has none of it.

const AWAITED = { text: "One moment …", change: "The branch runs on …" }  // what the kernel was asked for

/** The buttons, the keys and the panel. `at()` says what is to be seen now; `note` says a sentence. */
function changing(source, { part, button, root, note, at, draw }) {
  const limbs = branches(source, { part, button, note, at, draw }), panel = part("changing", "You decide")
  const keys = { x: () => ask("break"), f: () => ask("edit"), c: limbs.compare }
  const buttons = [button("⚡ Break it", keys.x, { class: "ok-break", "data-key": "break" }),
    button("⎇ Fork", keys.f, { "data-key": "fork" }), limbs.button]
  let open = null  // what was chosen: its words, where it forks, what of the kernel it awaits, the text that was sent

  function target() {  // the words for the call that is looked at, and what may be decided about it
    const { n, looked, pinned } = at(), { about, calls } = source.get("ways")
    const { kind, ways } = calls[pinned?.call ?? about[looked.n]] ?? { kind: "nobody", ways: [] }
    const now = ({ since = 0, until = Infinity }) => since <= n && n < until
    return { words: source.get("words")[kind], ways: ways.filter(now) }
  }

  function ask(name) {
    const { words, ways } = target(), chosen = ways.find(({ way }) => way === name)
    if (open?.awaits === "change") return
    if (!chosen) return note(words.misfit)
    open = { ...words.ways[name], ...chosen, opener: document.activeElement?.dataset.key }
    if (name === "edit") send("text")
    else if (open.asks) write()
    else send("change")
  }

  function send(what, text = "") {
    Object.assign(open, { awaits: what, text })
    source.send({ do: what, button: open.way, branch: limbs.shown(), event: open.event, text })
    draw()
  }

  function write(text = "") {  // the form: a list to choose from, or a text to write
    const area = h("textarea", { rows: 7, maxlength: 100000, dir: "auto", spellcheck: "false", "aria-label": "Text" })
    const list = Object.entries(open.choices ?? {}).map(([choice, what]) =>
      button([h("b", {}, `⚡ ${choice}`), " ", h("span", {}, what)], () => send("change", choice)))
    const does = open.does && button(open.does, () => send("change", area.value), { class: "ok-step" })
    area.value = text
    area.addEventListener("keydown", typed)
    open.awaits = null
    panel.classList.add("ok-open")
    panel.replaceChildren(h("h3", {}, open.asks), h("p", {}, "At ", sentence(open.says)),
      does ? area : h("div", { class: "ok-faults" }, list),
      h("div", { class: "ok-ways" }, does, button("Cancel", close), h("small", {}, open.hint)))
    panel.querySelector("textarea, .ok-faults button").focus()
  }

  function typed(pressed) {  // letters and arrows are for the text alone
    if (pressed.key !== "Escape") pressed.stopPropagation()
    if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) send("change", pressed.target.value)
  }

  function close() {  // whether there was anything to close
    if (!open) return false
    const { opener } = open
    open = null
    draw()
    const back = root.querySelector(`[data-key="${opener}"]`) ?? root
    back.focus({ preventScroll: true })
    return true
  }

  function told(problem) {  // a story has come; the step to go to, if it is another branch's
    const step = limbs.told(), { awaits, asks, text } = open ?? {}, forks = awaits === "change"
    if (step === null && problem && forks && asks) write(text)  // it was refused: what was written stays
    else if (step !== null || problem && awaits || problem === "" && forks) close()
    return step
  }

  function drawPanel() {
    if (open && !open.awaits) return  // what is being written stays
    const { words, ways } = target()
    panel.className = `ok-changing ok-frame ${words.look}`
    panel.replaceChildren(h("h3", {}, words.title),
      h("p", {}, AWAITED[open?.awaits] ?? words.says ?? ["Forks at ", sentence(ways.at(-1).says)]),
      h("div", { class: "ok-ways" }, ways.map(({ way }) => button(words.ways[way].label, () => ask(way),
        { "data-way": way, "data-key": open ? null : `way:${way}`, disabled: Boolean(open) }))))
  }

  source.onHeard(({ text, event }) => { if (open?.awaits === "text" && open.event === event) write(text) })
  return { ...limbs, keys, buttons, panel, told, draw: () => { limbs.draw(); drawPanel() },
    close: () => open?.awaits !== "change" && close(),
    help: [["X", "break it"], ["F", "fork: edit brief or draft"], ["C", "what changed in this branch"]] }
}
