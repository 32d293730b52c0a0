// The sentence, the sums, and the details of a call.

const DECISIONS = { approve: "✓ approve", reject: "✕ reject", edit: "✎ edit", skip: "⊘ skip" }
const TABS = ["Brief", "Draft", "Verdict", "Changes", "Raw"]

function sentence(parts) {
  return parts.map((part, place) => place % 2 ? h("strong", {}, h("bdi", {}, part)) : part)
}

function metrics(story, moment) {
  const { limits } = story, { all, own, usd, about, at } = moment
  const one = (value, words, limit, used) => h("div", { class: "ok-metric" }, h("b", {}, value),
    h("span", {}, words.trim()), limit ? h("meter", { min: 0, max: limit, value: Math.min(used, limit), "aria-label": words }) : null)
  const of = (limit, text) => limit ? ` / ${text(limit)}` : ""
  return [
    one(about + whole(all), `${of(limits.tokens, whole)} tokens`, limits.tokens, all),
    one(about + dollars(usd), `${of(limits.cost_usd, dollars)} so far`, limits.cost_usd, usd),
    one(clock(at), `${of(limits.latency_s, clock)} ${story.simulated ? "simulated clock" : "clock"}`, limits.latency_s, at),
    limits.calls ? one(whole(moment.bars.length), `${of(limits.calls, whole)} calls`, limits.calls, moment.bars.length) : null,
    one(all ? Math.round(100 * own / all) + " %" : "0 %", "spent by the orchestrator"),
  ]
}

function chip(story, moment, member, number = "") {  // who is done, or goes on, needs no word
  const now = moment.members.get(member), says = LOUD.includes(now?.state)
  return now && h("li", { class: `ok-chip ok-${now.state}`, style: { "--place": number || 0 } }, number && `${number} `, named(story.members[member].name, 28), " ",
    h("span", { class: "ok-glyph", title: STATES[now.state] }, GLYPHS[now.state]), says ? [" ", h("b", {}, STATES[now.state])] : null)
}

function textBlock(story, number, label) {
  let text = story.texts[number]
  if (/^\s*[[{]/.test(text)) try { text = JSON.stringify(JSON.parse(text), null, 2) } catch { /* it only looked like JSON */ }
  return [label ? h("h4", { dir: "auto" }, label) : null, h("pre", { tabindex: 0, dir: "auto" }, text)]
}

const rowOf = ([head, ...cells]) =>
  h("tr", {}, h("th", { scope: "row", dir: "auto" }, head), cells.map(cell => h("td", { dir: "auto" }, cell)))

const changed = pieces => pieces.map(([what, words]) =>
  h({ out: "del", in: "ins" }[what] ?? "span", { class: `ok-${what}` }, what === "gap" ? ` [… ${words} …] ` : words))

const facts = (title, rows) => [h("h4", {}, title), h("table", {}, h("tbody", {}, rows.map(rowOf)))]
const wordsIn = (story, text) => story.texts[text].split(/\s+/).filter(Boolean).length
const from = (story, maker) => [" ", h("button", { type: "button", class: "ok-from", "data-maker": maker }, "from ", named(story.members[maker].name, 40))]
const DETAILS = {  // each tab as elements; none where there is nothing to show
  Brief: (story, it) => [it.brief ? h("p", { class: "ok-size" }, `${whole(it.brief.reduce((sum, [, text]) => sum + wordsIn(story, text), 0))} words to read`) : [],
    it.role === undefined ? [] : textBlock(story, it.role, "who it is told to be"),
    (it.brief ?? []).map(([label, text, maker]) => textBlock(story, text, [label || "the task", maker === undefined ? null : from(story, maker)]))],
  Draft: (story, it) => [it.draft === undefined ? [] : textBlock(story, it.draft), it.totals ? facts("what the run came to", it.totals) : []],
  Verdict: (story, { verdict, checks }) => [
    verdict ? h("p", { class: `ok-verdict ok-${verdict[0]}` }, DECISIONS[verdict[0]]) : [],
    verdict && verdict[1] !== null ? textBlock(story, verdict[1], "note") : [],
    checks ? facts("what the model says of its own work", checks) : []],
  Changes: (story, it) => it.changes ? h("p", { class: "ok-changes", dir: "auto" }, changed(it.changes)) : [],
  Raw: (story, it) => [facts("event", [...["event", "kind", "path", "phase"].map(what => [what, String(it[what])]), ["at", clock(it.at)]]),
    it.tries?.length ? facts("asked", it.tries) : [], it.raw === undefined ? [] : textBlock(story, it.raw, "as the model wrote it")],
}

const detailOf = (name, story, it) => [DETAILS[name](story, it)].flat(Infinity).filter(Boolean)
