// The branches of a run: which there are, which is shown, and what changed from the one it was forked from.

function branches(model, { part, note, at, draw }) {
  const list = h("div", { class: "ok-limbs ok-more" }), says = h("p", { class: "ok-hint", role: "status" })
  const bar = part("branches", "Branches", { class: "ok-branches ok-frame" }, "nav", list, says)
  const differs = part("differs", "Difference", { class: "ok-differs ok-frame", tabindex: 0 })
  const comparer = button("⇄ Compare", compare)
  let shown = model.get("parting").branch, hides = false

  function compare() {
    if (!shown) return note("There is nothing to compare with: fork first, or choose a branch.")
    hides = !hides
    draw()
    differs.scrollIntoView({ block: "nearest" })
  }

  function told() {  // the step to go to, if another branch is shown now
    const before = shown
    shown = model.get("parting").branch
    return before === shown ? null : model.get("parting").step
  }

  const limb = ({ name, sums }, branch) => button(
    [h("b", {}, branch ? `${branch + 1} · ` : "", h("bdi", {}, name)), h("small", {}, sums)],
    () => model.send({ do: "show", branch }), { "aria-pressed": branch === shown, "data-key": `branch:${branch}` })

  function drawBranches() {
    const tree = model.get("tree"), { same, shared, caption, heads } = tree[shown], { grid, end } = at().timeline
    const rows = model.get("parting").changed.map(([words, ...cells]) => [...cells, changed(words)])
    bar.hidden = tree.length < 2
    list.replaceChildren(...tree.map(limb))
    if (says.textContent !== same) says.textContent = same  // only what is new, so that it is read aloud once
    grid.style.setProperty("--shared", shared / end)
    differs.replaceChildren(...shown ? [table(caption, heads, rows)] : [])
    differs.hidden = hides
    comparer.setAttribute("aria-pressed", shown > 0 && !hides)
  }

  return { bar, table: differs, button: comparer, compare, told, draw: drawBranches }
}
