const SHOWN = ["change:story", "change:branch", "change:tree"]  // two branches may tell the very same story

/** The widget of a notebook: the story comes from the kernel, which is asked for more only while the run goes on. */
function render({ model, el }) {
  let told, changed
  const again = () => told(model.get("story")), send = message => model.send(message)
  const heard = message => message.page ? download(message.page, message.name)
    : message.told ? told(model.get("story"), message.problem) : changed(message)
  const put = (name, value) => { model.set(name, value); model.save_changes() }
  const down = mount(el, {
    story: () => model.get("story"), next: () => send({ do: "step" }), save: () => send({ do: "save" }),
    onStory: tell => { told = tell; for (const what of SHOWN) model.on(what, again) },
    seen: n => put("index", n), guessed: guesses => put("guesses", guesses),
    changing: tools => changing({ send, get: name => model.get(name), onHeard: hear => { changed = hear } }, tools),
  })
  model.on("msg:custom", heard)
  el.append(hidesTwin(model))
  return () => { for (const what of SHOWN) model.off(what, again); model.off("msg:custom", heard); down() }
}

function download(page, name) {
  const address = URL.createObjectURL(new Blob([page], { type: "text/html" }))
  Object.assign(h("a"), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}

export default { render }
