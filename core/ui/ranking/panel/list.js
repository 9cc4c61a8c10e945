// The ranked names. Only the rows in sight exist in the page, one for each person shown, so that a name
// that changes its place glides there; whoever comes into sight is simply there.

import { find, write } from "./dom.js";
import { fill } from "./format.js";
import { makePins } from "./pins.js";
import { makeRow, movedWords, paintRow } from "./row.js";
import { movedOf } from "./state.js";
import { makeTip } from "./tip.js";

const SPARE_ROWS = 3;

/** @param {HTMLElement} host @param {any} panel state, derived and format as they are now @param {any} actions */
export function makeList(host, panel, actions) {
  const scroller = find(host, ".scroller");
  const list = find(host, ".list");
  const live = find(host, ".live");
  const verdict = find(host, ".verdict");
  const tip = makeTip(host, panel);
  const pins = makePins(host, panel, actions, scrollTo);
  /** @type {any[]} */
  const rows = [];
  /** @type {Map<number, any>} */
  let shown = new Map(); // person -> row
  // On a projector rows are taller; the style sheet knows the same width.
  const large = window.matchMedia("(min-width: 1700px)");
  let height = 0;

  function measure() {
    height = large.matches ? 60 : 46;
    host.style.setProperty("--row", `${height}px`);
    if (panel.state.table) list.style.height = `${panel.state.table.count * height}px`;
  }
  measure();
  const resized = () => {
    measure();
    paint();
  };
  large.addEventListener("change", resized);

  const rowOf = (event) => rows.find((row) => row.node === event.target.closest?.(".row"));
  scroller.addEventListener("scroll", () => paint(), { passive: true });
  scroller.addEventListener("pointerleave", tip.hide);
  scroller.addEventListener("pointermove", (event) => {
    const segment = event.target.closest?.(".bars > i");
    const row = rowOf(event);
    if (!row || !event.target.closest(".bars")) return tip.hide();
    tip.show(row.person, segment ? Number(segment.dataset.criterion) : -1, row.node);
  });
  scroller.addEventListener("focusin", (event) => {
    const row = rowOf(event);
    if (row && event.target.matches(".name:focus-visible")) tip.show(row.person, -1, row.node);
  });
  scroller.addEventListener("focusout", tip.hide);

  /** Begin anew with other people. */
  function reset() {
    const { text } = panel.state.meta;
    measure();
    scroller.scrollTop = 0;
    scroller.setAttribute("aria-label", text.list);
    list.setAttribute("aria-label", text.list);
    find(host, ".order").textContent = text.order;
    host.querySelectorAll(".heads span").forEach((head, k) => (head.textContent = text.heads[k]));
    for (const row of rows) row.node.remove();
    rows.length = 0;
    shown = new Map();
  }

  /** Draw the rows in sight. */
  function paint() {
    const { state, derived } = panel;
    const { table } = state;
    if (!table || !derived) return;
    const visible = Math.min(Math.ceil(scroller.clientHeight / height) + SPARE_ROWS, table.count);
    const first = Math.max(0, Math.min(Math.floor(scroller.scrollTop / height), table.count - visible));
    /** @type {Map<number, any>} */
    const next = new Map();
    const free = [];
    for (let place = first; place < first + visible; place++) next.set(derived.ranking.order[place], null);
    for (const row of rows) {
      if (next.has(row.person) && next.get(row.person) === null) next.set(row.person, row);
      else free.push(row);
    }
    const fresh = [];
    let place = first;
    for (const [person, there] of next) {
      let row = there;
      if (!row) {
        row = free.pop() ?? addRow();
        row.node.classList.add("fresh");
        fresh.push(row);
        next.set(person, row);
      }
      row.node.hidden = false;
      paintRow(row, person, place++, height, panel);
    }
    for (const row of free) row.node.hidden = true;
    shown = next;
    if (fresh.length) requestAnimationFrame(() => fresh.forEach((row) => row.node.classList.remove("fresh")));
    pins.paint();
    paintVerdict();
  }

  function addRow() {
    const row = makeRow(panel.state.meta.criteria, actions);
    rows.push(row);
    list.append(row.node);
    return row;
  }

  function paintVerdict() {
    const words = panel.state.robustness?.verdict ?? ["", "", ""];
    verdict.classList.toggle("stale", panel.derived.stale);
    [...verdict.children].forEach((place, n) => write(place, words[n] ? `${words[n]} ` : ""));
  }

  /** Scroll to a person. @param {number} person */
  function scrollTo(person) {
    const place = panel.derived.ranking.order.indexOf(person);
    scroller.scrollTop = Math.max(0, place * height - scroller.clientHeight / 2 + height / 2);
    paint();
    shown.get(person)?.name.focus({ preventScroll: true });
  }

  /** Tell a screen reader where the watched names, or the first three, now stand. */
  function announce() {
    const { state, derived } = panel;
    const { rank, order } = derived.ranking;
    const { text } = state.meta;
    const people = state.pins.length ? state.pins : Array.from(order.slice(0, Math.min(3, state.table.count)));
    live.textContent = people
      .filter((person) => rank[person])
      .map((person) =>
        fill(text.announce, {
          name: state.table.name.get(person),
          rank: [rank[person], movedWords(movedOf(state, derived, person), text)].filter(Boolean).join(", "),
        }),
      )
      .join("; ");
  }

  /** Let go of what outlives the page's elements. */
  const dispose = () => large.removeEventListener("change", resized);

  return { reset, paint, announce, dispose };
}
