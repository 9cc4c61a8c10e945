// Small bars under a title: each row a name, a bar on a scale, a mark and what it says. Nothing here is drawn on a
// canvas or compiled: rows are elements, so they are there at once, read aloud, and printed.

/** @typedef {{ name: string, from: number, to: number, mark: number | null, tone: string, label: string, tip: string }} BarRow */

/** @param {string} tag @param {string} kind @param {string} [text] */
function made(tag, kind, text) {
  const node = document.createElement(tag);
  node.className = kind;
  if (text !== undefined) node.textContent = text; // a name is a name, never markup
  return node;
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 10000) / 100}%`;

/** @param {BarRow} row */
function drawRow(row) {
  const line = made("li", "row");
  line.title = row.tip;
  line.append(made("span", "name", row.name));
  const track = made("span", "track");
  const bar = made("i", `bar ${row.tone}`);
  bar.style.left = percent(row.from);
  bar.style.width = percent(row.to - row.from);
  track.append(bar);
  if (row.mark !== null) {
    const mark = made("i", "mark");
    mark.style.left = percent(row.mark);
    track.append(mark);
  }
  const label = made("span", "label", row.label);
  label.style.left = percent(Math.max(row.to, row.mark ?? 0));
  track.append(label);
  line.append(track);
  return line;
}

/** @param {{ at: number, text: string }[]} ticks */
function drawTicks(ticks) {
  const line = made("li", "row ticks");
  line.setAttribute("aria-hidden", "true");
  line.append(made("span", "name"));
  const track = made("span", "track");
  for (const { at, text } of ticks) {
    const tick = made("span", "tick", text);
    tick.style.left = percent(at);
    track.append(tick);
  }
  line.append(track);
  return line;
}

/** @param {{ data: { title: string, rows: BarRow[], ticks: { at: number, text: string }[], look: string }, parentElement: HTMLElement }} component */
export default function ({ data, parentElement }) {
  const list = made("ul", `bars ${data.look}`);
  list.setAttribute("aria-label", data.title);
  list.append(...data.rows.map(drawRow));
  if (data.ticks.length) list.append(drawTicks(data.ticks));
  parentElement.querySelector("ul")?.remove();
  parentElement.append(list);
}
