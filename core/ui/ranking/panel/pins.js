// The watched names above the list: where each stands now, one click away.

import { element, find } from "./dom.js";
import { arrow, fill } from "./format.js";
import { movedOf } from "./state.js";

export const MOST_PINS = 4;

/** @param {HTMLElement} host @param {any} panel @param {any} actions @param {(person: number) => void} scrollTo */
export function makePins(host, panel, actions, scrollTo) {
  const pins = find(host, ".pins");
  let shown = "";

  function paint() {
    const { state, derived } = panel;
    const { meta, table } = state;
    pins.hidden = !state.pins.length;
    const words = state.pins.map((person) => {
      const rank = derived.ranking.rank[person] || "–";
      return `${rank} ${arrow(movedOf(state, derived, person))} ${table.name.get(person)}`;
    });
    if (shown === words.join("|")) return;
    shown = words.join("|");
    pins.setAttribute("aria-label", meta.text.watched);
    pins.replaceChildren(
      ...state.pins.map((person, n) => {
        const item = element("li");
        const jump = element("button", "jump", words[n]);
        jump.type = "button";
        jump.addEventListener("click", () => scrollTo(person));
        const off = element("button", "off", "×");
        off.type = "button";
        off.setAttribute("aria-label", fill(meta.text.unpin, { name: table.name.get(person) }));
        off.addEventListener("click", () => actions.pin(person));
        item.append(jump, off);
        return item;
      }),
    );
  }

  return { paint };
}
