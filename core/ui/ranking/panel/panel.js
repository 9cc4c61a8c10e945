// The weight panel: sliders beside the ranked names. While a thumb moves, the browser itself ranks
// and repaints; on release the weights go to Python, which answers with the truth and with how firm it is.

const panels = new WeakMap();
// What somebody had watched, split and lined up, by the data shown: a page that comes back shows it again.
const remembered = new Map();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let panel = panels.get(parentElement);
  if (!panel) {
    panel = createPanel(parentElement, setStateValue, setTriggerValue);
    panels.set(parentElement, panel);
  }
  panel.receive(data);
}

/** Undo and redo of weights: what was let go of, one after the other. */
function makeHistory() {
  let past = [];
  let at = 0;
  return {
    start: (value) => {
      past = [value];
      at = 0;
    },
    add: (value) => {
      if (JSON.stringify(value) === JSON.stringify(past[at])) return;
      past = [...past.slice(0, at + 1), value].slice(-100);
      at = past.length - 1;
    },
    canUndo: () => at > 0,
    canRedo: () => at < past.length - 1,
    undo: () => past[(at = Math.max(0, at - 1))],
    redo: () => past[(at = Math.min(past.length - 1, at + 1))],
  };
}

function createPanel(root, setStateValue, setTriggerValue) {
  const host = root.querySelector(".panel");
  // What is shown: tenths are null under the official weights; firm is what Python last said of the order.
  const state = { history: makeHistory(), pins: [], expanded: [], aligned: -1, robustness: null, locked: [], tenths: null };
  let frame, timer, cacheKey, startId, ranker;
  let moving = -1; // the criterion under the thumb

  const actions = {
    current: () => state.tenths ?? toTenths(state.meta.official),
    redraw: update,
    move(k, wanted) {
      state.tenths = redistribute(actions.current(), k, wanted, state.locked);
      moving = k;
      later();
    },
    trade(from, k, change) {
      state.tenths = trade(from, k, change, state.locked);
      moving = -1;
      later();
    },
    commit(delay) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        state.history.add(state.tenths);
        moving = -1;
        tell();
      }, delay);
    },
    official() {
      state.locked = state.meta.criteria.map(() => false);
      set(null);
      state.history.add(null);
      tell();
    },
    undo() {
      if (!state.history.canUndo() || state.meta.readonly) return;
      set(state.history.undo());
      tell();
    },
    redo() {
      if (!state.history.canRedo() || state.meta.readonly) return;
      set(state.history.redo());
      tell();
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
      if (pins.includes(person)) state.pins = pins.filter((one) => one !== person);
      else if (pins.length < MOST_PINS) state.pins = [...pins, person];
      else return controls.refuse(fill(state.meta.text.most_pins, { count: MOST_PINS }));
      controls.refuse("");
      update();
    },
    open: (person) => setTriggerValue("opened", person),
  };
  const controls = makeControls(host, state, actions);
  const list = makeList(host, state, actions);

  function set(tenths) {
    state.tenths = tenths;
    moving = -1;
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
  function tell() {
    update();
    list.announce();
    setStateValue("weights", { start_id: startId, tenths: state.tenths, locked: state.locked.map(Boolean) });
  }

  function receive(data) {
    state.meta = data.meta;
    state.format = formatter(data.meta.comma);
    host.classList.toggle("readonly", state.meta.readonly);
    const { text } = state.meta;
    host.querySelector(".band b").textContent = text.simulation;
    host.querySelector(".band span").textContent = text.simulation_note;
    if (data.meta.cache_key !== cacheKey) {
      cacheKey = data.meta.cache_key;
      state.table = readTable(data);
      ranker = makeRanker(state.table.criteria, orderGroups(state.meta.rule, state.table.eligibility, state.table.box));
      state.baseline = ranker(state.meta.official).rank.slice();
      const kept = remembered.get(cacheKey);
      state.expanded = kept?.expanded ?? state.meta.criteria.map(() => false);
      state.pins = kept?.pins ?? [];
      state.aligned = kept?.aligned ?? -1;
      state.locked = state.meta.locked ?? state.meta.criteria.map(() => false);
      state.robustness = null;
      list.reset();
    }
    if (startId !== state.meta.start_id) {
      // Weights from elsewhere: a link, a scenario, a way of finding weights.
      startId = state.meta.start_id;
      state.tenths = state.meta.weights;
      state.history.start(state.tenths);
    }
    controls.build();
    takeRobustness(globalThis.mantelRobustness);
    update();
  }

  /** Take over what Python says of the order, if it is about what is shown here. */
  function takeRobustness(said) {
    if (!said || robustness.cacheKey !== cacheKey) return;
    state.robustness = said;
  }

  document.addEventListener("mantel:robustness", () => {
    if (!host.isConnected || !state.table) return;
    takeRobustness(globalThis.mantelRobustness);
    update();
  });

  function readTable(data) {
    const column = (frame, key) => frame.getChild(key).toArray();
    const { meta } = state;
    // Columns of few different values travel as codes into one list of values.
    const values = column(data.values, "value");
    const decode = (key) => {
      const codes = column(data.rows, key);
      const decoded = new Float64Array(codes.length);
      const offset = meta.offsets[key];
      for (let i = 0; i < codes.length; i++) decoded[i] = values[offset + codes[i]];
      return decoded;
    };
    const open = new Map();
    if (data.open) {
      const [row, criterion, low, high] = ["row", "criterion", "low", "high"].map((key) => column(data.open, key));
      row.forEach((person, i) => {
        if (!open.has(person)) open.set(person, {});
        open.get(person)[criterion[i]] = [low[i], high[i]];
      });
    }
    return {
      count: data.rows.numRows,
      criteria: meta.criteria.map((criterion) => decode(criterion.column)),
      measures: Object.fromEntries(meta.criteria.flatMap((criterion) => criterion.measures.map(({ column: key }) => [key, decode(key)]))),
      eligibility: column(data.rows, "eligibility"),
      box: column(data.rows, "box"),
      unit: column(data.rows, "unit"),
      reason: column(data.rows, "reason"),
      name: data.rows.getChild("name"),
      open,
    };
  }

  function update() {
    const { meta, tenths } = state;
    const weights = (state.weights = tenths ? tenths.map((value) => value / 1000) : meta.official);
    state.result = ranker(weights);
    state.bounds = openBounds(state.table, state.result.score, weights);
    const simulated = tenths !== null && tenths.some((value, k) => Math.abs(value / 1000 - meta.official[k]) > 1e-12);
    if (state.robustness) state.robustness.stale = state.robustness.weights.some((value, k) => Math.abs(value - weights[k]) > 1e-9);
    remembered.set(cacheKey, { pins: state.pins, expanded: state.expanded, aligned: state.aligned });
    controls.update(weights, simulated, moving);
    list.paint();
  }

  return { receive };
}

/** Low and high of everyone with a missing criterion, under some weights. */
function openBounds(table, score, weights) {
  const found = new Map();
  for (const [i, ends] of table.open) {
    if (!Number.isNaN(score[i])) continue;
    let low = 0;
    let high = 0;
    weights.forEach((weight, k) => {
      const value = table.criteria[k][i];
      low += weight * (Number.isNaN(value) ? ends[k][0] : value);
      high += weight * (Number.isNaN(value) ? ends[k][1] : value);
    });
    found.set(i, [low, high]);
  }
  return found;
}
