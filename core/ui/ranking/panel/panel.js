// The weight panel: sliders beside the ranked names. While a thumb moves, the browser itself ranks
// and repaints; on release the weights go to Python, which answers with the truth and with how robust it is.
// Everything drawn follows from the state by derive(); actions alone change the state.

import { makeControls } from "./controls.js";
import { find } from "./dom.js";
import { fill, formatter } from "./format.js";
import { makeList } from "./list.js";
import { makeMap } from "./map.js";
import { MOST_PINS } from "./pins.js";
import { makeRanker, meetingGroups, orderGroups, redistribute, spread, toTenths, trade } from "./ranking.js";
import { derive, makeHistory, readTable } from "./state.js";

/** The event by which robustness.js hands over what Python says of the order, and where it leaves it. */
const ROBUSTNESS = "mantel:robustness";

/** @type {WeakMap<Element, any>} */
const panels = new WeakMap();
// What somebody had watched, split and lined up, by the data shown: a page that comes back shows it again.
/** @type {Map<string, { pins: number[], expanded: boolean[], aligned: number }>} */
const remembered = new Map();

/** Streamlit calls this at every change of the data; what it returns is called when the panel leaves the page. */
export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let panel = panels.get(parentElement);
  if (!panel) {
    panel = createPanel(parentElement, setStateValue, setTriggerValue);
    panels.set(parentElement, panel);
  }
  panel.receive(data);
  return () => {
    panel.dispose();
    panels.delete(parentElement);
  };
}

function createPanel(root, setStateValue, setTriggerValue) {
  const host = find(root, ".panel");
  const history = makeHistory();
  /** @type {{ state: import("./state.js").State, derived: any, format: any }} */
  const panel = {
    // Declared whole; receive() fills in what only the data can say.
    state: {
      meta: null,
      table: null,
      groups: null,
      meeting: null,
      baseline: null,
      ranker: null,
      tenths: null,
      locked: [],
      pins: [],
      expanded: [],
      aligned: -1,
      moving: -1, // the criterion under the thumb
      robustness: null,
    },
    derived: null,
    format: null,
  };
  const { state } = panel;
  let frame = 0;
  let timer = 0;

  const actions = {
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    current: () => state.tenths ?? toTenths(state.meta.official),
    redraw: update,
    move(k, wanted) {
      state.tenths = redistribute(actions.current(), k, wanted, state.locked);
      state.moving = k;
      later();
    },
    trade(from, k, change) {
      state.tenths = trade(from, k, change, state.locked);
      state.moving = -1;
      later();
    },
    spread(from, others, x, wantedX, y, wantedY) {
      state.tenths = spread(from, others, x, wantedX, y, wantedY, state.locked);
      state.moving = -1;
      later();
    },
    commit(delay) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        history.add(state.tenths);
        state.moving = -1;
        release();
      }, delay);
    },
    official() {
      state.locked = state.meta.criteria.map(() => false);
      set(null);
      history.add(null);
      release();
    },
    undo() {
      if (!history.canUndo() || state.meta.readonly) return;
      set(history.undo());
      release();
    },
    redo() {
      if (!history.canRedo() || state.meta.readonly) return;
      set(history.redo());
      release();
    },
    lock(k) {
      state.locked[k] = !state.locked[k];
      update();
      actions.commit(300);
    },
    align(k) {
      state.aligned = state.aligned === k ? -1 : k;
      update();
    },
    expand(k) {
      state.expanded[k] = !state.expanded[k];
      update();
    },
    pin(person) {
      const { pins } = state;
      if (pins.includes(person)) state.pins = pins.filter((other) => other !== person);
      else if (pins.length < MOST_PINS) state.pins = [...pins, person];
      else return controls.refuse(fill(state.meta.text.most_pins, { count: MOST_PINS }));
      controls.refuse("");
      update();
    },
    open: (person) => setTriggerValue("opened", person),
  };
  const controls = makeControls(host, panel, actions);
  const list = makeList(host, panel, actions);
  const map = makeMap(host, panel, actions);

  function set(tenths) {
    state.tenths = tenths;
    state.moving = -1;
    update();
  }

  // One drawing a frame, however many events come.
  function later() {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      update();
    });
  }

  // Python hears of the weights when the thumb is let go, or when the keys have been still a while.
  function release() {
    update();
    list.announce();
    setStateValue("weights", { start_id: state.meta.start_id, tenths: state.tenths, locked: state.locked.map(Boolean) });
  }

  function receive(data) {
    const before = state.meta;
    state.meta = data.meta;
    panel.format = formatter(data.meta.comma);
    host.classList.toggle("readonly", state.meta.readonly);
    const { text } = state.meta;
    find(host, ".band b").textContent = text.simulation;
    find(host, ".band span").textContent = text.simulation_note;
    if (before?.cache_key !== state.meta.cache_key) {
      state.table = readTable(data, state.meta);
      state.groups = orderGroups(state.meta.rule, state.table.eligibility, state.table.box);
      state.ranker = makeRanker(state.table.criteria, state.groups);
      state.meeting = meetingGroups(state.meta.rule, state.table.eligibility, state.table.possible);
      state.baseline = state.ranker(state.meta.official).rank.slice();
      const there = remembered.get(state.meta.cache_key);
      state.expanded = there?.expanded ?? state.meta.criteria.map(() => false);
      state.pins = there?.pins ?? [];
      state.aligned = there?.aligned ?? -1;
      state.robustness = null;
      list.reset();
    }
    if (before?.start_id !== state.meta.start_id) {
      // Weights and locks from elsewhere: a link, a scenario, a way of finding weights, another page.
      state.tenths = state.meta.weights;
      state.locked = state.meta.criteria.map((_, k) => Boolean(state.meta.locked[k]));
      history.start(state.tenths);
    }
    controls.build();
    map.build();
    takeRobustness();
    update();
  }

  /** Take over what Python says of the order, if it is about what is shown here. */
  function takeRobustness() {
    const told = /** @type {any} */ (globalThis).mantelRobustness;
    if (told?.cacheKey === state.meta.cache_key) state.robustness = told;
  }

  function heardRobustness() {
    if (!state.table) return;
    takeRobustness();
    update();
  }
  document.addEventListener(ROBUSTNESS, heardRobustness);

  function update() {
    panel.derived = derive(state);
    remembered.set(state.meta.cache_key, { pins: state.pins, expanded: state.expanded, aligned: state.aligned });
    controls.update();
    list.paint();
    map.update();
  }

  /** Let go of what outlives the panel's elements. */
  function dispose() {
    document.removeEventListener(ROBUSTNESS, heardRobustness);
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    list.dispose();
  }

  return { receive, dispose };
}
