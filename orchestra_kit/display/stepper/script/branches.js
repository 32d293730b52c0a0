// The branches of a run: which there are, which is shown, and what changed from one to the other.

function branches(source, { part, button, note, at, draw }) {
  const bar = part("branches", "Branches", { hidden: true }, "nav"), differs = part("differs", "Difference", { hidden: true, tabindex: 0 })
  const says = h("p", { role: "status" }), list = h("div", { class: "ok-limbs" }), shared = h("i", { class: "ok-shared" })
  const comparer = button("⇄ Compare", () => compare())
  let shown = source.branch(), difference = null, wanted = false
  bar.append(list, says)
  const called = number => number ? `branch ${number + 1}` : "the original"

  function compare() {
    if (!difference && source.tree()[shown].parent < 0) return note("There is nothing to compare with: fork first, or choose a branch.")
    if (difference) compared(null)
    else { source.send({ do: "compare" }); wanted = true }
  }

  function compared(found) {
    difference = found
    draw()
    if (found && wanted) differs.scrollIntoView({ block: "nearest" })
    wanted = false
  }

  function told() {  // the step to go to, if another branch is shown now
    const left = shown, tree = source.tree()
    shown = source.branch()
    if (left === shown) return null
    difference = null
    if (tree[shown].parent >= 0) source.send({ do: "compare" })
    return tree[tree[shown].parent === left ? shown : tree[left].parent === shown ? left : Math.max(left, shown)].step
  }

  function drawBranches() {
    const tree = source.tree(), { parent, step } = tree[shown], { story, timeline } = at()
    bar.hidden = tree.length < 2
    list.replaceChildren(...tree.map(({ name, sums }, number) => button(
      [h("b", {}, number ? `${number + 1} · ` : "", h("bdi", {}, name)), h("small", {}, sums)],
      () => source.send({ do: "show", branch: number }), { "aria-pressed": number === shown })))
    const before = `Before step ${step + 1}, shaded in the timeline, it is the same as ${called(parent)}: nobody was asked again.`
    const same = parent < 0 ? "The run as it was." : `${before} What changed stands below.`
    if (says.textContent !== same) says.textContent = same
    shared.style.setProperty("--at", (story.steps[step]?.at ?? 0) / timeline.end)
    parent < 0 ? shared.remove() : timeline.grid.append(shared)
    differs.hidden = !difference
    comparer.setAttribute("aria-pressed", Boolean(difference))
    differs.replaceChildren(difference ? table(`What changed, call by call: ${called(parent)} → ${called(shown)}`,
      ["who", "told", "became", "tokens", "time", "status", "words that changed"],
      difference.map(([changes, ...cells]) => [...cells, h("div", { class: "ok-changes" }, changed(changes))])) : "")
  }

  return { bar, table: differs, button: comparer, compare, compared, told, draw: drawBranches, shown: () => shown }
}
