// The weights: a slider, a field and a lock for each criterion, and a bar whose borders can be dragged.
// What somebody does here calls the panel's actions; what it means is drawn by update().

import { ICONS, element, find, iconButton, mark, nameButton, tint, write } from "./dom.js";
import { fill, percent, readPercent } from "./format.js";

const STEPS = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100 };

/** Tenths of a percent that a key press moves a weight by; 0 for other keys. */
function keyStep(event) {
  const step = STEPS[event.key] ?? 0;
  return event.shiftKey && Math.abs(step) === 10 ? step * 5 : step;
}

/**
 * @param {HTMLElement} host @param {any} panel state, derived and format as they are now @param {any} actions
 */
export function makeControls(host, panel, actions) {
  const sliders = find(host, ".sliders");
  const bar = find(host, ".weights");
  const refusal = find(host, ".refusal");
  const [undo, redo, official] = ["undo", "redo", "official"].map((one) => find(host, `.buttons .${one}`));
  undo.append(ICONS.undo());
  redo.append(ICONS.redo());
  undo.addEventListener("click", () => actions.undo());
  redo.addEventListener("click", () => actions.redo());
  official.addEventListener("click", () => actions.official());
  host.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || /** @type {Element} */ (event.target).matches("input.value")) return;
    const wanted = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    if (!wanted) return;
    event.preventDefault();
    actions[wanted]();
  });
  let items = [];
  let segments = [];
  let borders = [];

  /** Build one control for each criterion, anew only when the criteria are others. */
  function build() {
    const { meta } = panel.state;
    const keys = meta.criteria.map((criterion) => criterion.key).join();
    if (sliders.dataset.keys !== keys) {
      sliders.dataset.keys = keys;
      items = meta.criteria.map(makeItem);
      sliders.replaceChildren(...items.map((item) => item.node));
      makeBar();
    }
    const { text } = meta;
    nameButton(undo, text.undo);
    nameButton(redo, text.redo);
    official.textContent = text.official_button;
    bar.setAttribute("aria-label", text.weights);
    find(host, ".rule").textContent = text.rule;
    find(host, ".sum-label").textContent = text.sum;
    meta.criteria.forEach((criterion, k) => {
      const item = items[k];
      item.label.textContent = criterion.name;
      item.align.title = fill(text.align, { name: criterion.name });
      nameButton(item.lock, fill(text.lock, { name: criterion.name }));
      item.value.setAttribute("aria-label", fill(text.weight_of, { name: criterion.name }));
      for (const control of [item.input, item.value, item.lock]) control.disabled = meta.readonly;
      if (item.expand) nameButton(item.expand, fill(text.expand, { name: criterion.name }));
      item.subs.replaceChildren(
        ...criterion.measures.map((measure, m) => {
          const row = element("li");
          const swatch = element("i", "swatch");
          swatch.style.background = tint(criterion.color, m, criterion.measures.length);
          row.append(swatch, element("span", "", measure.name), element("span", "", `${panel.format(measure.share * 100, 0)} %`));
          return row;
        }),
      );
      item.official.style.left = `calc(${meta.official[k]} * (100% - 18px) + 8px)`;
      item.official.title = fill(text.official_weight, { weight: `${panel.format(meta.official[k] * 100, 1)} %` });
    });
  }

  function makeItem(criterion, k) {
    const node = element("div", "slider");
    node.style.setProperty("--criterion", criterion.color);
    const swatch = element("i", "swatch");
    swatch.style.background = criterion.color;
    const title = element("span", "title");
    const expand = criterion.measures.length > 1 ? iconButton("expand", ICONS.expand) : null;
    const align = element("button", "align");
    align.type = "button";
    const label = element("span");
    align.append(label);
    title.append(...[expand, align].filter(Boolean));
    const input = element("input");
    input.type = "range";
    input.min = 0;
    input.max = 1000;
    input.step = 1;
    input.id = `weight-${criterion.key}`;
    const value = element("input", "value");
    value.type = "text";
    value.inputMode = "decimal";
    value.autocomplete = "off";
    const lock = iconButton("lock", ICONS.lock);
    const stay = element("span", "stay");
    const officialMark = element("span", "mark");
    const track = element("div", "track");
    track.append(stay, officialMark, input);
    const decides = element("span", "decides");
    const subs = element("ul", "subs");
    node.append(swatch, title, value, lock, track, decides, subs);

    expand?.addEventListener("click", () => actions.expand(k));
    align.addEventListener("click", () => actions.align(k));
    lock.addEventListener("click", () => actions.lock(k));
    input.addEventListener("input", () => actions.move(k, Number(input.value)));
    input.addEventListener("change", () => actions.commit(0));
    input.addEventListener("keydown", (event) => {
      const step = event.ctrlKey || event.metaKey ? 0 : keyStep(event);
      if (!step) return;
      event.preventDefault();
      actions.move(k, actions.current()[k] + step);
      actions.commit(400);
    });
    const typed = () => {
      if (value.value === value.shownValue) return;
      const wanted = readPercent(value.value);
      if (Number.isNaN(wanted)) {
        refusal.textContent = fill(panel.state.meta.text.not_percent, { value: value.value.slice(0, 20) });
        value.shownValue = undefined;
        actions.redraw();
        return;
      }
      refusal.textContent = "";
      actions.move(k, wanted);
      actions.commit(0);
    };
    value.addEventListener("focus", () => value.select());
    value.addEventListener("blur", typed);
    value.addEventListener("keydown", (event) => {
      if (event.key === "Enter") typed();
      if (event.key === "Escape") {
        value.value = value.shownValue;
        refusal.textContent = "";
      }
    });
    return { node, label, align, expand, input, value, lock, stay, official: officialMark, decides, subs };
  }

  function makeBar() {
    segments = panel.state.meta.criteria.map((criterion, k) => {
      const segment = element("button", "segment");
      segment.type = "button";
      segment.tabIndex = -1; // the same by keyboard is the name of the criterion beside its slider
      segment.style.background = criterion.color;
      segment.style.color = criterion.ink;
      segment.addEventListener("click", () => actions.align(k));
      return segment;
    });
    borders = panel.state.meta.criteria.slice(1).map((_, k) => makeBorder(k));
    bar.replaceChildren(...segments.flatMap((segment, k) => (k ? [borders[k - 1], segment] : [segment])));
  }

  // The border between criterion k and the next: what one gains the other loses.
  function makeBorder(k) {
    const border = element("div", "border");
    border.tabIndex = 0;
    border.setAttribute("role", "separator");
    border.setAttribute("aria-orientation", "vertical");
    let start = null;
    border.addEventListener("pointerdown", (event) => {
      if (panel.state.meta.readonly) return;
      border.setPointerCapture(event.pointerId);
      start = { x: event.clientX, tenths: actions.current().slice(), width: bar.clientWidth };
      event.preventDefault();
    });
    border.addEventListener("pointermove", (event) => {
      if (!start) return;
      actions.trade(start.tenths, k, Math.round(((event.clientX - start.x) / start.width) * 1000));
    });
    const end = () => {
      if (start) actions.commit(0);
      start = null;
    };
    border.addEventListener("pointerup", end);
    border.addEventListener("pointercancel", end);
    border.addEventListener("keydown", (event) => {
      const step = panel.state.meta.readonly || event.ctrlKey || event.metaKey ? 0 : keyStep(event);
      if (!step) return;
      event.preventDefault();
      actions.trade(actions.current(), k, step);
      actions.commit(400);
    });
    return border;
  }

  /** Draw the weights as they are now. */
  function update() {
    const { state, derived, format } = panel;
    const { meta, locked } = state;
    const { weights, simulated } = derived;
    const { text } = meta;
    host.classList.toggle("simulated", simulated);
    official.disabled = meta.readonly || !simulated;
    undo.disabled = meta.readonly || !actions.canUndo();
    redo.disabled = meta.readonly || !actions.canRedo();
    weights.forEach((weight, k) => {
      const item = items[k];
      const tenths = String(Math.round(weight * 1000));
      if (item.input.value !== tenths) item.input.value = tenths;
      item.input.style.setProperty("--fill", `calc(${weight} * (100% - 18px) + 9px)`);
      const shown = `${format(weight * 100, 1)} %`;
      if (item.value.shownValue !== shown) item.value.value = item.value.shownValue = shown;
      mark(item.lock, "aria-pressed", String(Boolean(locked[k])));
      mark(item.align, "aria-pressed", String(state.aligned === k));
      if (item.expand) mark(item.expand, "aria-expanded", String(Boolean(state.expanded[k])));
      item.subs.hidden = !state.expanded[k];
      updateStay(item, k, weight, shown);
      updateDecides(item, k, weight);
      segments[k].style.flexGrow = weight;
      // Numbers are cut: a label without its tenth would make the bar sum to less than 100.
      const whole = Math.round(weight * 1000) % 10 === 0;
      write(segments[k], weight > (whole ? 0.055 : 0.07) ? format(weight * 100, whole ? 0 : 1) : "");
      segments[k].title = `${meta.criteria[k].name}: ${shown}`;
      segments[k].classList.toggle("aligned", state.aligned === k);
      if (k) {
        const before = meta.criteria[k - 1].name;
        mark(borders[k - 1], "aria-label", fill(text.border, { left: before, right: meta.criteria[k].name }));
        mark(borders[k - 1], "aria-valuenow", String(Math.round(weights[k - 1] * 100)));
        mark(borders[k - 1], "aria-valuetext", `${before} ${format(weights[k - 1] * 100, 1)} %`);
      }
    });
    write(find(host, ".sum-value"), `${format(100, 1)} %`);
    const { robustness } = state;
    const byGroup = robustness && meta.rule !== "score" ? fill(text.by_group, { share: percent(robustness.byGroup, format) }) : "";
    write(find(host, ".by-group"), byGroup);
    const alarm = find(host, ".alarm");
    write(alarm, robustness?.verdict[2] ?? "");
    alarm.classList.toggle("stale", derived.stale);
  }

  // How much of the order hangs on the criterion: a matter of how people differ in it, not of its weight alone.
  function updateDecides(item, k, weight) {
    const { state, derived } = panel;
    const { robustness, meta } = state;
    const influence = robustness?.influence;
    item.decides.classList.toggle("stale", derived.stale);
    // What weighed nothing when Python spoke has not been asked about.
    if (!influence || !weight || !robustness.weights[k]) return write(item.decides, "");
    const [rank, first] = [influence.rank[k], influence.first[k]];
    const words = rank > 0 ? meta.text.decides : robustness.pairs ? meta.text.decides_nothing : meta.text.no_pairs;
    write(item.decides, fill(words, { rank: percent(rank, panel.format) }));
    item.decides.title = fill(meta.text.decides_why, { first: percent(first, panel.format) });
  }

  // The stretch of the track on which the first three stay. Along the thumb's own way it stays true while
  // moving; the others wait for the release.
  function updateStay(item, k, weight, shown) {
    const { state, derived, format } = panel;
    const stretch = state.robustness?.intervals?.[k];
    item.stay.hidden = !stretch;
    let told = shown;
    if (stretch) {
      const [from, to] = stretch;
      item.stay.style.left = `calc(${from} * (100% - 18px) + 9px)`;
      item.stay.style.width = `max(2px, calc(${to - from} * (100% - 18px)))`;
      item.stay.classList.toggle("stale", derived.stale && state.moving !== k);
      item.stay.classList.toggle("left", derived.stale && state.moving === k && (weight < from - 1e-9 || weight > to + 1e-9));
      const range = fill(state.meta.text.stay, { from: format(from * 100, 1), to: format(to * 100, 1) });
      if (item.stay.title !== range) item.stay.title = range;
      if (!derived.stale) told = `${shown}; ${range}`;
    }
    mark(item.input, "aria-valuetext", told);
    mark(item.input, "aria-label", state.meta.criteria[k].name);
  }

  return { build, update, refuse: (text) => (refusal.textContent = text) };
}
