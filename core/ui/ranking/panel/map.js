// Two weights at once: a map of all shares of two criteria, the others in proportion, with the region where the
// first three stay; the present point can be dragged in it.

import { element, find, mark, write } from "./dom.js";
import { fill, percent } from "./format.js";
import { readFirstThree } from "./ranking.js";

const CELLS = 50; // steps of 2 % each way
const SIZE = 300;
const SAME = [11, 92, 173];
const SHADES = [[233, 236, 239], [215, 224, 234], [176, 202, 229], SAME]; // how many of the three are the same

/** @param {HTMLElement} host @param {any} panel @param {any} actions */
export function makeMap(host, panel, actions) {
  const details = find(host, ".map");
  const summary = find(host, ".map summary");
  const canvas = /** @type {HTMLCanvasElement} */ (find(host, ".map canvas"));
  const chosen = ["x", "y"].map((axis) => /** @type {HTMLSelectElement} */ (find(host, `.map select.${axis}`)));
  const said = find(host, ".map .said");
  const names = ["x", "y"].map((axis) => find(host, `.map label.${axis}`));
  canvas.width = canvas.height = SIZE;
  const small = document.createElement("canvas");
  small.width = small.height = CELLS + 1;
  const picture = new ImageData(CELLS + 1, CELLS + 1);
  /** Sets of first three by cell, as numbers into "sets"; what they were made for. */
  let cells = null;
  let made = "";
  /** Proportions of the other criteria, kept while they all weigh nothing. @type {number[]} */
  let others = [];
  let dragged = null;

  const axes = () => chosen.map((select) => Number(select.value));

  /** Build the choices anew when the criteria are others. */
  function build() {
    const { meta } = panel.state;
    const keys = meta.criteria.map((criterion) => criterion.key).join();
    details.hidden = meta.criteria.length < 3;
    write(summary, meta.text.map);
    names.forEach((label, n) => write(find(label, "span"), [meta.text.map_x, meta.text.map_y][n]));
    mark(canvas, "aria-label", meta.text.map_keys);
    if (details.dataset.keys === keys) return;
    details.dataset.keys = keys;
    made = "";
    chosen.forEach((select, n) => {
      select.replaceChildren(
        ...meta.criteria.map((criterion, k) => {
          const option = element("option", "", criterion.name);
          option.value = String(k);
          return option;
        }),
      );
      select.value = String(n);
    });
  }

  chosen.forEach((select, n) =>
    select.addEventListener("change", () => {
      const other = chosen[1 - n];
      if (select.value === other.value) {
        const free = panel.state.meta.criteria.findIndex((_, k) => String(k) !== select.value);
        other.value = String(free);
      }
      update();
    }),
  );
  details.addEventListener("toggle", () => update());

  /** Compute which three are first in every cell; only when something but the point itself is another. */
  function compute() {
    const { state } = panel;
    const tenths = actions.current();
    const [x, y] = axes();
    const rest = tenths.map((value, k) => (k === x || k === y || state.locked[k] ? 0 : value));
    if (rest.some((value) => value > 0) || others.length !== tenths.length) others = rest;
    const held = tenths.map((value, k) => (state.locked[k] && k !== x && k !== y ? value : 0));
    const total = others.reduce((sum, value) => sum + value, 0);
    const shares = others.map((value) => (total ? Math.round((value / total) * 1e6) : 0));
    const key = [state.meta.cache_key, x, y, shares, held].join("|");
    if (key === made) return;
    made = key;
    cells = readFirstThree(state.table, state.groups, { x, y, shares: others, held, cells: CELLS });
  }

  function draw() {
    const { state, derived, format } = panel;
    const context = canvas.getContext("2d");
    const tenths = actions.current();
    const [x, y] = axes();
    const cell = SIZE / (CELLS + 1);
    const point = [tenths[x], tenths[y]].map((value) => Math.min(CELLS, Math.round((value / 1000) * CELLS)));
    const here = firstThree(derived.ranking);
    // A set's colour once, then one pixel a cell: thousands of rectangles would cost a frame.
    const shades = cells.sets.map((set) => {
      const common = set.filter((row) => here.includes(row)).length;
      return common === here.length ? SAME : SHADES[Math.min(2, common)];
    });
    let same = 0;
    let all = 0;
    const pixels = picture.data;
    pixels.fill(0);
    for (let i = 0; i <= CELLS; i++) {
      for (let j = 0; i + j <= CELLS; j++) {
        const shade = shades[cells.at[i * (CELLS + 1) + j]];
        if (!shade) continue;
        all++;
        if (shade === SAME) same++;
        const at = 4 * ((CELLS - j) * (CELLS + 1) + i);
        pixels[at] = shade[0];
        pixels[at + 1] = shade[1];
        pixels[at + 2] = shade[2];
        pixels[at + 3] = 255;
      }
    }
    small.getContext("2d").putImageData(picture, 0, 0);
    context.clearRect(0, 0, SIZE, SIZE);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, SIZE, SIZE);
    const [px, py] = [(point[0] + 0.5) * cell, SIZE - (point[1] + 0.5) * cell];
    context.beginPath();
    context.arc(Math.min(px, SIZE - 6), Math.max(py, 6), 7, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = "#1d2329";
    context.stroke();
    const { meta } = state;
    write(
      said,
      fill(meta.text.map_said, {
        x: meta.criteria[x].name,
        xs: format(tenths[x] / 10, 1),
        y: meta.criteria[y].name,
        ys: format(tenths[y] / 10, 1),
        share: percent(all ? same / all : 0, format),
      }),
    );
  }

  /** Draw the map as it is now; the cells wait while another thumb moves. */
  function update() {
    if (!details.open || !panel.derived || details.hidden) return;
    if (!cells || (panel.state.moving < 0 && !dragged)) compute();
    draw();
  }

  function pointed(event) {
    const box = canvas.getBoundingClientRect();
    const [x, y] = axes();
    const wanted = [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    actions.spread(dragged, others, x, Math.round(wanted[0] * 1000), y, Math.round(wanted[1] * 1000));
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (panel.state.meta.readonly) return;
    canvas.setPointerCapture(event.pointerId);
    dragged = actions.current().slice();
    pointed(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (dragged) pointed(event);
  });
  const end = () => {
    if (dragged) actions.commit(0);
    dragged = null;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [10, 0], ArrowLeft: [-10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] }[event.key];
    if (!step || panel.state.meta.readonly) return;
    event.preventDefault();
    const [x, y] = axes();
    const now = actions.current().slice();
    actions.spread(now, others, x, now[x] + step[0], y, now[y] + step[1]);
    actions.commit(400);
  });

  return { build, update };
}

/** The first three rows that have a place; who has none ends each group and is passed over. */
function firstThree(ranking) {
  const found = [];
  for (let place = 0; place < ranking.order.length && found.length < 3; place++)
    if (ranking.rank[ranking.order[place]] > 0) found.push(ranking.order[place]);
  return found;
}
