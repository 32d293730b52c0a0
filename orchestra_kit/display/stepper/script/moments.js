// What there is to see at a step: folds over the story.
// What is drawn at a step is a function of the story and the number of the step, and of nothing else.

export function momentAt(story, n) {
  const members = new Map(), step = story.steps[n], seen = new Set()
  let line = null
  for (const past of story.steps.slice(0, n + 1)) {
    for (const [member, state, words] of past.sets) members.set(member, { state, words })
    if (past.line !== undefined) line = past.line
    seen.add(past.phase)
  }
  const bars = story.calls.flatMap((call, number) => call.asked <= n ? [barAt(story, call, n, number)] : [])
  const done = bars.filter(bar => bar.closed)
  const tokens = chosen => done.filter(chosen).reduce((sum, { call }) => sum + tokensOf(call), 0)
  const all = tokens(() => true), own = tokens(bar => bar.call.own)
  const usd = done.reduce((sum, { call }) => sum + (call.usd ?? 0), 0)
  const about = done.some(bar => bar.call.about) ? "~" : ""
  return { n, step, members, seen, line, bars, all, own, usd, about, at: step.at, chain: longestChain(bars) }
}

function barAt(story, call, n, number) {
  const now = story.steps[n].at, closed = call.closed !== undefined && call.closed <= n
  const waits = call.turn !== undefined && call.turn > n
  const state = closed ? { ok: "done", failed: "failed", cancelled: "off" }[call.status] : waits ? "planned" : "active"
  const person = story.members[call.member].role === "person"
  const from = waits ? story.steps[call.asked].at : call.from
  return { call, number, closed, person, state, from, to: closed ? call.to : now }
}

export function longestChain(bars) {  // what the end waited for, each call begun when the one before had ended
  const chain = new Set(), ends = new Map()
  for (const bar of bars) ends.has(bar.to) ? ends.get(bar.to).push(bar) : ends.set(bar.to, [bar])
  let at = Math.max(...ends.keys())
  for (;;) {
    const ended = (ends.get(at) ?? []).filter(bar => !chain.has(bar))
    if (!ended.length) break
    const rank = bar => (bar.state === "off" ? 2 : 0) + (bar.from < at ? 1 : 0)
    const last = ended.reduce((best, bar) => rank(bar) < rank(best) ? bar : best)
    chain.add(last)
    at = last.from
  }
  return bars.every(bar => at <= bar.from) ? chain : new Set()
}

/** Everybody at once, each with the most that is ever written in its box: so much room the graph needs. */
function fullest(story) {
  const members = new Map(), room = ({ state, words }) => words.length + (LOUD.includes(state) ? STATES[state].length : 0)
  for (const [member, state, words] of story.steps.flatMap(step => step.sets))
    if (!members.has(member) || room({ state, words }) > room(members.get(member))) members.set(member, { state, words })
  return { ...momentAt(story, story.steps.length - 1), members }
}

function detailsAt(story, { step, n }) {  // what is known so far of the call in question
  const says = ["brief", "draft", "verdict"].some(what => step[what] !== undefined)
  const about = step.call ?? (says ? undefined : story.steps.slice(0, n).findLast(past => past.call !== undefined)?.call)
  const call = story.calls[about]
  if (!call) return { ...step, call }
  const known = Object.assign({}, ...story.steps.slice(call.asked, n + 1).filter(past => past.call === about))
  // the last twelve: in a long run there may be hundreds
  const tries = story.calls.filter(each => each.member === call.member && each.asked <= n).map((each, k) => [each, k]).slice(-12).map(([each, k]) => {
    const { state, from, to, closed } = barAt(story, each, n)
    return [`time ${k + 1}`, `${GLYPHS[state]} ${STATES[state]}, ${clock(from)} to ${closed ? clock(to) : "…"}${closed ? `, ${whole(tokensOf(each))} tokens` : ""}`]
  })
  return { ...known, ...step, call, tries, member: call.member }
}
