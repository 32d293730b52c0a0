// The views beside graph and timeline: what is on top, the sentence, the details, the line of code, the guess.
// `view`: the story, the step n, the moment that is shown and the one that is looked at, whom one has selected.

const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)

function titleOf({ story, moment }) {
  const goal = story.goal ? h("span", { class: "ok-goal" }, " · ", h("bdi", {}, story.goal)) : []
  return [h("div", { class: "ok-title" }, h("b", {}, named(story.title, 40)), goal),
    h("div", { class: "ok-metrics" }, metrics(story, moment))]
}

function phasesOf({ story, moment, stops }, toPhase) {
  const phaseButton = phase => {
    const here = phase === moment.step.phase, been = moment.seen.has(phase), stop = stops.has(phase)
    const label = [h("b", {}, String(PHASES.indexOf(phase) + 1)), ` ${capital(phase)}`, stop ? " ●" : ""]
    return button(label, () => toPhase(phase), { class: here ? "ok-here" : been ? "ok-been" : "", "data-key": phase,
      "aria-current": here ? "step" : null, disabled: !story.phases[phase].length })
  }
  return Object.entries(GROUPS).map(([group, inside]) => {
    const name = inside.length > 1 ? h("span", { class: "ok-group-name", "aria-hidden": "true" }, group) : null
    const look = { class: "ok-group", role: "group", "aria-label": group, style: { "--phases": inside.length } }
    return h("div", look, name, h("div", {}, inside.map(phaseButton)))
  })
}

function toldOf({ story, n, looked, pinned, waiting }) {
  const hint = pinned ? `The run stands at step ${n + 1}: Esc, or the same click, goes back there.`
    : n + 1 < story.steps.length ? "" : waiting ? "Waiting for the next answer …" : story.more
  const where = `Step ${looked.n + 1} · ${capital(looked.step.phase)}${pinned ? " · selected" : ""}`
  return [h("span", { class: "ok-where" }, where), h("p", { dir: "auto" }, sentence(looked.step.say)),
    ...hint ? [h("p", { class: "ok-hint" }, hint)] : []]
}

function inspectorOf({ story, moment, looked, tab, select }, choose) {
  const it = { ...detailsAt(story, looked), select }, full = TABS.filter(name => detailOf(name, story, it).length)
  const open = full.includes(tab) ? tab : it.opens ?? full[0], { call } = it, closed = call?.closed <= moment.n
  const tabs = TABS.map(name => button(name, () => choose(name),
    { "aria-pressed": name === open, disabled: !full.includes(name), "data-key": name }))
  return [h("div", { class: "ok-tabs", role: "group", "aria-label": "Details" }, tabs),
    h("div", { class: "ok-detail" }, h("h3", {}, named(story.members[it.member].name, 200)), detailOf(open, story, it)),
    h("p", { class: "ok-price" }, closed ? priceOf(call).map(words => h("span", {}, words)) : [])]
}

const priceOf = call => [`read ${whole(call.in ?? 0)} tokens`, `wrote ${whole(call.out ?? 0)}`,
  clock(call.to - call.from), dollars(call.usd ?? 0)]

function codeOf({ story, looked }) {
  const line = story.lines[looked.line]
  if (!line) return []
  const what = looked.step.line === undefined ? "The line that asked last" : "The code that is running"
  const lines = line.around.map(([number, text]) => h("li", { class: number === line.number ? "ok-here" : "" },
    h("b", {}, String(number)), h("code", {}, text)))
  return [h("p", {}, h("span", {}, what), h("span", {}, line.file)), h("ol", { tabindex: 0 }, lines)]
}

const question = (story, n) => `${n} ${JSON.stringify(story.steps[n + 1])}`  // branches share what they have in common

function guessOf({ story, n, guesses }, keep) {  // of three moves that the rules of the engine allow, one comes
  const { might, came } = story.steps[n + 1], mine = guesses.get(question(story, n))
  const right = [...guesses.values()].filter(each => each.right).length
  const choices = might.map((number, place) => {
    const comes = mine && place === came, mark = comes ? "✓" : place === mine?.place ? "✕" : "○"
    const move = sentence(story.moves[number])
    return button([h("span", { class: "ok-glyph" }, mark), " ", move, comes ? " — this happens" : ""],
      () => keep({ place, right: place === came }), { "aria-pressed": place === mine?.place, disabled: Boolean(mine) })
  })
  return [h("h3", {}, "Your guess before you step: what happens next?"), ...choices,
    guesses.size ? h("p", {}, `${right} of ${guesses.size} right`) : ""]
}
