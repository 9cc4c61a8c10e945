// The tip over a row: each criterion of the person with value, weight and points.

import { element, find } from "./dom.js";
import { criteriaOf } from "./state.js";

/** @param {HTMLElement} host @param {any} panel */
export function makeTip(host, panel) {
  const tip = find(host, ".tip");
  let shown = "";

  /** Show it beside a row; criterion is the one under the pointer, or -1. @param {number} person @param {number} criterion @param {Element} node */
  function show(person, criterion, node) {
    const { state, derived, format } = panel;
    const { weights } = derived;
    const key = `${person}|${criterion}|${weights.join()}`;
    if (shown !== key || tip.hidden) {
      shown = key;
      const lines = criteriaOf(state.table, person).map(({ value, low, high }, k) => {
        const line = element("div", k === criterion ? "line here" : "line");
        const swatch = element("i", "swatch");
        swatch.style.background = state.meta.criteria[k].color;
        const open = Number.isNaN(value);
        const points = open ? `${format(low * weights[k], 1)}–${format(high * weights[k], 1)}` : format(value * weights[k], 2);
        line.append(
          swatch,
          element("span", "", state.meta.criteria[k].name),
          element("span", "number", open ? `${format(low, 1)}–${format(high, 1)}` : format(value, 2)),
          element("span", "number", `× ${format(weights[k] * 100, 1)} %`),
          element("span", "number", points),
        );
        return line;
      });
      tip.replaceChildren(element("strong", "", state.table.name.get(person)), ...lines);
    }
    tip.hidden = false;
    const outer = find(host, ".ranked").getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const above = box.top - outer.top > outer.height / 2;
    tip.style.top = above ? "auto" : `${box.bottom - outer.top + 2}px`;
    tip.style.bottom = above ? `${outer.bottom - box.top + 2}px` : "auto";
  }

  function hide() {
    tip.hidden = true;
  }

  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  return { show, hide };
}
