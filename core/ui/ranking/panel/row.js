// One row of the list: a person at a place, drawn anew only where something differs.

import { ICONS, element, iconButton, mark, nameButton, paintStyle, tint, write } from "./dom.js";
import { arrow, fill, percent } from "./format.js";
import { alikeOf, criteriaOf, movedOf } from "./state.js";

/** How a place changed, in words that are read aloud. @param {number} moved @param {Record<string, string>} text */
export const movedWords = (moved, text) =>
  moved > 0 ? fill(text.up, { count: moved }) : moved < 0 ? fill(text.down, { count: -moved }) : "";

/**
 * A row without a person yet.
 * @param {import("./state.js").Criterion[]} criteria @param {any} actions
 */
export function makeRow(criteria, actions) {
  const node = element("div", "row fresh");
  node.setAttribute("role", "listitem");
  /** @type {any} */
  const row = { node, person: -1 };
  row.pin = iconButton("pin", ICONS.pin);
  for (const place of ["rank", "moved", "who", "bars", "score", "share", "box"]) row[place] = element("div", place);
  row.name = element("button", "name");
  row.name.type = "button";
  row.under = element("div", "under");
  row.who.append(row.name, row.under);
  node.append(row.pin, row.rank, row.moved, row.who, row.bars, row.score, row.share, row.box);
  row.name.addEventListener("click", () => actions.open(row.person));
  row.pin.addEventListener("click", () => actions.pin(row.person));
  row.bars.setAttribute("aria-hidden", "true");
  row.segments = criteria.map((criterion, k) => {
    const segment = element("i");
    segment.dataset.criterion = k;
    segment.style.background = criterion.color;
    segment.measures = criterion.measures.map((_, m) => {
      const bar = element("b");
      bar.style.background = tint(criterion.color, m, criterion.measures.length);
      return bar;
    });
    row.bars.append(segment);
    return segment;
  });
  row.openEnd = element("i", "open");
  row.bars.append(row.openEnd);
  return row;
}

/** Whether the last of the first three stands at a place; who has no rank is passed over. */
function endsFirstThree(ranking, place) {
  const { order, rank } = ranking;
  if (!(rank[order[place]] > 0 && rank[order[place]] <= 3)) return false;
  let next = place + 1;
  while (next < order.length && rank[order[next]] === 0) next++;
  return next < order.length && rank[order[next]] > 3;
}

/**
 * Draw a person at a place.
 * @param {any} row @param {number} person @param {number} place from 0 @param {number} height of a row in pixels @param {any} panel
 */
export function paintRow(row, person, place, height, panel) {
  const { state, derived, format } = panel;
  const { table, meta } = state;
  const { ranking } = derived;
  const { text } = meta;
  const { node } = row;
  row.person = person;
  const rank = ranking.rank[person];
  const beside = (p) => p >= 0 && p < table.count && ranking.rank[ranking.order[p]] === rank;
  const tied = rank > 0 && (beside(place - 1) || beside(place + 1));
  paintStyle(node, "transform", `translateY(${place * height}px)`);
  node.classList.toggle("cut", endsFirstThree(ranking, place));
  mark(node, "aria-posinset", String(place + 1));
  mark(node, "aria-setsize", String(table.count));
  mark(node, "data-eligibility", String(table.eligibility[person]));
  write(row.rank, rank ? (tied ? `=${rank}` : rank) : "–");
  row.rank.title = tied ? text.tied : "";
  const moved = movedOf(state, derived, person);
  write(row.moved, arrow(moved));
  mark(row.moved, "class", `moved ${moved > 0 ? "up" : moved < 0 ? "down" : ""}`);
  const who = table.name.get(person);
  write(row.name, who);
  row.name.title = text.explain;
  const flag = text.answers[table.eligibility[person]];
  const reason = table.reasons.get(table.reason[person]);
  const unit = table.units.get(table.unit[person]);
  const eligible = !table.eligibility[person];
  // Of who is eligible the reason says why they cannot take the post now; empty where they can.
  const under = eligible ? [reason, unit].filter(Boolean).join(" · ") : `${flag}: ${reason}`;
  write(row.under, under);
  row.under.title = under;
  const pinned = state.pins.includes(person);
  mark(row.pin, "aria-pressed", String(pinned));
  nameButton(row.pin, fill(pinned ? text.unpin : text.pin, { name: who }));
  const { low, high } = paintBars(row, person, panel);
  const scored = !Number.isNaN(ranking.score[person]);
  const score = scored ? format(ranking.score[person], 2) : `${format(low, 1)}–${format(high, 1)}`;
  write(row.score, score);
  row.score.classList.toggle("interval", !scored);
  const alike = alikeOf(state, derived, person);
  row.score.title = [scored ? "" : text.interval, alike ? fill(text.inseparable, { count: alike }) : ""].filter(Boolean).join("; ");
  row.score.classList.toggle("alike", alike > 0);
  const share = paintShare(row, person, panel);
  const box = table.box[person];
  write(row.box, box || "–");
  row.box.title = box ? fill(text.box, { box }) : text.not_assessed;
  mark(row.box, "data-zone", box >= 7 ? "pool" : box >= 4 ? "steady" : box ? "attention" : "none");
  mark(
    node,
    "aria-label",
    fill(text.row, {
      rank: [rank || "–", movedWords(moved, text)].filter(Boolean).join(", "),
      name: who,
      score,
      box: box || "–",
      state: [[flag, reason].filter(Boolean).join(": "), share].filter(Boolean).join("; "),
    }),
  );
}

// Bars in points of the total score; an aligned criterion stands first in every row.
function paintBars(row, person, panel) {
  const { aligned, expanded, table, meta } = panel.state;
  const { weights } = panel.derived;
  let low = 0;
  let high = 0;
  criteriaOf(table, person).forEach((criterion, k) => {
    low += criterion.low * weights[k];
    high += criterion.high * weights[k];
    const segment = row.segments[k];
    paintStyle(segment, "width", `${criterion.low * weights[k]}%`);
    paintStyle(segment, "order", aligned === k ? "-1" : "0");
    segment.classList.toggle("aligned", aligned === k);
    const { measures } = meta.criteria[k];
    const split = expanded[k] && measures.length > 1;
    if (split && !segment.firstChild) segment.append(...segment.measures);
    if (!split && segment.firstChild) segment.replaceChildren();
    if (split)
      measures.forEach((measure, m) => {
        const value = table.measures[measure.column][person];
        segment.measures[m].style.flexGrow = Number.isNaN(value) ? 0 : value * measure.share;
      });
  });
  paintStyle(row.openEnd, "width", `${high - low}%`);
  return { low, high };
}

// How often the person stands within the first three; in words for who hears the row.
function paintShare(row, person, panel) {
  const { state, derived, format } = panel;
  const { robustness, meta } = state;
  if (!robustness) {
    write(row.share, "");
    return "";
  }
  const three = robustness.three.get(person) ?? 0;
  const words = fill(meta.text.share, {
    three: percent(three, format),
    first: percent(robustness.first.get(person) ?? 0, format),
  });
  write(row.share, three > 0 ? percent(three, format) : "–");
  paintStyle(row.share, "--share", String(three));
  row.share.title = words;
  row.share.classList.toggle("stale", derived.stale);
  return derived.stale ? "" : words;
}
