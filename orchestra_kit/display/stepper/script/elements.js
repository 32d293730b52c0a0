// Elements, names and numbers: what everything that is drawn is made of.
// Every text comes from a model, a file or a person: it is only ever set as text, never as markup.

const PHASES = ["receive", "plan", "assign", "monitor", "review", "combine", "deliver"]
const GROUPS = { receive: ["receive"], plan: ["plan"], assign: ["assign", "monitor", "review"], combine: ["combine", "deliver"] }
const GLYPHS = { planned: "○", active: "●", done: "✓", failed: "✕", person: "⚑", back: "↩", off: "⊘" }
const STATES = { planned: "not yet", active: "active", done: "done", failed: "failed", person: "needs a person", back: "sent back", off: "left out" }
const LOUD = ["back", "failed", "off", "person"]  // states that a chip says in a word, too

const h = (tag, attributes = {}, ...children) => dress(document.createElement(tag), attributes, children)
const svg = (tag, attributes = {}, ...children) => dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (name === "style") for (const [what, how] of Object.entries(value)) element.style.setProperty(what, how)
    else if (name.startsWith("aria-") && typeof value === "boolean") element.setAttribute(name, value)
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined))
  return element
}

const classes = (always, flags) => Object.keys(flags).reduce((all, flag) => flags[flag] ? `${all} ok-${flag}` : all, always)

/** The style that hides a widget's twin, which stands below it until the widget has drawn. */
const hidesTwin = model => h("style", {}, `.ok-twin-${model.get("mark").replace(/[^0-9a-f]/g, "")}{display:none}`)
const named = (name, most = 44) => h("bdi", name.length > most ? { title: name } : {}, shortName(name, most))

function shortName(name, most) {  // never cut at its end: there names differ
  const letters = [...name], tail = Math.floor(most / 3)
  return letters.length <= most ? name : letters.slice(0, most - tail - 3).join("") + " … " + letters.slice(-tail).join("")
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 }).format
const dollars = usd => usd === 0 ? "$0" : "$" + usd.toFixed(usd < 0.1 ? 4 : 2)
const clock = seconds => seconds.toFixed(1) + " s"
const tokensOf = call => (call.in ?? 0) + (call.out ?? 0)
const capital = word => word[0].toUpperCase() + word.slice(1)
