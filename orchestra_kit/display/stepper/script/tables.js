// The same as tables, for who cannot see the graph and the timeline.

const looks = state => `${GLYPHS[state]} ${STATES[state]}`
const WHEN = ["from, s", "to, s", "tokens"]

function table(caption, heads, rows) {
  const head = h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))
  return h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, rows.map(rowOf)))
}

function callsTable(title, story, { bars, chain }) {
  const caption = `${title}${story.simulated ? ", in simulated seconds" : ""}`
  const heads = ["who", ...WHEN, "cost", "state", "the orchestrator's own", "in the longest chain"]
  return table(caption, heads, bars.map(bar => {
    const { call, from, to, state, closed } = bar
    const ended = closed ? [to.toFixed(1), whole(tokensOf(call)), dollars(call.usd ?? 0)] : ["", "", ""]
    return [call.who, from.toFixed(1), ...ended, looks(state), call.own ? "yes" : "", chain.has(bar) ? "yes" : ""]
  }))
}

function membersTable(story, { members, n }) {
  const name = number => story.members[number]?.name ?? ""
  const givers = taker => story.arrows.filter(arrow => !arrow.planned && arrow.to === taker && arrow.since <= n)
  const rows = [...members].sort(([one], [other]) => one - other).map(([member, { state, words }]) => [name(member),
    name(story.members[member].team), looks(state), words, givers(member).map(arrow => name(arrow.from)).join(", ")])
  return table("Who", ["name", "in the team", "state", "in words", "builds on"], rows)
}

function besideTable(story, moment) {
  const ghosts = ghostsAt(story, moment).map(ghost => ({ ...ghost, what: "estimate" }))
  if (story.alone && delivers(story, moment)) ghosts.push({ ...story.alone, who: ALONE, what: "another run" })
  const rows = ghosts.map(each =>
    [each.who, each.from.toFixed(1), each.to.toFixed(1), whole(each.tokens), each.what])
  return rows.length ? [table("What it is held against", ["name", ...WHEN, "what it is"], rows)] : []
}

const tables = (story, moment) => [membersTable(story, moment), callsTable("When", story, moment),
  ...besideWords(story, moment.n).map(words => h("p", {}, words)), ...besideTable(story, moment)]
