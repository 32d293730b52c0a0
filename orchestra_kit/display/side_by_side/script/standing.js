// Where each run stands at a moment of the clock: its sums, its state, and who is certain to come out best.

const ENDS = { done: ["✓", "done"], failed: ["✕", "failed"], budget: ["✕", "stopped, budget spent,"], deadline: ["✕", "stopped, out of time,"],
  flagged: ["⚑", "flagged"], cancelled: ["⊘", "cancelled"] }
const COLUMNS = [["tokens", "fewest"], ["cost", "cheapest"], ["calls", "fewest"], ["clock", "fastest"], ["orchestrator", "smallest"]]

function runAt({ story, sums }, time) {  // what there is to see of a run at a moment of the clock
  const n = Math.max(0, story.steps.findLastIndex(step => step.at <= time)), last = n === story.steps.length - 1
  const moment = momentAt(story, n), at = last ? moment.step.at : time
  const bars = moment.bars.map(bar => bar.closed ? bar : { ...bar, to: at })
  const sum = sums.findLast(each => each.at <= time) ?? sums[0], over = last && story.stop !== null
  const open = bars.filter(bar => !bar.closed && !bar.person).length
  return { ...moment, at, bars, chain: longestChain(bars), sum, over, open, stuck: last && !over, moves: moment.step.at === time,
    share: sum.tokens ? sum.own / sum.tokens : 0 }
}

function stateOf({ over, stuck, at, step, members }, story) {
  if (over) return [ENDS[story.stop] ?? ENDS.failed].map(([glyph, word]) => [glyph, `${word} at ${clock(at)}`])[0]
  if (stuck) return ["…", `not over, shown up to ${clock(at)}`]
  return members.get(0)?.state === "person" ? ["⚑", `waits for a person, ${clock(at)}`] : ["●", `at work, ${clock(at)}`]
}

function bestOf(runs, moments) {  // only what is sure: sums never get smaller, so whoever is done with less stays ahead
  const values = moments.map(({ sum, at, share }) => [sum.tokens, sum.usd, sum.calls, at, share])
  const counts = runs.map(({ story }, k) => !moments[k].over || story.stop === "done")  // giving up early is no merit
  const rivals = values.filter((_, k) => counts[k]), allOver = moments.every((moment, k) => moment.over || !counts[k])
  return values.map((mine, k) => mine.map((value, column) => counts[k] && moments[k].over && (column < 4 || allOver) &&
    rivals.every(other => value <= other[column]) && rivals.some(other => value < other[column])))
}

function sumsTable(runs, moments, time, simulated) {
  const best = bestOf(runs, moments)
  const rows = moments.map((moment, each) => {
    const { sum } = moment, about = sum.about ? "~" : ""
    const values = [about + whole(sum.tokens), about + dollars(sum.usd), whole(sum.calls), clock(moment.at), percent(moment.share)]
    const cells = values.map((value, column) => h("td", { class: "ok-number" }, h("b", {}, value),
      best[each][column] ? h("span", { class: "ok-best" }, ` ★ ${COLUMNS[column][1]}`) : null))
    return h("tr", {}, h("th", { scope: "row", dir: "auto" }, named(runs[each].label, 40)), cells, h("td", {}, stateOf(moment, runs[each].story).join(" ")))
  })
  const heads = ["run", ...COLUMNS.map(([what]) => what), "state"].map(head => h("th", { scope: "col" }, head))
  return [h("table", {}, h("caption", {}, `Sums at ${clock(time)}${simulated ? ", simulated seconds and dollars" : ""}`),
    h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)),
  h("p", { class: "ok-hint" }, "★ marks who is ahead in price or time, as soon as it is certain. How good the results are is another question.")]
}

const percent = share => `${Math.round(100 * share)} %`
