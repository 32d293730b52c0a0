// Deciding one case. What is typed stays typed until it has counted: a refusal, or a desk drawn anew, loses nothing.

const MOST_NOTE = 10000

function decidingOf(it, typed, decide) {
  const id = name => `ok-desk-${typed.view}-${it.event}-${name}`
  const hint = h("p", { id: id("hint"), class: "ok-desk-hint", role: "alert" })
  const note = h("textarea", { id: id("note"), rows: 2, maxlength: MOST_NOTE, dir: "auto", "aria-describedby": id("hint"),
    input: () => { typed.note = note.value; say("") } })
  note.value = typed.note ?? ""
  const own = h("textarea", { id: id("own"), class: it.data ? "ok-desk-data" : "", rows: it.missing === null ? 14 : 6, dir: "auto", spellcheck: "true", "aria-describedby": id("hint"),
    input: () => { typed.own = own.value; say("") } })
  own.value = typed.own ?? it.draft ?? ""
  const asked = it.makes ? ["Your version, as ", h("bdi", {}, it.makes)] : ["Your version"]
  const writing = h("div", { class: "ok-desk-field" }, h("label", { for: id("own") }, asked), own)
  const button = (look, words, press) => h("button", { type: "button", class: look, click: press }, words)
  const edits = button("ok-desk-edit", "✎ Edit…", () => { open(true); own.focus() })
  const first = h("div", { class: "ok-desk-buttons" },
    button("ok-desk-approve", "✓ Approve", () => decide("approve")),
    button("ok-desk-reject", "↩ Reject with the note", () => note.value.trim() ? decide("reject")
      : (say("A rejection needs a note: say what is to be changed. Whoever made it is told your note."), note.focus())),
    edits, button("ok-desk-skip", "⊘ Skip this part", () => decide("skip")))
  const second = h("div", { class: "ok-desk-buttons" },
    button("ok-desk-approve", "✎ Use my version", () => decide("edit")),
    button("", "Back to the work", () => { open(false); edits.focus() }))
  const noEdit = h("p", { class: "ok-desk-facts" }, "This work cannot be edited as text here. In Python: run.decide(Verdict('edit', work=…)).")
  const form = h("div", { class: "ok-desk-deciding" }, writing,
    h("div", { class: "ok-desk-field" }, h("label", { for: id("note") }, "Your note", h("span", {}, " (a rejection needs one)")), note),
    hint, first, second, it.draft === null ? noEdit : null)

  function say(text) {
    hint.textContent = text
    for (const field of [note, own]) field.toggleAttribute("aria-invalid", Boolean(text) && field === document.activeElement)
  }
  function open(now) {
    typed.open = now
    writing.hidden = second.hidden = !now
    first.hidden = now
    say("")
  }
  edits.disabled = it.draft === null
  open(Boolean(typed.open))
  return {
    form, say, values: () => ({ note: note.value, work: own.value }),
    enable: now => { for (const each of form.querySelectorAll("button")) each.disabled = !now || (each === edits && it.draft === null) },
  }
}
