// What there is to see at a step: folds over the story.
// What is drawn at a step is a function of the story and the number of the step, and of nothing else.

export function momentAt(story, n) {
  const members = new Map(), step = story.steps[n], seen = new Set()
  let line = null
  for (const past of story.steps.slice(0, n + 1)) {
    for (const [member, state, words] of past.sets) members.set(member, { state, words })
    line = past.line ?? line
    seen.add(past.phase)
  }
  const bars = story.calls.filter(call => call.asked <= n).map((call, number) => barAt(story, call, n, number))
  const done = bars.filter(bar => bar.closed), sum = (bars, of) => bars.reduce((total, { call }) => total + of(call), 0)
  return { n, step, members, seen, line, bars, at: step.at, chain: longestChain(bars), all: sum(done, tokensOf),
    own: sum(done.filter(({ call }) => call.own), tokensOf), usd: sum(done, call => call.usd ?? 0),
    about: done.some(({ call }) => call.about) ? "~" : "" }
}

function barAt(story, call, n, number) {
  const closed = call.closed <= n, waits = call.queued && !(call.turn <= n)
  const state = closed ? { ok: "done", failed: "failed", cancelled: "off" }[call.status] : waits ? "planned" : "active"
  const from = waits ? call.since : call.from, to = closed ? call.to : story.steps[n].at
  return { call, number, closed, person: story.members[call.member].role === "person", state, from, to }
}

export function longestChain(bars) {  // what the end waited for: each began when the one before it had ended
  const end = Math.max(...bars.map(bar => bar.to)), chain = new Set()
  const rank = ({ state, from }) => (state === "off" || state === "planned" ? 2 : 0) + (from < end ? 1 : 0)
  let [first] = bars.filter(bar => bar.to === end)
    .sort((one, other) => rank(one) - rank(other) || (one.from < end ? 0 : other.number - one.number))
  for (let bar = first; bar; bar = bars[bar.call.after]) chain.add(first = bar)
  return bars.every(bar => first.from <= bar.from) ? chain : new Set()
}

function detailsAt(story, { step, n, bars }) {  // what is known so far of the call in question
  const own = ["brief", "draft", "verdict", "facts"].some(what => step[what] !== undefined)
  const past = story.steps.slice(0, n), last = own ? undefined : past.findLast(each => "call" in each)
  const call = story.calls[step.call ?? last?.call]
  const told = [...past.filter(each => call && story.calls[each.call] === call), step]
  const tries = bars.filter(bar => bar.call.member === call?.member).map(triedAt).slice(-12)
  const all = Object.assign({}, ...told), opens = step.opens ?? ("draft" in all ? "Draft" : undefined)
  const facts = told.flatMap(each => each.facts ?? []), member = call?.member ?? step.member
  return { ...all, opens, call, facts, tries, member }
}

function triedAt({ call, state, from, to, closed }, k) {
  const until = closed ? `${clock(to)}, ${whole(tokensOf(call))} tokens` : "…"
  return [`asked, time ${k + 1}`, `${looks(state)}, ${clock(from)} to ${until}`]
}
