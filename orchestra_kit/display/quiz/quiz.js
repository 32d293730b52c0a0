// A quiz: one question at a time, checked here, remembered in Python.

// One question: its options, the explanation of the one that was chosen, and, once it is right, those of the others.
function questionForm(question, number, check) {
  const letters = (option, place) => [make("b", {}, "ABCD"[place]), make("span", {}, ...worded(option.text))]
  const { group, radios, labels, chosen } = choices(`${number}. ${question.ask}`, question.options, "ok-list", letters)
  const verdict = make("div", { class: "ok-verdict", "aria-live": "polite" })
  const form = make("form", {}, group, verdict, make("button", { type: "submit", class: "ok-main" }, "Check"))
  form.addEventListener("submit", event => {
    event.preventDefault()
    check(chosen())
  })
  let drawn
  const draw = tries => {
    if (drawn === String(tries)) return // what was chosen and not checked yet stays, and so do open details
    drawn = String(tries)
    const last = tries.at(-1), option = question.options[last]
    radios.forEach((radio, place) => { radio.checked = place === last })
    labels.forEach((label, place) => {
      label.dataset.mark = tries.includes(place) ? (question.options[place].right ? "right" : "wrong") : ""
    })
    verdict.replaceChildren(...(option ? explained(question, option) : []))
  }
  return { form, group, draw }
}

function explained(question, option) {
  const [look, word] = option.right ? ["right", "✓ Right."] : ["wrong", "✕ Not this one."]
  const said = make("p", { class: `ok-${look}` }, make("strong", {}, word), " ", ...worded(option.why))
  if (!option.right) return [said]
  const others = question.options.filter(other => other !== option)
  const reasons = others.map(other => [make("dt", {}, ...worded(other.text)), make("dd", {}, ...worded(other.why))])
  return [said, make("details", {}, make("summary", {}, "Why not the others?"), make("dl", {}, ...reasons.flat()))]
}

const STATES = { open: ["", "not answered"], right: [" ✓", "right"], wrong: [" ✕", "not right yet"] }

function render({ model, el }) {
  const questions = model.get("asked"), triesOf = place => model.get("picked")[place] ?? []
  const rightAt = place => questions[place].options[triesOf(place).at(-1)]?.right
  const root = rootIn(el, "Quiz")
  let current = 0

  const forms = questions.map((question, place) => questionForm(question, place + 1, option => {
    model.set("picked", { ...model.get("picked"), [place]: [...triesOf(place), option] })
    model.save_changes()
  }))
  const chips = questions.map((_, place) => make("button", { type: "button" }))
  const status = make("p", { class: "ok-status", role: "status" })
  const [back, next, again] = ["Back", "Next", "Start again"].map(word => make("button", { type: "button" }, word))

  function show(place) {
    current = place
    draw()
    forms[place].group.querySelector("input:checked, input").focus({ preventScroll: true })
  }
  function draw() {
    forms.forEach(({ form, draw }, place) => {
      form.hidden = place !== current
      draw(triesOf(place))
    })
    chips.forEach((chip, place) => drawChip(chip, place))
    const answered = questions.filter((_, place) => triesOf(place).length).length
    const right = questions.filter((_, place) => rightAt(place)).length
    status.textContent = answered ? `${right} right of ${answered} answered` : `${questions.length} questions`
    back.disabled = current === 0
    next.disabled = current === questions.length - 1
    again.hidden = !answered
  }
  function drawChip(chip, place) {
    const state = !triesOf(place).length ? "open" : rightAt(place) ? "right" : "wrong"
    const [mark, word] = STATES[state]
    chip.textContent = `${place + 1}${mark}`
    chip.className = `ok-chip ok-${state}`
    chip.setAttribute("aria-label", `Question ${place + 1}, ${word}`)
    chip.setAttribute("aria-current", place === current ? "step" : "false")
  }

  chips.forEach((chip, place) => chip.addEventListener("click", () => show(place)))
  back.addEventListener("click", () => show(current - 1))
  next.addEventListener("click", () => show(current + 1))
  again.addEventListener("click", () => {
    model.set("picked", {})
    model.save_changes()
    show(0)
  })
  const all = make("div", { class: "ok-chips", role: "group", "aria-label": "Questions" }, ...chips)
  root.append(make("header", {}, all, status), ...forms.map(({ form }) => form))
  root.append(make("footer", {}, back, next, again))
  return drawOn(model, ["picked"], draw)
}

export default { render }
