// What there is to see at a step: a function of the story and of its number, and of nothing else.

function momentAt(story, n) {
  const step = story.steps[n], sets = story.steps.slice(0, n + 1).flatMap(past => past.sets)
  const members = new Map(sets.map(([member, state, words]) => [member, { state, words }]))
  const bars = story.calls.filter(call => call.asked <= n).map((call, number) => barAt(story, call, n, number))
  return { n, step, members, bars, chain: longestChain(bars) }
}

function barAt(story, call, n, number) {
  const closed = call.closed <= n, waits = call.queued && !(call.turn <= n)
  const state = closed ? { ok: "done", failed: "failed", cancelled: "off" }[call.status] : waits ? "planned" : "active"
  const from = waits ? call.since : call.from, to = closed ? call.to : story.steps[n].at
  const person = story.members[call.member].role === "person", when = closed ? "over" : state
  return { call, number, closed, when, person, state, from, to }
}

function longestChain(bars) {  // what the end waited for: each began when the one before it had ended
  const end = Math.max(...bars.map(bar => bar.to)), chain = new Set()
  const rank = ({ state, from }) => (state === "off" || state === "planned" ? 2 : 0) + (from < end ? 1 : 0)
  let [first] = bars.filter(bar => bar.to === end)
    .sort((one, other) => rank(one) - rank(other) || (one.from < end ? 0 : other.number - one.number))
  for (let bar = first; bar; bar = bars[bar.call.after]) chain.add(first = bar)
  return bars.every(bar => first.from <= bar.from) ? chain : new Set()
}
