// The ranked names. Only the rows in sight exist in the page, one for each person shown, so that a name
// that changes its place glides there; whoever comes into sight is simply there.

const SPARE_ROWS = 3;
const MOST_PINS = 4;

function makeList(host, state, actions) {
  const scroller = host.querySelector(".scroller");
  const list = host.querySelector(".list");
  const pins = host.querySelector(".pins");
  const tip = host.querySelector(".tip");
  const live = host.querySelector(".live");
  const verdict = host.querySelector(".verdict");
  const rows = [];
  let shown = new Map(); // person -> row
  // On a projector rows are taller; the style sheet knows the same width.
  const large = window.matchMedia("(min-width: 1700px)");
  let height = 0;

  function measure() {
    height = large.matches ? 60 : 46;
    host.style.setProperty("--row", `${height}px`);
    if (state.table) list.style.height = `${state.table.count * height}px`;
  }
  measure();
  large.addEventListener("change", () => {
    measure();
    paint();
  });

  scroller.addEventListener("scroll", () => paint(), { passive: true });
  scroller.addEventListener("pointerleave", hideTip);
  scroller.addEventListener("pointermove", (event) => {
    const segment = event.target.closest?.(".bars > i");
    const row = event.target.closest?.(".row");
    if (!row || !event.target.closest(".bars")) return hideTip();
    showTip(row.person, segment ? Number(segment.dataset.criterion) : -1, row);
  });
  scroller.addEventListener("focusin", (event) => {
    const row = event.target.closest?.(".row");
    if (row && event.target.matches(".name:focus-visible")) showTip(row.person, -1, row);
  });
  scroller.addEventListener("focusout", hideTip);
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });

  function reset() {
    measure();
    scroller.scrollTop = 0;
    scroller.setAttribute("aria-label", state.meta.text.list);
    list.setAttribute("aria-label", state.meta.text.list);
    host.querySelector(".order").textContent = state.meta.text.order;
    host.querySelectorAll(".heads span").forEach((head, k) => (head.textContent = state.meta.text.heads[k]));
    for (const row of rows) row.node.remove();
    rows.length = 0;
    shown = new Map();
  }

  function makeRow() {
    const node = element("div", "row fresh");
    node.setAttribute("role", "listitem");
    const row = { node };
    row.pin = iconButton("pin", ICONS.pin);
    for (const part of ["rank", "moved", "who", "bars", "score", "share", "box"]) row[part] = element("div", part);
    row.name = element("button", "name");
    row.name.type = "button";
    row.under = element("div", "under");
    row.who.append(row.name, row.under);
    node.append(row.pin, row.rank, row.moved, row.who, row.bars, row.score, row.share, row.box);
    row.name.addEventListener("click", () => actions.open(node.person));
    row.pin.addEventListener("click", () => actions.pin(node.person));
    row.bars.setAttribute("aria-hidden", "true");
    row.segments = state.meta.criteria.map((criterion, k) => {
      const segment = element("i");
      segment.dataset.criterion = k;
      segment.style.background = criterion.color;
      segment.subs = criterion.measures.map((_, m) => {
        const sub = element("b");
        sub.style.background = tint(criterion.color, m, criterion.measures.length);
        return sub;
      });
      row.bars.append(segment);
      return segment;
    });
    row.openEnd = element("i", "open");
    row.bars.append(row.openEnd);
    list.append(node);
    return row;
  }

  /** Draw the rows in sight. */
  function paint() {
    const { table, result } = state;
    if (!table) return;
    const visible = Math.min(Math.ceil(scroller.clientHeight / height) + SPARE_ROWS, table.count);
    const first = Math.max(0, Math.min(Math.floor(scroller.scrollTop / height), table.count - visible));
    const next = new Map();
    const free = [];
    for (let place = first; place < first + visible; place++) next.set(result.order[place], null);
    for (const row of rows) {
      const person = row.node.person;
      if (next.has(person) && next.get(person) === null) next.set(person, row);
      else free.push(row);
    }
    const fresh = [];
    let place = first;
    for (const [person, kept] of next) {
      let row = kept;
      if (!row) {
        row = free.pop();
        if (!row) rows.push((row = makeRow()));
        row.node.classList.add("fresh");
        fresh.push(row);
        next.set(person, row);
      }
      row.node.hidden = false;
      paintRow(row, person, place++);
    }
    for (const row of free) row.node.hidden = true;
    shown = next;
    if (fresh.length) requestAnimationFrame(() => fresh.forEach((row) => row.node.classList.remove("fresh")));
    paintPins();
    paintVerdict();
  }

  function paintVerdict() {
    const { firm } = state;
    const said = firm?.verdict ?? ["", "", ""];
    verdict.classList.toggle("stale", Boolean(firm?.stale));
    [...verdict.children].forEach((criterion, n) => write(criterion, said[n] ? `${said[n]} ` : ""));
  }

  const movedOf = (person) => {
    const rank = state.result.rank[person];
    return rank && state.baseline[person] ? state.baseline[person] - rank : 0;
  };
  const movedWords = (moved) =>
    moved > 0 ? fill(state.meta.text.up, { count: moved }) : moved < 0 ? fill(state.meta.text.down, { count: -moved }) : "";

  /** Value, low and high of each criterion of a person; low and high are the value where it is known. */
  function criteriaOf(person) {
    const open = state.table.open.get(person);
    return state.table.criteria.map((column, k) => {
      const value = column[person];
      return Number.isNaN(value) ? { value, low: open[k][0], high: open[k][1] } : { value, low: value, high: value };
    });
  }

  function paintRow(row, person, place) {
    const { table, result, meta, format, weights } = state;
    const { text } = meta;
    const { node } = row;
    node.person = person;
    const rank = result.rank[person];
    const beside = (p) => p >= 0 && p < table.count && result.rank[result.order[p]] === rank;
    const tied = rank > 0 && (beside(place - 1) || beside(place + 1));
    const y = `translateY(${place * height}px)`;
    if (node.y !== y) node.style.transform = node.y = y;
    node.classList.toggle("cut", place === 2 && table.count > 3);
    mark(node, "aria-posinset", String(place + 1));
    mark(node, "aria-setsize", String(table.count));
    mark(node, "data-eligibility", String(table.eligibility[person]));
    write(row.rank, rank ? (tied ? `=${rank}` : rank) : "–");
    row.rank.title = tied ? text.tied : "";
    const moved = movedOf(person);
    write(row.moved, moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : "");
    const way = `moved ${moved > 0 ? "up" : moved < 0 ? "down" : ""}`;
    if (row.moved.className !== way) row.moved.className = way;
    const who = table.name.get(person);
    write(row.name, who);
    row.name.title = text.explain;
    const flag = text.answers[table.eligibility[person]];
    const reason = meta.reasons[table.reason[person]];
    write(row.under, table.eligibility[person] ? `${flag}: ${reason}` : meta.units[table.unit[person]]);
    row.under.title = row.under.shownText;
    const pinned = state.pins.includes(person);
    mark(row.pin, "aria-pressed", String(pinned));
    name(row.pin, fill(pinned ? text.unpin : text.pin, { name: who }));
    const { low, high } = paintBars(row, person);
    const scored = !Number.isNaN(result.score[person]);
    write(row.score, scored ? format(result.score[person], 2) : `${format(low, 1)}–${format(high, 1)}`);
    row.score.classList.toggle("interval", !scored);
    const alike = inseparable(result.score, state.bounds, person);
    row.score.title = [scored ? "" : text.interval, alike ? fill(text.inseparable, { count: alike }) : ""].filter(Boolean).join("; ");
    row.score.classList.toggle("alike", alike > 0);
    const share = paintShare(row, person);
    write(row.box, table.box[person] || "–");
    row.box.title = table.box[person] ? fill(text.box, { box: table.box[person] }) : text.not_assessed;
    mark(row.box, "data-zone", table.box[person] >= 7 ? "pool" : table.box[person] >= 4 ? "steady" : table.box[person] ? "attention" : "none");
    mark(
      node,
      "aria-label",
      fill(text.row, {
        rank: [rank || "–", movedWords(moved)].filter(Boolean).join(", "),
        name: who,
        score: row.score.shownText,
        box: row.box.shownText,
        state: [`${flag}${table.eligibility[person] ? `: ${reason}` : ""}`, share].filter(Boolean).join("; "),
      }),
    );
  }

  // Bars in points of the total score; an aligned criterion stands first in every row.
  function paintBars(row, person) {
    const { weights, aligned, expanded, table, meta } = state;
    let low = 0;
    let high = 0;
    criteriaOf(person).forEach((criterion, k) => {
      low += criterion.low * weights[k];
      high += criterion.high * weights[k];
      const segment = row.segments[k];
      const width = `${criterion.low * weights[k]}%`;
      if (segment.shownWidth !== width) segment.style.width = segment.shownWidth = width;
      const order = aligned === k ? "-1" : "0";
      if (segment.style.order !== order) segment.style.order = order;
      segment.classList.toggle("aligned", aligned === k);
      const split = expanded[k] && meta.criteria[k].measures.length > 1;
      if (split && !segment.firstChild) segment.append(...segment.subs);
      if (!split && segment.firstChild) segment.replaceChildren();
      if (split)
        meta.criteria[k].measures.forEach((measure, m) => {
          const value = table.measures[measure.column][person];
          segment.subs[m].style.flexGrow = Number.isNaN(value) ? 0 : value * measure.share;
        });
    });
    const open = `${high - low}%`;
    if (row.openEnd.shownWidth !== open) row.openEnd.style.width = row.openEnd.shownWidth = open;
    return { low, high };
  }

  function paintShare(row, person) {
    const { firm, meta, format } = state;
    if (!firm) {
      write(row.share, "");
      return "";
    }
    const three = firm.three.get(person) ?? 0;
    const told = fill(meta.text.share, {
      three: percent(three, format),
      first: percent(firm.first.get(person) ?? 0, format),
    });
    write(row.share, three > 0 ? percent(three, format) : "–");
    row.share.style.setProperty("--share", three);
    row.share.title = told;
    row.share.classList.toggle("stale", firm.stale);
    return firm.stale ? "" : told;
  }

  function paintPins() {
    const { meta, result, table, format } = state;
    pins.hidden = !state.pins.length;
    const words = state.pins.map((person) => {
      const moved = movedOf(person);
      const rank = result.rank[person] || "–";
      return `${rank} ${moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : ""} ${table.name.get(person)}`;
    });
    if (pins.words === words.join("|")) return;
    pins.words = words.join("|");
    pins.setAttribute("aria-label", meta.text.watched);
    pins.replaceChildren(
      ...state.pins.map((person, n) => {
        const item = element("li");
        const jump = element("button", "jump", words[n]);
        jump.type = "button";
        jump.addEventListener("click", () => show(person));
        const off = element("button", "off", "×");
        off.type = "button";
        off.setAttribute("aria-label", fill(meta.text.unpin, { name: table.name.get(person) }));
        off.addEventListener("click", () => actions.pin(person));
        item.append(jump, off);
        return item;
      }),
    );
  }

  /** Scroll to a person. */
  function show(person) {
    const place = state.result.order.indexOf(person);
    scroller.scrollTop = Math.max(0, place * height - scroller.clientHeight / 2 + height / 2);
    paint();
    shown.get(person)?.name.focus({ preventScroll: true });
  }

  function showTip(person, criterion, node) {
    const { meta, format, weights } = state;
    const key = `${person}|${criterion}|${weights.join()}`;
    if (tip.key !== key || tip.hidden) {
      tip.key = key;
      const rows = criteriaOf(person).map(({ value, low, high }, k) => {
        const line = element("div", k === criterion ? "line here" : "line");
        const swatch = element("i", "swatch");
        swatch.style.background = meta.criteria[k].color;
        const open = Number.isNaN(value);
        line.append(
          swatch,
          element("span", "", meta.criteria[k].name),
          element("span", "number", open ? `${format(low, 1)}–${format(high, 1)}` : format(value, 2)),
          element("span", "number", `× ${format(weights[k] * 100, 1)} %`),
          element("span", "number", open ? `${format(low * weights[k], 1)}–${format(high * weights[k], 1)}` : format(value * weights[k], 2)),
        );
        return line;
      });
      tip.replaceChildren(element("strong", "", state.table.name.get(person)), ...rows);
    }
    tip.hidden = false;
    const outer = host.querySelector(".ranked").getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const above = box.top - outer.top > outer.height / 2;
    tip.style.top = above ? "auto" : `${box.bottom - outer.top + 2}px`;
    tip.style.bottom = above ? `${outer.bottom - box.top + 2}px` : "auto";
  }

  function hideTip() {
    tip.hidden = true;
  }

  /** Tell a screen reader where the watched names, or the first three, now stand. */
  function announce() {
    const { result, table, meta } = state;
    const first = state.pins.length ? state.pins : Array.from(result.order.slice(0, Math.min(3, table.count)));
    live.textContent = first
      .filter((person) => result.rank[person])
      .map((person) =>
        fill(meta.text.announce, {
          name: table.name.get(person),
          rank: [result.rank[person], movedWords(movedOf(person))].filter(Boolean).join(", "),
        }),
      )
      .join("; ");
  }

  return { reset, paint, announce };
}
