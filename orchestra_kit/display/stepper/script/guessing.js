// What might happen next. The story says it: the next step, and two others that the rules of the engine would have
// allowed as well.

const MOVES = {
  answers: "answers", fails: "fails", starts: "gets its turn", given: "is given a brief", cancelled: "is cancelled",
  new: "gives a brief to somebody new", ends: "hands back its result", person: "asks a person", waits: "waits for a while",
  finds: "gets what was looked up", "goes on": "goes on after a pause", late: "learns that it took too long",
  receive: "receives its goal", plan: "plans", assign: "says what is to be done next", monitor: "looks at what came back",
  review: "reviews", combine: "puts the parts together", deliver: "delivers",
}

function movesAt(story, n) {  // each as words, the name before them, and an id
  const { might = [], came } = story.steps[n + 1]
  return might.map(([what, member], place) => ({ move: moveOf(story, what, member), right: place === came }))
}

function moveOf(story, what, member) {
  const id = `${what}:${member}`
  if (member) return [MOVES[what], story.members[member].name, id]
  return [what === "ends" ? "The run ends" : `The orchestrator ${MOVES[what]}`, "", id]
}
