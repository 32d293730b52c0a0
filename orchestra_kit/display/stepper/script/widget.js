/** The widget of a notebook: the story comes from the kernel, which is asked for more only while the run goes on. */
function render({ model, el }) {
  const hide = h("style")
  hide.textContent = `.ok-twin-${model.get("mark").replace(/[^0-9a-f]/g, "")}{display:none}`
  let told
  const again = () => told(model.get("story"))
  const heard = message => message.page ? download(message.page, message.name) : told(model.get("story"), message.problem)
  const source = {
    story: () => model.get("story"), next: () => model.send({ do: "step" }), save: () => model.send({ do: "save" }),
    onStory: tell => { told = tell; model.on("change:story", again) },
    seen: n => { model.set("index", n); model.save_changes() },
    guessed: guesses => { model.set("guesses", guesses); model.save_changes() },
  }
  const down = mount(el, source)
  model.on("msg:custom", heard)
  el.append(hide)
  return () => { model.off("change:story", again); model.off("msg:custom", heard); down() }
}

function download(page, name) {
  const address = URL.createObjectURL(new Blob([page], { type: "text/html" }))
  Object.assign(h("a"), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}

export default { render }
