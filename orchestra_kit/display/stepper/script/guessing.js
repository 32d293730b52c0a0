// What might happen next: the next step, and two others that the rules of the engine would have allowed as well.

const MOVES = {
  answers: "answers", fails: "fails", starts: "gets its turn", given: "is given a brief", cancelled: "is cancelled",
  new: "gives a brief to somebody new", ends: "hands back its result", person: "asks a person", waits: "waits for a while",
  finds: "gets what was looked up", "goes on": "goes on after a pause", late: "learns that it took too long",
  receive: "receives its goal", plan: "plans", assign: "says what is to be done next", monitor: "looks at what came back",
  review: "reviews", combine: "puts the parts together", deliver: "delivers",
}

function moveWords(story, [what, member]) {
  if (member) return [h("bdi", {}, shortName(story.members[member].name, 40)), ` ${MOVES[what]}`]
  return [what === "ends" ? "The run ends" : `The orchestrator ${MOVES[what]}`]
}
