// What the sandbox shows: a picture with its words, and below it how far it has got. Every text stays a text.
function render({ model, el }) {
  const picture = document.createElement("img"), note = document.createElement("p"), hide = document.createElement("style")
  const tell = () => {
    picture.src = model.get("picture")
    picture.alt = model.get("alt")
    note.textContent = model.get("note")
  }
  picture.style.cssText = "max-width:100%;width:860px;display:block"
  note.setAttribute("role", "status")
  hide.textContent = `.ok-twin-${model.get("mark").replace(/[^0-9a-f]/g, "")}{display:none}`
  el.append(picture, note, hide)
  tell()
  model.on("change:note", tell)
}
export default { render }
