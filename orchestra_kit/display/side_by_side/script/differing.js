// What differs between two of the runs: their calls side by side, paired by what was asked.

const WAYS = { "same": ["=", "the same"], "other answer": ["≠", "other answer"], "other brief": ["✎", "other brief"],
  "only before": ["−", "only in"], "only now": ["+", "only in"] }

function wayOf(how, names) {
  const [glyph, words] = WAYS[how]
  return [h("span", { class: "ok-glyph" }, glyph), ` ${words}`, how.startsWith("only") ? [" ", named(names[how === "only now" ? 1 : 0], 24)] : []]
}

function differenceTable(pair, runs) {
  const names = pair.of.map(each => runs[each].label)
  const both = (values, text) => values.map(value => h("td", { class: "ok-number" }, value === null ? "–" : text(value)))
  const heads = ["", "who", "what was asked", ...["tokens", "seconds"].flatMap(what => names.map(name => [h("span", {}, what), " ", named(name, 20)]))]
  const rows = pair.rows.map(row => h("tr", { class: `ok-way-${row.how.replace(" ", "-")}` },
    h("th", { scope: "row" }, wayOf(row.how, names)), h("td", { dir: "auto" }, named(row.who, 32)),
    h("td", { dir: "auto" }, row.brief, draftChanges(row)), both(row.tokens, whole), both(row.seconds, value => value.toFixed(1))))
  const sums = pair.of.map(each => runs[each].sums.at(-1)), ends = pair.of.map(each => runs[each].story.steps.at(-1).at)
  const foot = h("tr", {}, h("th", { scope: "row", colspan: 3 }, "all calls; seconds from beginning to end"),
    both(sums.map(sum => sum.tokens), whole), both(ends, value => value.toFixed(1)))
  const more = pair.more ? h("p", { class: "ok-hint" }, `… and ${whole(pair.more)} more pairs: difference(one, other) has them all.`) : null
  return [h("p", { class: "ok-counts" }, Object.keys(WAYS).filter(how => pair.counts[how]).map(how =>
    h("span", {}, h("b", {}, whole(pair.counts[how])), " ", wayOf(how, names)))),
  h("div", { class: "ok-wide", tabindex: 0, role: "region", "aria-label": "Calls of both runs" }, h("table", {},
    h("caption", {}, "Calls paired by what was asked, not by when"), h("thead", {}, h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows), h("tfoot", {}, foot))), more]
}

function draftChanges(row) {
  if (!row.changes) return row.drafts ? h("small", {}, row.drafts) : null
  return h("details", {}, h("summary", {}, "changed words of the draft"), changed(row.changes))
}
