/** The desk: how the run stands, what waits, and what was decided. Only the kernel decides what counts. */

const SAYS = { approve: "approved", reject: "sent back", edit: "edited", skip: "left out" }
let views = 0

function mountDesk(model, el, kept) {
  const view = ++views, cards = new Map()
  let keys = [], sent = null, beside = null  // beside: the sentence that stands in the card it is about
  const state = h("p", { class: "ok-desk-state" }), said = h("p", { class: "ok-desk-said", "aria-live": "polite" })
  const list = h("div", { class: "ok-desk-list" }), end = h("div", { class: "ok-desk-end" }), log = h("div", { class: "ok-desk-log" })
  const title = h("h2", { tabindex: -1 }, "Review desk")
  const root = h("div", { class: "ok-stepper ok-desk", role: "group", "aria-label": "Review desk", keydown: keep, keyup: keep, keypress: keep },
    h("header", { class: "ok-desk-top" }, title, state), said, list, end, log)
  const id = it => `${it.event} ${it.digest}`
  const keyOf = it => keys.find(key => key.event === it.event && key.digest === it.digest)

  function keep(event) {  // or else JupyterLab takes bare letters as commands on the notebook
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s"
    if (!saves) event.stopPropagation()
  }
  function decide(it, decision) {
    const key = keyOf(it), { deciding } = cards.get(id(it)), { note, work } = deciding.values()
    if (!key || sent || model.get("page").works) return
    sent = it
    model.send({ do: "decide", event: it.event, digest: it.digest, secret: key.secret, decision, note, work: decision === "edit" ? work : null })
    draw()
  }
  function card(it, place, of) {
    if (!kept.has(id(it))) kept.set(id(it), {})
    const typed = Object.assign(kept.get(id(it)), { view })
    const deciding = decidingOf(it, typed, decision => decide(it, decision))
    const node = h("article", { class: "ok-desk-case", "aria-label": it.why || "a review" }, whyAsked(it, place, of, model.get("page").simulated),
      h("div", { class: "ok-desk-body" }, workShown(it),
        h("div", { class: "ok-desk-evidence" }, checksOf(it), earlierOf(it), changesOf(it), contextOf(it))), deciding.form)
    return { node, deciding, of, place }
  }
  function draw() {
    const page = model.get("page"), { sign, text, result } = page.state, within = root.contains(document.activeElement)
    title.replaceChildren("Review desk · ", h("bdi", { dir: "auto" }, page.title))
    const works = page.works || sent !== null
    state.className = `ok-desk-state ok-desk-${works ? "active" : sign}`
    state.replaceChildren(h("span", { "aria-hidden": true }, `${GLYPHS[works ? "active" : sign]} `), works ? "The run works. Decisions wait until it is done." : text)
    said.className = `ok-desk-said${page.said.refused ? " ok-desk-refused" : ""}`
    const words = page.said.number === beside ? "" : (page.said.refused && page.said.text ? "✕ " : "") + page.said.text
    if (said.textContent !== words) said.textContent = words
    const ids = page.cases.map(id)
    for (const [name, { node }] of cards) if (!ids.includes(name)) { node.remove(); cards.delete(name) }
    page.cases.forEach((it, place) => {
      const known = cards.get(id(it))
      if (known && (known.of !== page.cases.length || known.place !== place)) {
        const head = whyAsked(it, place, page.cases.length, page.simulated)
        known.node.querySelector(".ok-desk-why").replaceWith(head)
        Object.assign(known, { of: page.cases.length, place })
      } else if (!known) cards.set(id(it), card(it, place, page.cases.length))
      const { node, deciding } = cards.get(id(it))
      if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null)
      deciding.enable(!works && Boolean(keyOf(it)))
    })
    root.setAttribute("aria-busy", works)
    end.replaceChildren(...(result && !works ? [h("h4", {}, "The result"), h("pre", { dir: "auto", tabindex: 0 }, result)] : []))
    log.replaceChildren(...decidedOf(page.decided))
    if (within && !root.contains(document.activeElement)) (list.querySelector("h3") ?? title).focus()
  }
  function answered() {
    const { works, said: { refused, text, number }, cases } = model.get("page"), it = sent
    if (!it || works) return draw()
    sent = null
    const again = refused && cases.some(each => id(each) === id(it))
    beside = again ? number : null
    draw()
    if (again) cards.get(id(it)).deciding.say(text)
    else (list.querySelector("h3") ?? title).focus()
  }
  function heard(message) {
    if (!message.keys) return
    keys = message.keys
    draw()
  }
  el.append(root)
  draw()
  model.on("change:page", answered)
  model.on("msg:custom", heard)
  model.send({ do: "open" })
  return () => { model.off("change:page", answered); model.off("msg:custom", heard) }
}

function decidedOf(rows) {
  if (!rows.length) return []
  const row = ([decision, asked, note]) => h("li", {}, h("b", {}, DECISIONS[decision].split(" ")[0] + " " + SAYS[decision]),
    ": ", h("bdi", { dir: "auto" }, asked), note ? h("span", { dir: "auto" }, ` “${note}”`) : null)
  return [folded(`Decided here: ${rows.length}`, h("ol", {}, rows.map(row)))]
}

/** What was typed outlives a view: an output that scrolls out of sight may be drawn anew. */
export default () => {
  const kept = new Map()
  return {
    render({ model, el }) {
      const down = mountDesk(model, el, kept)
      el.append(hidesTwin(model))
      return down
    },
  }
}
