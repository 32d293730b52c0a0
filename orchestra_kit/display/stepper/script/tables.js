// The same as tables, for who cannot see the graph and the timeline.

function table(caption, heads, rows) {
  const head = h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))
  return h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, rows.map(rowOf)))
}

function tables(story, moment) {
  return [membersTable(story, moment), callsTable("When", story, moment, ghostsAt(story, moment.n).map(ghostRow)),
    ...besideWords(story, moment.step).map(words => h("p", {}, words))]
}

function callsTable(title, story, { bars, chain }, more = []) {
  const heads = ["who", "from, s", "to, s", "tokens", "cost", "state", "the orchestrator's own", "in the longest chain"]
  const rows = bars.map(bar => {
    const { call, from, to, state, closed } = bar
    const ended = closed ? [to.toFixed(1), whole(tokensOf(call)), dollars(call.usd ?? 0)] : ["", "", ""]
    return [call.who, from.toFixed(1), ...ended, looks(state), call.own ? "yes" : "", chain.has(bar) ? "yes" : ""]
  })
  return table(`${title}${story.simulated ? ", in simulated seconds" : ""}`, heads, [...rows, ...more])
}

const ghostRow = ({ who, member, from, to, tokens }) =>
  [who, from.toFixed(1), to.toFixed(1), whole(tokens), "", member < 0 ? "another run" : "estimate", "", ""]

function membersTable(story, { members, n }) {
  const name = number => story.members[number]?.name ?? ""
  const givers = taker => story.arrows.filter(arrow => !arrow.planned && arrow.to === taker && arrow.since <= n)
  const rows = [...members].sort(([one], [other]) => one - other).map(([member, { state, words }]) => [name(member),
    name(story.members[member].team), looks(state), words, givers(member).map(arrow => name(arrow.from)).join(", ")])
  return table("Who", ["name", "in the team", "state", "in words", "builds on"], rows)
}
