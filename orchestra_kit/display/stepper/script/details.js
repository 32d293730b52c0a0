// What is told in words, rows and texts, as Python has put it together.

const MARKS = { "✓": "ok-approve", "✕": "ok-reject" }  // what a row begins with gives it its ink

const sentence = parts => parts.map((part, place) => place % 2 ? h("strong", {}, h("bdi", {}, part)) : part)

const rowOf = ([head, ...cells]) => h("tr", { class: MARKS[head[0]] },
  h("th", { scope: "row", dir: "auto" }, head), cells.map(cell => h("td", { dir: "auto" }, cell)))

const changed = pieces => h("p", { class: "ok-changes", dir: "auto" }, pieces.map(([what, words]) => what === "gap"
  ? h("span", { class: "ok-gap" }, ` [… ${words} …] `) : h({ out: "del", in: "ins" }[what] ?? "span", {}, words)))

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
