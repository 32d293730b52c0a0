// What a person decides by: why they are asked, the work, its checks, and where it comes from.

const DECISIONS = { approve: "✓ approve", reject: "✕ reject", edit: "✎ edit", skip: "⊘ skip" }

const withHead = (name, ...content) => h("section", { class: "ok-desk-part" }, h("h4", {}, name), content)

function whyAsked(it, place, of, simulated) {
  const made = it.maker ? [it.missing === null ? "made by " : "was to come from ", h("bdi", {}, it.maker)] : "nobody known made it"
  const facts = [made, it.drafts > 1 ? `draft ${it.drafts}` : null, it.missing === null ? it.size : null, `asked at ${clock(it.at)}${simulated ? " (simulated)" : ""}`]
  return h("header", { class: "ok-desk-why" },
    h("p", { class: "ok-desk-kind" }, h("span", { "aria-hidden": true }, "⚑ "), of > 1 ? `You are asked, ${place + 1} of ${of}` : "You are asked"),
    h("h3", { class: it.why.length > 160 ? "ok-desk-long" : "", dir: "auto", tabindex: -1 }, it.why || "Look at this before it goes on."),
    h("p", { class: "ok-desk-facts" }, facts.filter(Boolean).map((fact, k) => [k ? " · " : null, fact])))
}

function workShown(it) {
  const name = it.missing === null ? "The work" : "There is no work"
  const text = h("pre", { class: it.data ? "ok-desk-work ok-desk-data" : "ok-desk-work", tabindex: 0, dir: "auto", "aria-label": name },
    it.missing === null ? it.work : it.missing)
  return withHead(name, text)
}

function checksOf(it) {
  const row = check => h("li", { class: check.passed ? "ok-desk-passed" : "ok-desk-failed" },
    h("span", { class: "ok-desk-sign", role: "img", "aria-label": check.passed ? "passed" : "failed" }, check.passed ? "✓" : "✕"),
    h("b", { dir: "auto" }, check.name), h("span", { class: "ok-desk-value" }, check.value), h("span", { class: "ok-desk-detail", dir: "auto" }, check.detail))
  if (it.checks_problem) return withHead("Checks", h("p", { class: "ok-desk-bad", dir: "auto" }, "✕ ", it.checks_problem))
  if (!it.checks.length) return null
  const failed = it.checks.filter(check => !check.passed).length
  return withHead(failed ? `Checks: ${failed} of ${it.checks.length} failed` : `Checks: all ${it.checks.length} passed`,
    h("ul", { class: "ok-desk-checks", tabindex: it.checks.length > 8 ? 0 : null }, it.checks.map(row)))
}

function earlierOf(it) {
  if (!it.earlier.length) return null
  return withHead("Decided before", h("ol", { class: "ok-desk-earlier" }, it.earlier.map(verdict =>
    h("li", {}, h("b", { class: `ok-${verdict.decision}` }, DECISIONS[verdict.decision]), ` by ${verdict.by}`,
      verdict.note ? h("p", { dir: "auto" }, verdict.note) : null))))
}

const changesOf = it => it.changes.length ? withHead("Changed against the last draft", changed(it.changes)) : null

function folded(name, ...content) {
  return h("details", {}, h("summary", {}, name), content)
}

function contextOf(it) {
  const told = it.brief.map(([label, text]) => [h("h4", { dir: "auto" }, label), h("pre", { tabindex: 0, dir: "auto" }, text)])
  const lines = it.line?.around.map(([number, text]) =>
    h("li", number === it.line.number ? { class: "ok-here", "aria-current": "true" } : {}, h("b", {}, number), h("code", {}, text || " ")))
  return h("div", { class: "ok-desk-context" },
    told.length ? folded(["What ", it.maker ? h("bdi", {}, it.maker) : "its maker", " was told"], told) : null,
    lines ? folded(`The line that asks you: ${it.line.file}, line ${it.line.number}`, h("ol", { class: "ok-code ok-desk-code" }, lines)) : null)
}
