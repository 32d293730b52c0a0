// What the quiz and the prediction share. Text of questions is data: it is drawn by textContent and setAttribute only.

let views = 0

// An element with its attributes and children; a string becomes text.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

// Text in which what stands between `backticks` is code.
function worded(text) {
  const parts = text.split(/`([^`]+)`/)
  return parts.map((part, place) => (place % 2 ? make("code", {}, part) : part))
}

// The widget's root. Keys stay in it, because JupyterLab reads bare letters, and Enter, as commands on the notebook.
function rootIn(el, label) {
  const root = make("div", { class: "ok-ask", role: "group", "aria-label": label })
  root.addEventListener("keydown", event => {
    const command = (event.ctrlKey || event.metaKey) && event.key !== "Enter"
    if (!command && event.key !== "Escape") event.stopPropagation()
  })
  el.append(root)
  return root
}

// A fieldset of radio buttons with a legend above them. `extra` is what a label has besides its radio button.
function choices(legend, options, look, extra = option => [make("span", {}, ...worded(option))]) {
  const name = `ok-ask-${++views}-${Math.random()}` // two views of one widget must not share a group
  const radios = options.map((_, place) => make("input", { type: "radio", name, value: place, required: "" }))
  const labels = options.map((option, place) => make("label", {}, radios[place], ...extra(option, place)))
  const group = make("fieldset", { class: look }, make("legend", {}, ...worded(legend)), ...labels)
  return { group, radios, labels, chosen: () => radios.findIndex(radio => radio.checked) }
}

// Calls `draw` now and whenever one of these values changes; what is returned ends that.
function drawOn(model, names, draw) {
  const events = names.map(name => `change:${name}`)
  for (const event of events) model.on(event, draw)
  draw()
  return () => { for (const event of events) model.off(event, draw) }
}
