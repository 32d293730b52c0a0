// Elements, names and numbers: what everything that is drawn is made of.
// Every text comes from a model, a file or a person: it is only ever set as text, never as markup.

const PHASES = ["receive", "plan", "assign", "monitor", "review", "combine", "deliver"]
const GROUPS = { receive: ["receive"], plan: ["plan"], assign: PHASES.slice(2, 5), combine: PHASES.slice(5) }
const GLYPHS = { planned: "○", active: "●", done: "✓", failed: "✕", off: "⊘", back: "↩", person: "⚑" }
const STATES = { planned: "not yet", active: "active", done: "done", failed: "failed", off: "left out",
  back: "sent back", person: "needs a person" }
const LOUD = ["failed", "off", "back", "person"]  // states that a chip says in a word, too

const h = (tag, attributes = {}, ...children) => dress(document.createElement(tag), attributes, children)
const svg = (tag, attributes = {}, ...children) =>
  dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (name === "style") for (const [what, how] of Object.entries(value)) element.style.setProperty(what, how)
    else if (typeof value === "boolean" && !name.startsWith("aria-")) element.toggleAttribute(name, value)
    else if (value !== undefined && value !== null) element.setAttribute(name, value)
  }
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null))
  return element
}

const button = (label, click, more = {}) => h("button", { type: "button", click, ...more }, label)

const MARKS = { "✓": "ok-approve", "✕": "ok-reject" }  // what a row begins with gives it its ink

const sentence = parts => parts.map((part, place) => place % 2 ? h("strong", {}, h("bdi", {}, part)) : part)

const rowOf = ([head, ...cells]) => h("tr", { class: MARKS[head[0]] },
  h("th", { scope: "row", dir: "auto" }, head), cells.map(cell => h("td", { dir: "auto" }, cell)))

const changed = pieces => h("p", { class: "ok-changes", dir: "auto" }, pieces.map(([what, words]) => what === "gap"
  ? h("span", { class: "ok-gap" }, ` [… ${words} …] `) : h({ out: "del", in: "ins" }[what] ?? "span", {}, words)))

const classes = (always, flags) =>
  Object.keys(flags).reduce((all, flag) => flags[flag] ? `${all} ok-${flag}` : all, always)
const looks = state => `${GLYPHS[state]} ${STATES[state]}`

/** The style that hides a widget's twin, which stands below it until the widget has drawn. */
const hidesTwin = model => h("style", {}, `.ok-twin-${model.get("mark").replace(/[^0-9a-f]/g, "")}{display:none}`)
const named = (name, most = 44) => h("bdi", name.length > most ? { title: name } : {}, shortName(name, most))

function shortName(name, most) {  // never cut at its end: there names differ
  const letters = [...name], tail = Math.floor(most / 3), cut = (...ends) => letters.slice(...ends).join("")
  return letters.length <= most ? name : `${cut(0, most - tail - 3)} … ${cut(-tail)}`
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }).format
const dollars = usd => usd > 0 && usd < 0.0001 ? "<$0.0001" : usd === 0 ? "$0" : `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`
const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1, roundingMode: "halfEven", useGrouping: false }
const tenths = new Intl.NumberFormat("en-US", TENTHS).format  // rounded as Python does
const clock = seconds => `${tenths(seconds)} s`
const tokensOf = call => (call.in ?? 0) + (call.out ?? 0)
const capital = word => word[0].toUpperCase() + word.slice(1)
