// The same as tables, for who cannot see the graph and the timeline.

function table(caption, heads, rows) {
  const head = h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))
  return h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, rows.map(rowOf)))
}

function tables({ story, moment }) {
  const name = number => story.members[number]?.name ?? ""
  const went = story.arrows.filter(({ planned, since }) => !planned && since <= moment.n)
  const givers = taker => went.filter(({ to }) => to === taker).map(({ from }) => name(from)).join(", ")
  const rows = [...moment.members].sort(([one], [other]) => one - other).map(([member, { state, words }]) =>
    [name(member), name(story.members[member].team), looks(state), words, givers(member)])
  return [table("Who", ["name", "in the team", "state", "in words", "builds on"], rows),
    callsTable("When", story, moment), ...besideWords(story, moment.step).map(words => h("p", {}, words))]
}

function callsTable(title, story, moment) {
  const heads = ["who", "from, s", "to, s", "tokens", "cost", "state", "the orchestrator's own", "in the longest chain"]
  const calls = moment.bars.map(bar => {
    const { call, from, to, state, closed } = bar, flags = [call.own, moment.chain.has(bar)]
    const ended = closed ? [tenths(to), whole(tokensOf(call)), dollars(call.usd ?? 0)] : ["", "", ""]
    return [call.who, tenths(from), ...ended, looks(state), ...flags.map(flag => flag ? "yes" : "")]
  })
  const estimated = ghostsAt(story, moment.n).map(ghost => ghost.cells)
  return table(`${title}${story.simulated ? ", in simulated seconds" : ""}`, heads, [...calls, ...estimated])
}
