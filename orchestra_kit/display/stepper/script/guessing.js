// What might happen next: the next event, and two others that might have come instead.

const DOING = { plan: "The orchestrator plans", assign: "The orchestrator gives out work", review: "The orchestrator reviews",
  monitor: "The orchestrator looks at what came back", deliver: "The orchestrator delivers",
  combine: "The orchestrator puts the parts together" }

function movesAt(story, n) {  // the next event, and two others that might have come instead: the likeliest come first
  const next = story.steps[n + 1], name = member => story.members[member].name
  const move = (what, member) => [what, name(member), `${what}:${member}`]
  const open = story.calls.filter(call => call.asked <= n && !(call.closed <= n)).map(call => call.member)
  const known = story.members.map((_, member) => member).filter(member => story.members[member].since <= n)
  const legal = [...open.flatMap(member => [move("answers", member), move("fails", member)]),
    ...known.filter(member => !open.includes(member) && member).map(member => move("is given work", member)),
    ["The orchestrator reviews", "", "review"], ["The run ends", "", "end"], ["A person is asked", "", "person"],
    ["The orchestrator puts the parts together", "", "combine"], ["The orchestrator plans", "", "plan"]]
  const right = moveOf(next, move, story)
  const two = legal.filter(([, , id]) => id !== right[2]).slice(0, 4).sort((a, b) => hash(n + a[2]) - hash(n + b[2])).slice(0, 2)
  return [right, ...two].sort((a, b) => hash(a[2] + n) - hash(b[2] + n)).map(each => ({ move: each, right: each === right }))
}

function moveOf(step, move, story) {
  if (step.kind === "answered" && step.call !== undefined)
    return move(story.calls[step.call].status === "failed" ? "fails" : "answers", step.member)
  if (step.kind === "asked" && story.members[step.member].role === "person") return ["A person is asked", "", "person"]
  if (step.kind === "asked" && step.call !== undefined || step.kind === "began") return move("is given work", step.member)
  if (step.kind === "found") return ["looks into its sources", step.say[1], "found"]
  if (step.kind === "waits") return ["The orchestrator waits", "", "waits"]
  if (step.kind === "goes on") return ["A pause is over", "", "goes on"]
  if (step.kind === "started") return move("gets its turn", step.member)
  if (step.kind === "cancelled") return move("is cancelled", step.member)
  if (step.kind === "ended" && step.member === 0) return ["The run ends", "", "end"]
  if (step.kind === "ended") return move("hands back its result", step.member)
  return [DOING[step.phase] ?? DOING.assign, "", step.phase]
}

const hash = text => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7)
