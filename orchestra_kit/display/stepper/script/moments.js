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
  const closed = call.closed <= n, waits = call.turn > n
  const state = closed ? { ok: "done", failed: "failed", cancelled: "off" }[call.status] : waits ? "planned" : "active"
  const from = waits ? story.steps[call.asked].at : call.from, to = closed ? call.to : story.steps[n].at
  return { call, number, closed, person: story.members[call.member].role === "person", state, from, to }
}

export function longestChain(bars) {  // what the end waited for: each began when the one before it had ended
  const end = Math.max(...bars.map(bar => bar.to)), chain = new Set()
  const rank = bar => (bar.state === "off" || bar.state === "planned" ? 2 : 0) + (bar.from < end ? 1 : 0)
  let [first] = bars.filter(bar => bar.to === end).sort((one, other) => rank(one) - rank(other))
  for (let bar = first; bar; bar = bars[bar.call.after]) chain.add(first = bar)
  return bars.every(bar => first.from <= bar.from) ? chain : new Set()
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
