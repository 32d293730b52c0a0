// The branches of a run: which there are, which is shown, and what changed from the one it was forked from.

function branches(source, { part, button, note, at, draw }) {
  const bar = part("branches", "Branches", { class: "ok-branches ok-frame", hidden: true }, "nav"), differs = part("differs", "Difference", { class: "ok-differs ok-frame", hidden: true, tabindex: 0 })
  const list = h("div", { class: "ok-limbs" }), says = h("p", { role: "status" }), shared = h("i", { class: "ok-shared" })
  const comparer = button("⇄ Compare", () => compare()), called = number => number ? `branch ${number + 1}` : "the original"
  let shown = source.get("branch"), compares = true
  bar.append(list, says)

  function compare() {
    if (source.get("tree")[shown].parent < 0) return note("There is nothing to compare with: fork first, or choose a branch.")
    compares = !compares
    draw()
    if (compares) differs.scrollIntoView({ block: "nearest" })
  }

  function told() {  // the step to go to, if another branch is shown now
    const before = shown
    shown = source.get("branch")
    return before === shown ? null : source.get("parting").step
  }

  function drawBranches() {
    const tree = source.get("tree"), { parent, step } = tree[shown], { story, timeline } = at(), forked = parent >= 0
    const same = forked ? `Before step ${step + 1}, shaded in the timeline, it is the same as ${called(parent)}: nobody was asked again. What changed stands below.`
      : "The run as it was."
    bar.hidden = tree.length < 2
    list.replaceChildren(...tree.map(({ name, sums }, number) => button(
      [h("b", {}, number ? `${number + 1} · ` : "", h("bdi", {}, name)), h("small", {}, sums)],
      () => source.send({ do: "show", branch: number }), { "aria-pressed": number === shown, "data-key": `branch:${number}` })))
    if (says.textContent !== same) says.textContent = same
    shared.style.setProperty("--at", (story.steps[step]?.at ?? 0) / timeline.end)
    forked ? timeline.grid.append(shared) : shared.remove()
    comparer.setAttribute("aria-pressed", forked && compares)
    differs.hidden = !forked || !compares
    differs.replaceChildren(table(`What changed, call by call: ${called(parent)} → ${called(shown)}`,
      ["who", "told", "became", "tokens", "time", "status", "words that changed"],
      source.get("parting").changed.map(([words, ...cells]) => [...cells, h("div", { class: "ok-changes" }, changed(words))])))
  }

  return { bar, table: differs, button: comparer, compare, told, draw: drawBranches, shown: () => shown }
}
