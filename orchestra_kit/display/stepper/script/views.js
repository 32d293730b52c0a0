// The views beside graph and timeline: what is on top, the sentence, the details, the line of code, the guess.
// `view`: the story, the step n, the moment that is shown and the one that is looked at, whom one has selected.

function titleOf({ story, moment }) {
  const goal = story.goal ? h("span", { class: "ok-goal" }, " · ", h("bdi", {}, story.goal)) : null
  const sums = story.spent[moment.step.spent].sums.map(([value, used], k) => h("div", { class: "ok-metric" },
    h("b", {}, value), h("span", {}, story.metrics[k]),
    used === undefined ? null : h("meter", { max: 1, value: used, "aria-label": story.metrics[k] })))
  return [h("div", { class: "ok-title" }, h("b", {}, named(story.title, 40)), goal),
    h("div", { class: "ok-metrics" }, sums)]
}

function phasesOf({ story, moment, stops }, toPhase) {
  const phaseButton = phase => {
    const been = story.steps.slice(0, moment.n).some(step => step.phase === phase), stop = stops.has(phase)
    const here = phase === moment.step.phase
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

const TABS = ["Brief", "Draft", "Verdict", "Changes", "Raw"]
const BLOCKS = {  // by their kinds, what the tabs are made of
  words: (view, look, words) => h("p", { class: `ok-${look}` }, words),
  rows: (view, title, rows) => [h("h4", {}, title), h("table", {}, h("tbody", {}, rows.map(rowOf)))],
  text: ({ story, select }, label, number, maker) => [
    label && h("h4", { dir: "auto" }, label, " ", from(story, select, maker)),
    h("pre", { tabindex: 0, dir: "auto" }, story.texts[number])],
  changes: (view, pieces) => changed(pieces),
  event: ({ looked: { step } }) => BLOCKS.rows(null, "event",
    [...["event", "kind", "path", "phase"].map(name => [name, step[name]]), ["at", clock(step.at)]]),
  tries: ({ looked: { bars }, member }) => BLOCKS.rows(null, "attempts",
    bars.filter(({ call }) => call.member === member).slice(-12).map(({ call, when }) =>
      [`asked, time ${call.time}`, call.tried[when]])),
}

const from = ({ members }, select, maker) => maker === undefined ? "" : button(
  ["from ", named(members[maker].name, 40)], () => select(maker), { class: "ok-from", "data-key": `from:${maker}` })

function inspectorOf(view, chosen, choose) {
  const { story, looked } = view, { member, tabs, opens, priced } = story.details[looked.step.details]
  const open = [chosen, opens, ...TABS.keys()].find(tab => tabs[tab]?.length)
  const shown = tabs[open].map(number => story.blocks[number])
  const buttons = TABS.map((name, tab) => button(name, () => choose(tab),
    { "aria-pressed": tab === open, disabled: !tabs[tab].length, "data-key": name }))
  return [h("div", { class: "ok-tabs", role: "group", "aria-label": "Details" }, buttons),
    h("div", { class: "ok-detail" }, h("h3", {}, named(story.members[member].name, 200)),
      shown.map(([kind, ...told]) => BLOCKS[kind]({ ...view, member }, ...told))),
    h("p", { class: "ok-price" }, story.calls[priced]?.price.map(words => h("span", {}, words)))]
}

function codeOf({ story, looked: { step } }) {
  if (step.line === null) return []
  const { file, number: here, around } = story.lines[step.line]
  const lines = around.map(([number, text]) => h("li", { class: number === here ? "ok-here" : "" },
    h("b", {}, number), h("code", {}, text)))
  return [h("p", {}, h("span", {}, step.runs ? "The code that is running" : "The line that asked last"),
    h("span", {}, file)), h("ol", { tabindex: 0 }, lines)]
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
