// The branches of a run: which there are, which is shown, and what changed from the one it was forked from.

function branches(source, { part, button, note, at, draw }) {
  const bar = part("branches", "Branches", { class: "ok-branches ok-frame" }, "nav")
  const differs = part("differs", "Difference", { class: "ok-differs ok-frame", tabindex: 0 })
  const list = h("div", { class: "ok-limbs" }), says = h("p", { role: "status" })
  const comparer = button("⇄ Compare", compare), shade = h("i", { class: "ok-shared" })
  let shown = source.get("branch"), compares = true
  bar.append(list, says)

  function compare() {
    if (!shown) return note("There is nothing to compare with: fork first, or choose a branch.")
    compares = !compares
    draw()
    if (compares) differs.scrollIntoView({ block: "nearest" })
  }

  function told() {  // the step to go to, if another branch is shown now
    const before = shown
    shown = source.get("branch")
    return before === shown ? null : source.get("parting").step
  }

  const limb = ({ name, sums }, branch) => button(
    [h("b", {}, branch ? `${branch + 1} · ` : "", h("bdi", {}, name)), h("small", {}, sums)],
    () => source.send({ do: "show", branch }), { "aria-pressed": branch === shown, "data-key": `branch:${branch}` })

  function drawBranches() {
    const tree = source.get("tree"), { same, shared, caption } = tree[shown]
    const heads = ["who", "told", "became", "tokens", "time", "status", "words that changed"]
    const rows = source.get("parting").changed.map(([words, ...cells]) =>
      [...cells, changed(words)])
    bar.hidden = tree.length < 2
    list.replaceChildren(...tree.map(limb))
    if (says.textContent !== same) says.textContent = same  // only what is new, so that it is read aloud once
    shade.hidden = !shown
    shade.style.setProperty("--at", shared / at().timeline.end)
    at().timeline.grid.append(shade)
    comparer.setAttribute("aria-pressed", shown > 0 && compares)
    differs.hidden = !shown || !compares
    differs.replaceChildren(table(caption, heads, rows))
  }

  return { bar, table: differs, button: comparer, compare, told, draw: drawBranches, shown: () => shown }
}
