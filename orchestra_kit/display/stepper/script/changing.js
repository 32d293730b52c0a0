// "Change it": what a learner decides instead of the orchestrator. It needs a kernel: a saved page has none of it.

/** The buttons, the keys and the panel. `at()` says what is to be seen now; `note` says a sentence. */
function changing(model, { part, note, at, draw }) {
  const limbs = branches(model, { part, note, at, draw }), panel = part("changing", "You decide")
  const keys = { x: () => ask("break"), f: () => ask("edit"), c: limbs.compare }
  const buttons = [button("⚡ Break it", keys.x, { class: "ok-break", "data-key": "break" }),
    button("⎇ Fork", keys.f, { "data-key": "fork" }), limbs.button]
  let open = null  // what was chosen: its words, the event it is about, what of the kernel it awaits, the text it sent

  function target() {  // the words for the call that is looked at, and what may be decided about it now
    const { n, looked, pinned } = at(), { about, calls } = model.get("ways")
    const { kind, ways } = calls[pinned?.call ?? about[looked.n]] ?? { kind: "nobody", ways: [] }
    return { ...model.get("words")[kind], now: ways.filter(({ since, until }) => since <= n && n < until) }
  }

  function ask(name) {
    const { now, ways, misfit } = target(), chosen = now.find(({ way }) => way === name)
    if (open?.awaits) return
    if (!chosen) return note(misfit)
    const { branch } = model.get("parting"), opener = document.activeElement?.dataset.key
    open = { ...ways[name], ...chosen, branch, opener }
    if (open.sends) send(open.sends)
    else write()
  }

  function send(what, text) {
    Object.assign(open, { awaits: what, text })
    model.send({ do: what, button: open.way, branch: open.branch, event: open.event, text: text ?? "" })
    draw()
  }

  function write(text = "") {  // the form: a list to choose from, or a text to write
    const { asks, says, choices, does, hint } = open, back = { "data-key": open.opener }  // where the focus goes then
    const area = h("textarea", { rows: 7, maxlength: 100000, dir: "auto", spellcheck: "false", "aria-label": "Text",
      keydown: event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done() }, ...back })
    const choice = ([name, what]) =>
      button([h("b", {}, `⚡ ${name}`), " ", h("small", {}, what)], () => send("change", name), back)
    const done = () => send("change", area.value), goes = does && button(does, done, { class: "ok-step", ...back })
    area.value = text  // the cursor stands at its end
    open.awaits = null
    panel.classList.add("ok-open")
    panel.replaceChildren(h("h3", {}, asks), h("p", { class: "ok-hint" }, "At ", sentence(says)),
      choices ? h("div", { class: "ok-faults" }, Object.entries(choices).map(choice)) : area,
      h("div", { class: "ok-more" }, goes, button("Cancel", close, back), h("small", {}, hint)))
    panel.querySelector("textarea, .ok-faults button").focus()
  }

  function close() {  // whether there was anything to close
    if (!open || open.awaits === "change") return false
    open = null
    draw()
    return true
  }

  function drawPanel() {
    if (open?.branch !== model.get("parting").branch) open = null  // another one is shown now
    if (open && !open.awaits) return  // what is being written stays
    const { look, title, says, awaited, now, ways } = target()
    panel.className = `ok-changing ok-frame ${look}`
    panel.replaceChildren(h("h3", {}, title),
      h("p", { class: "ok-hint" }, awaited[open?.awaits] ?? says ?? ["Forks at ", sentence(now.at(-1).says)]),
      h("div", { class: "ok-more" }, now.map(({ way }) => button(ways[way].label, () => ask(way),
        { "data-way": way, "data-key": `way:${way}`, "aria-disabled": Boolean(open) }))))
  }

  model.on("msg:custom", ({ event, problem, text = open?.text }) => {  // what is to be edited, or how it went
    if (!open?.awaits || event !== open.event || problem === undefined && open.awaits !== "text") return
    if (problem === "" || text === undefined) open = null
    else write(text)  // where it was refused, what was sent stays
  })
  return { ...limbs, keys, buttons, panel, close, draw: () => { limbs.draw(); drawPanel() },
    help: { X: "break it", F: "fork: edit brief or draft", C: "what changed in this branch" } }
}
