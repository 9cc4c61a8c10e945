// The weight panel: sliders beside the ranked names. While a thumb moves, the browser itself ranks
// and repaints; on release the weights go to Python. Only the rows in sight exist in the page.

const ROW = 46;
const SPARE_ROWS = 3;
const panels = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let panel = panels.get(parentElement);
  if (!panel) {
    panel = createPanel(parentElement, setStateValue, setTriggerValue);
    panels.set(parentElement, panel);
  }
  panel.receive(data);
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function lockIcon() {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  for (const [tag, name, values] of [
    ["rect", "body", { x: 5, y: 11, width: 14, height: 9, rx: 1.5 }],
    ["path", "shackle-shut", { d: "M8 11V8a4 4 0 0 1 8 0v3" }],
    ["path", "shackle-open", { d: "M8 11V6a4 4 0 0 1 7.6-1.8" }],
  ]) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    shape.setAttribute("class", name);
    for (const [key, value] of Object.entries(values)) shape.setAttribute(key, value);
    icon.append(shape);
  }
  return icon;
}

function createPanel(root, setStateValue, setTriggerValue) {
  const host = root.querySelector(".panel");
  const controls = host.querySelector(".controls");
  const sliders = host.querySelector(".sliders");
  const scroller = host.querySelector(".scroller");
  const list = host.querySelector(".list");
  const band = host.querySelector(".band");
  const live = host.querySelector(".live");
  const officialButton = host.querySelector(".official");
  const rows = [];
  let meta, table, tenths, locked, rankWith, baseline, result, bounds, frame, timer, token;

  const format = (value, digits) => {
    const scale = 10 ** digits;
    const text = (Math.floor(value * scale + 1e-6) / scale).toFixed(digits);
    return meta.comma ? text.replace(".", ",") : text;
  };
  const shares = () => (tenths ? tenths.map((value) => value / 1000) : meta.official);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  function receive(data) {
    meta = data.meta;
    host.classList.toggle("readonly", meta.readonly);
    if (data.meta.token !== token) {
      token = data.meta.token;
      table = readTable(data);
      const ranker = makeRanker(table.parts, orderGroups(meta.rule, table.eligibility, table.box));
      baseline = ranker(meta.official).rank.slice();
      rankWith = ranker;
      tenths = meta.weights;
      locked = meta.parts.map(() => false);
      list.style.height = `${table.count * ROW}px`;
      scroller.scrollTop = 0;
    } else if (meta.revision !== host.dataset.revision) {
      tenths = meta.weights;
    }
    host.dataset.revision = meta.revision;
    drawControls();
    update();
  }

  function readTable(data) {
    const column = (name) => data.rows.getChild(name).toArray();
    const open = new Map();
    if (data.open) {
      const row = data.open.getChild("row").toArray();
      const bounds = meta.parts.map((_, k) => [
        data.open.getChild(`low${k}`).toArray(),
        data.open.getChild(`high${k}`).toArray(),
      ]);
      row.forEach((index, i) => open.set(index, bounds.map(([low, high]) => [low[i], high[i]])));
    }
    return {
      count: data.rows.numRows,
      parts: meta.parts.map((_, k) => column(`part${k}`)),
      eligibility: column("eligibility"),
      box: column("box"),
      unit: column("unit"),
      reason: column("reason"),
      name: data.rows.getChild("name"),
      open,
    };
  }

  function drawControls() {
    const text = meta.text;
    band.querySelector("b").textContent = text.simulation;
    band.querySelector("span").textContent = text.simulation_note;
    officialButton.textContent = text.official_button;
    host.querySelector(".rule").textContent = text.rule;
    host.querySelector(".order").textContent = text.order;
    host.querySelector(".sum-label").textContent = text.sum;
    scroller.setAttribute("aria-label", text.list);
    if (sliders.children.length !== meta.parts.length) {
      sliders.replaceChildren(...meta.parts.map(makeSlider));
    }
    meta.parts.forEach((part, k) => {
      const item = sliders.children[k];
      item.querySelector("label").textContent = part.name;
      item.querySelector("input").setAttribute("aria-label", part.name);
      item.querySelector("input").disabled = meta.readonly;
      const lock = item.querySelector("button");
      lock.disabled = meta.readonly;
      lock.setAttribute("aria-label", fill(text.lock, { name: part.name }));
      lock.title = fill(text.lock, { name: part.name });
    });
  }

  function makeSlider(part, k) {
    const item = element("div", "slider");
    const label = element("label");
    const input = element("input");
    input.type = "range";
    input.min = 0;
    input.max = 1000;
    input.step = 1;
    input.id = `weight-${part.key}`;
    label.htmlFor = input.id;
    const swatch = element("i", "swatch");
    swatch.style.background = part.color;
    item.style.setProperty("--part", part.color);
    const value = element("output", "value");
    const mark = element("span", "mark");
    mark.style.left = `calc(${meta.official[k]} * (100% - 18px) + 8px)`;
    const lock = element("button", "lock");
    lock.append(lockIcon());
    lock.type = "button";
    lock.setAttribute("aria-pressed", "false");
    const track = element("div", "track");
    track.append(mark, input);
    item.append(swatch, label, value, lock, track);
    input.addEventListener("input", () => move(k, Number(input.value)));
    input.addEventListener("change", () => commit(0));
    input.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[event.key];
      if (!step) return;
      event.preventDefault();
      const large = event.shiftKey && Math.abs(step) === 10 ? 5 : 1;
      move(k, current()[k] + step * large);
      commit(400);
    });
    lock.addEventListener("click", () => {
      locked[k] = !locked[k];
      update();
    });
    return item;
  }

  const current = () => tenths ?? toTenths(meta.official);

  function move(k, wanted) {
    tenths = redistribute(current(), k, wanted, locked);
    if (!frame) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        update();
      });
    }
  }

  // Python hears of the weights when the thumb is let go, or when the keys have been still a while.
  function commit(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      setStateValue("weights", tenths);
      announce();
    }, delay);
  }

  function announce() {
    const first = [];
    for (let i = 0; i < Math.min(3, table.count); i++) {
      const row = result.order[i];
      if (result.rank[row]) first.push(`${result.rank[row]}. ${table.name.get(row)}`);
    }
    live.textContent = first.join("; ");
  }

  officialButton.addEventListener("click", () => {
    tenths = null;
    locked = meta.parts.map(() => false);
    update();
    commit(0);
  });
  scroller.addEventListener("scroll", () => paintRows(), { passive: true });

  function update() {
    const weights = shares();
    result = rankWith(weights);
    bounds = openBounds(weights);
    const simulated = tenths !== null && tenths.some((value, k) => Math.abs(value / 1000 - meta.official[k]) > 1e-12);
    host.classList.toggle("simulated", simulated);
    officialButton.disabled = meta.readonly || !simulated;
    weights.forEach((weight, k) => {
      const item = sliders.children[k];
      const input = item.querySelector("input");
      const value = String(Math.round(weight * 1000));
      if (input.value !== value) input.value = value;
      input.style.setProperty("--fill", `calc(${weight} * (100% - 18px) + 9px)`);
      const shown = `${format(weight * 100, 1)} %`;
      item.querySelector("output").textContent = shown;
      input.setAttribute("aria-valuetext", shown);
      const lock = item.querySelector("button");
      lock.setAttribute("aria-pressed", String(locked[k]));
    });
    host.querySelector(".sum-value").textContent = `${format(100, 1)} %`;
    paintRows();
  }

  // Low and high of everyone with a missing part, under the present weights.
  function openBounds(weights) {
    const found = new Map();
    for (const [i, ends] of table.open) {
      let low = 0;
      let high = 0;
      weights.forEach((weight, k) => {
        const value = table.parts[k][i];
        low += weight * (Number.isNaN(value) ? ends[k][0] : value);
        high += weight * (Number.isNaN(value) ? ends[k][1] : value);
      });
      if (Number.isNaN(result.score[i])) found.set(i, [low, high]);
    }
    return found;
  }

  function makeRow() {
    const node = element("div", "row");
    node.setAttribute("role", "listitem");
    const parts = {};
    for (const name of ["rank", "moved", "who", "bars", "score", "box"]) {
      parts[name] = element("div", name);
      node.append(parts[name]);
    }
    parts.name = element("button", "name");
    parts.name.type = "button";
    parts.name.addEventListener("click", () => setTriggerValue("opened", parts.index));
    parts.under = element("div", "under");
    parts.who.append(parts.name, parts.under);
    parts.bars.setAttribute("aria-hidden", "true");
    parts.segments = meta.parts.map((part) => {
      const segment = element("i");
      segment.style.background = part.color;
      parts.bars.append(segment);
      return segment;
    });
    parts.openEnd = element("i", "open");
    parts.bars.append(parts.openEnd);
    list.append(node);
    return { node, parts };
  }

  function paintRows() {
    const visible = Math.ceil(scroller.clientHeight / ROW) + SPARE_ROWS;
    while (rows.length < Math.min(visible, table.count)) rows.push(makeRow());
    const first = Math.max(0, Math.min(Math.floor(scroller.scrollTop / ROW), table.count - rows.length));
    const weights = shares();
    rows.forEach((row, offset) => {
      const place = first + offset;
      row.node.hidden = place >= table.count;
      if (!row.node.hidden) paintRow(row, place, weights);
    });
  }

  function paintRow({ node, parts }, place, weights) {
    const i = result.order[place];
    const rank = result.rank[i];
    const text = meta.text;
    parts.index = i;
    const tied =
      rank > 0 &&
      [place - 1, place + 1].some((p) => p >= 0 && p < table.count && result.rank[result.order[p]] === rank);
    node.style.transform = `translateY(${place * ROW}px)`;
    node.classList.toggle("cut", place === 2 && table.count > 3);
    node.setAttribute("aria-posinset", place + 1);
    node.setAttribute("aria-setsize", table.count);
    node.dataset.eligibility = table.eligibility[i];
    parts.rank.textContent = rank ? (tied ? `=${rank}` : rank) : "–";
    parts.rank.title = tied ? text.tied : "";
    const moved = rank && baseline[i] ? baseline[i] - rank : 0;
    parts.moved.textContent = moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : "";
    parts.moved.className = `moved ${moved > 0 ? "up" : moved < 0 ? "down" : ""}`;
    parts.name.textContent = table.name.get(i);
    parts.name.title = text.explain;
    const reason = meta.reasons[table.reason[i]];
    const flag = text.answers[table.eligibility[i]];
    parts.under.textContent = table.eligibility[i] ? `${flag}: ${reason}` : meta.units[table.unit[i]];
    parts.under.title = parts.under.textContent;
    const open = table.open.get(i);
    let low = 0;
    let high = 0;
    weights.forEach((weight, k) => {
      const value = table.parts[k][i];
      const known = Number.isNaN(value) ? open[k][0] : value;
      low += known * weight;
      high += (Number.isNaN(value) ? open[k][1] : value) * weight;
      parts.segments[k].style.width = `${known * weight}%`;
    });
    parts.openEnd.style.width = `${high - low}%`;
    const scored = !Number.isNaN(result.score[i]);
    parts.score.textContent = scored ? format(result.score[i], 2) : `${format(low, 1)}–${format(high, 1)}`;
    parts.score.classList.toggle("interval", !scored);
    const alike = inseparable(result.score, bounds, i);
    const told = alike ? fill(text.inseparable, { count: alike }) : "";
    parts.score.title = [scored ? "" : text.interval, told].filter(Boolean).join("; ");
    parts.score.classList.toggle("alike", alike > 0);
    parts.box.textContent = table.box[i] || "–";
    parts.box.title = table.box[i] ? fill(text.box, { box: table.box[i] }) : text.not_assessed;
    parts.box.dataset.zone = table.box[i] >= 7 ? "pool" : table.box[i] >= 4 ? "steady" : table.box[i] ? "attention" : "none";
    node.setAttribute(
      "aria-label",
      fill(text.row, {
        rank: rank || "–",
        name: table.name.get(i),
        score: parts.score.textContent,
        box: parts.box.textContent,
        state: `${flag}${table.eligibility[i] ? `: ${reason}` : ""}`,
        moved: moved > 0 ? fill(text.up, { count: moved }) : moved < 0 ? fill(text.down, { count: -moved }) : "",
      }),
    );
  }

  return { receive };
}
