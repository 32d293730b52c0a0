/** The widget of a notebook: the story comes from the kernel, which is asked for more only while the run goes on. */
function render({ model, el }) {
  const story = () => model.get("story"), put = (name, value) => { model.set(name, value); model.save_changes() }
  const down = mount(el, {
    story, next: () => model.send({ do: "step" }), save: () => model.send({ do: "save" }),
    seen: n => put("index", n), guessed: guesses => put("guesses", guesses), changing: tools => changing(model, tools),
    onStory: tell => {  // two branches may tell the very same one
      for (const what of ["change:story", "change:parting", "change:tree"]) model.on(what, () => tell(story()))
      model.on("msg:custom", ({ told, problem }) => { if (told) tell(story(), problem) })
    },
  })
  model.on("msg:custom", ({ page, name }) => { if (page) download(page, name) })
  el.append(hidesTwin(model))
  return () => { model.off(); down() }  // all that this view listens to
}

function download(page, name) {
  const address = URL.createObjectURL(new Blob([page], { type: "text/html" }))
  Object.assign(h("a"), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}

export default { render }
