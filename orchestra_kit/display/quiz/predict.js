// A prediction: what, and how sure. It is kept in Python, and closed when the outcome is known.

const SURE = [50, 60, 70, 80, 90, 100]

function numberField(question, unit) {
  const input = make("input", { type: "number", step: "any", required: "", inputmode: "decimal" })
  const label = make("label", { class: "ok-number" }, input, make("span", {}, unit))
  const group = make("fieldset", { class: "ok-list" }, make("legend", {}, ...worded(question)), label)
  return { group, value: () => input.valueAsNumber, set: value => { input.value = value } }
}

function optionField(question, options) {
  const { group, radios, chosen } = choices(question, options, "ok-list")
  const set = value => radios.forEach((radio, place) => { radio.checked = options[place] === value })
  return { group, value: () => options[chosen()], set }
}

const percent = share => `${Math.round(share * 100)} %`

function render({ model, el }) {
  const asked = model.get("asked"), root = rootIn(el, "Prediction")
  const what = asked.options ? optionField(asked.ask, asked.options) : numberField(asked.ask, asked.unit)
  const sure = choices("How sure are you?", SURE.map(step => `${step} %`), "ok-row")
  const record = make("button", { type: "submit", class: "ok-main" }, "Record")
  const said = make("p", { class: "ok-said", role: "status" })
  const scale = "50 %: it may as well be wrong. 100 %: certain."
  const note = make("p", { class: "ok-note" }, [asked.allowed, scale].filter(Boolean).join(" "))
  const form = make("form", {}, what.group, sure.group, note, make("div", { class: "ok-line" }, record, said))

  form.addEventListener("submit", event => {
    event.preventDefault()
    model.set("made", { value: what.value(), confidence: SURE[sure.chosen()] / 100 })
    model.save_changes()
  })
  function draw() {
    const made = model.get("made"), met = model.get("met"), predicted = made.value !== undefined
    if (predicted) {
      what.set(made.value)
      sure.radios.forEach((radio, place) => { radio.checked = Math.round(made.confidence * 100) === SURE[place] })
    }
    const over = met.came_out !== undefined
    what.group.disabled = over
    sure.group.hidden = note.hidden = record.hidden = over
    said.replaceChildren(...(over ? outcome(made, met, predicted) : predicted ? recorded(made) : []))
  }
  const told = made => `${made.said ?? made.value}, ${percent(made.confidence)} sure`
  const recorded = made => ["Recorded: ", make("strong", {}, told(made)), ". Now run on."]
  function outcome(made, met, predicted) {
    const came = ["It came out: ", make("strong", {}, met.came_out), "."]
    if (!predicted) return ["No prediction was made. ", ...came]
    const [look, word] = met.right ? ["right", "✓ As predicted. "] : ["wrong", "✕ Not as predicted. "]
    return [make("strong", { class: `ok-${look}` }, word), "You said: ", make("strong", {}, told(made)), ". ", ...came]
  }
  root.append(make("p", { class: "ok-title" }, "Predict"), form)
  return drawOn(model, ["made", "met"], draw)
}

export default { render }
