// The sentence, the sums, and the details of a call.

const DECISIONS = { approve: "✓ approve", reject: "✕ reject", edit: "✎ edit", skip: "⊘ skip" }
const MARKS = { "✓": "ok-approve", "✕": "ok-reject" }  // what a row begins with gives it its ink
const TABS = ["Brief", "Draft", "Verdict", "Changes", "Raw"]

const sentence = parts => parts.map((part, place) => place % 2 ? h("strong", {}, h("bdi", {}, part)) : part)

function metrics({ limits, simulated }, { all, own, usd, about, at, bars }) {
  const one = (value, text, words, limit, sign = "") => {
    const label = limit ? `/ ${text(limit)} ${words}` : words
    return h("div", { class: "ok-metric" }, h("b", {}, sign + text(value)), h("span", {}, label),
      limit ? h("meter", { min: 0, max: limit, value: Math.min(value, limit), "aria-label": label }) : null)
  }
  return [
    one(all, whole, "tokens", limits.tokens, about), one(usd, dollars, "so far", limits.cost_usd, about),
    one(at, clock, simulated ? "simulated clock" : "clock", limits.latency_s),
    limits.calls ? one(bars.length, whole, "calls", limits.calls) : null,
    one(all && own / all, share => `${Math.round(100 * share)} %`, "spent by the orchestrator"),
  ]
}

function textBlock(story, number, label = []) {
  let text = story.texts[number]
  if (/^\s*[[{]/.test(text)) try { text = JSON.stringify(JSON.parse(text), null, 2) } catch { /* not JSON */ }
  return [label.length ? h("h4", { dir: "auto" }, label) : null, h("pre", { tabindex: 0, dir: "auto" }, text)]
}

const rowOf = ([head, ...cells]) => h("tr", { class: MARKS[head[0]] },
  h("th", { scope: "row", dir: "auto" }, head), cells.map(cell => h("td", { dir: "auto" }, cell)))
const factTable = (title, rows) => [h("h4", {}, title), h("table", {}, h("tbody", {}, rows.map(rowOf)))]

const wordsIn = (story, brief) => brief.flatMap(([, text]) => story.texts[text].match(/\S+/g) ?? []).length
const changed = pieces => pieces.map(([what, words]) => what === "gap"
  ? h("span", { class: "ok-gap" }, ` [… ${words} …] `) : h({ out: "del", in: "ins" }[what] ?? "span", {}, words))

const from = (story, select, maker) => maker === undefined ? null : h("button", { type: "button", class: "ok-from",
  "data-key": `from:${maker}`, click: () => select(maker) }, "from ", named(story.members[maker].name, 40))

const DETAILS = {  // each tab as elements; none where there is nothing to show
  Brief: (story, { brief = [], role, select }) => [
    brief.length ? h("p", { class: "ok-size" }, `words to read: ${whole(wordsIn(story, brief))}`) : null,
    role === undefined ? null : textBlock(story, role, "who it is told to be"),
    brief.map(([label, text, by]) => textBlock(story, text, [label || "the task", " ", from(story, select, by)]))],
  Draft: (story, { draft, tries }) => draft === undefined ? null
    : [tries.length > 1 ? factTable("attempts", tries) : null, textBlock(story, draft)],
  Verdict: (story, { verdict: [decision, note] = [] }) => [
    decision ? h("p", { class: `ok-verdict ok-${decision}` }, DECISIONS[decision]) : null,
    (note ?? null) === null ? null : textBlock(story, note, "note")],
  Changes: (story, { changes }) => changes ? h("p", { class: "ok-changes", dir: "auto" }, changed(changes)) : null,
  Raw: (story, { event, kind, path, phase, at, tries, raw }) => [factTable("event",
    [["event", event], ["kind", kind], ["path", path], ["phase", phase], ["at", clock(at)], ...tries]),
    raw === undefined ? null : textBlock(story, raw, "as the model wrote it")],
}

function detailOf(name, story, it) {
  const facts = it.facts.filter(([tab]) => tab === name).map(([, title, rows]) => factTable(title, rows))
  const texts = DETAILS[name](story, it)
  return (name === "Raw" ? [texts, facts] : [facts, texts]).flat(Infinity).filter(Boolean)
}
