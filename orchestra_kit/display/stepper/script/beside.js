// What a run is held against, where that was given: an estimate, call by call, and one agent that does it all alone.

const ALONE = "One agent alone"

const namesOf = (story, member) => member > 0 ? [...namesOf(story, story.members[member].team), story.members[member].name] : []

function ghostsOf(story) {  // the estimated calls of members that this run has: whose, and which of theirs it is
  const known = new Map(story.members.map((_, member) => [JSON.stringify(namesOf(story, member)), member])), times = new Map()
  return (story.estimate?.bars ?? []).flatMap(bar => {
    const member = known.get(JSON.stringify(bar.names)), time = times.get(member) ?? 0
    times.set(member, time + 1)
    return member === undefined ? [] : [{ ...bar, member, time, who: story.members[member].name }]
  })
}

const isOver = (story, moment) => story.stop !== null && moment.n + 1 === story.steps.length

const delivers = (story, moment) => isOver(story, moment) || moment.step.phase === "deliver" && !moment.step.member

function ghostsAt(story, ghosts, moment) {  // those that this run has not made by now, and may still make
  if (isOver(story, moment)) return []
  const made = new Map()
  for (const { call } of moment.bars) made.set(call.member, (made.get(call.member) ?? 0) + 1)
  return ghosts.filter(ghost => ghost.time >= (made.get(ghost.member) ?? 0))
}

const endBeside = story => Math.max(0, story.estimate?.seconds ?? 0, story.baseline?.seconds ?? 0)

function ghostShape({ from, to, tokens, what = "estimate" }, share) {
  const title = `${what}: ${clock(from)} to ${clock(to)}, ${whole(tokens)} tokens`
  const shape = h("div", { class: "ok-ghost ok-gone", title }, h("span"))
  shape.style.left = share(from)
  shape.style.width = share(to - from)
  return shape
}

function drawGhost({ ghost, shape }, shown, painted, pixels, font) {  // painted: where in its row, in pixels, there is something
  const left = ghost.from * pixels, right = ghost.to * pixels, tokens = `${whole(ghost.tokens)} tok`
  const free = shown && !painted.some(([from, to]) => from < right && to > left)
  const words = ghost.what ? [`${clock(ghost.to)} · ${tokens}`, tokens]
    : [`${ghost.own ? shortName(ghost.who, 24) + " · " : ""}estimate · ${tokens}`, "estimate"]
  shape.className = shown ? "ok-ghost" : "ok-ghost ok-gone"
  shape.firstChild.textContent = free && words.find(each => widthOf(each, font) + 12 <= right - left) || ""
}

const sumsOf = (story, { seconds, tokens, about, simulated, end }) => [h("b", {}, clock(seconds)),
  `, ${about ? "~" : ""}${whole(tokens)} tokens${simulated && !story.simulated ? " (simulated)" : ""}${end}`]

const tenths = seconds => Number(seconds.toFixed(1))  // as they are shown

function besideWords(story, moment) {  // a phrase each, as parts of an element
  const { estimate, baseline } = story, said = []
  if (estimate) {
    said.push(["estimated ", sumsOf(story, estimate), delivers(story, moment) ? against(estimate, moment) : ""])
    const missing = estimate.bars.length - ghostsOf(story).length
    if (missing === 1) said.push(["1 estimated call is not drawn: who makes it has not appeared in this run"])
    if (missing > 1) said.push([`${missing} estimated calls are not drawn: who makes them has not appeared in this run`])
  }
  if (baseline) said.push(["one agent alone: ", sumsOf(story, baseline)])
  return said
}

function against(estimate, { at, all }) {
  const time = tenths(tenths(at) - tenths(estimate.seconds)), tokens = all - estimate.tokens
  return [": it took ", time ? `${clock(Math.abs(time))} ${time > 0 ? "more" : "less"}` : "as long", " and ",
    tokens ? `${whole(Math.abs(tokens))} tokens ${tokens > 0 ? "more" : "fewer"}` : "as many tokens"]
}

function besideTable(story, moment) {
  if (!story.estimate && !story.baseline) return []
  const rows = ghostsAt(story, ghostsOf(story), moment).map(ghost =>
    [ghost.who, ghost.from.toFixed(1), ghost.to.toFixed(1), whole(ghost.tokens), "estimate"])
  if (story.baseline && delivers(story, moment))
    rows.push([ALONE, "0.0", story.baseline.seconds.toFixed(1), whole(story.baseline.tokens), "another run"])
  return [...besideWords(story, moment).map(words => h("p", {}, words)), rows.length
    ? table("What it is held against", ["name", "from, s", "to, s", "tokens", "what it is"], rows) : null].filter(Boolean)
}
