// The same as tables, for who cannot see the graph and the timeline.

function table(caption, heads, rows) {
  return h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads.map(head => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map(rowOf)))
}

function tables(story, moment) {
  const name = number => story.members[number]?.name ?? "", looks = state => `${GLYPHS[state]} ${STATES[state]}`
  const givers = taker => story.arrows.filter(arrow => !arrow.planned && arrow.to === taker && arrow.since <= moment.n)
  const members = [...moment.members].sort((a, b) => a[0] - b[0]).map(([number, now]) => [name(number),
    name(story.members[number].team), looks(now.state), now.words, givers(number).map(arrow => name(arrow.from)).join(", ")])
  const once = (bar, text) => bar.closed ? text : ""
  const calls = moment.bars.map(bar => [bar.call.who, bar.from.toFixed(1), once(bar, bar.to.toFixed(1)), once(bar, whole(tokensOf(bar.call))),
    once(bar, dollars(bar.call.usd ?? 0)), looks(bar.state), moment.chain.has(bar) ? "yes" : ""])
  const ghosts = [...ghostsAt(story, moment)].map(ghost => ({ ...ghost, what: "estimate" }))
  if (story.alone && delivers(story, moment)) ghosts.push({ ...story.alone, who: ALONE, what: "another run" })
  const beside = ghosts.map(({ who, from, to, tokens, what }) => [who, from.toFixed(1), to.toFixed(1), whole(tokens), what])
  return [table("Who", ["name", "in the team", "state", "in words", "builds on"], members),
    table(`When${story.simulated ? ", in simulated seconds" : ""}`,
      ["who", "from, s", "to, s", "tokens", "cost", "state", "in the longest chain"], calls),
    ...besideWords(story, moment).map(words => h("p", {}, words)),
    ...beside.length ? [table("What it is held against", ["name", "from, s", "to, s", "tokens", "what it is"], beside)] : []]
}
