// The weight panel without a server: the component's own files with invented rows, and a stopwatch
// from the input event to the frame that shows it. The same rows for the other program.
function inventedRows(people, criteria) {
  let state = 411;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const columns = { name: Array.from({ length: people }, (_, i) => `Nama Rekaan ${i}`) };
  for (let k = 0; k < criteria; k++) columns[`value${k}`] = Float64Array.from({ length: people }, () => random() * 100);
  for (const key of ["eligibility", "box", "unit", "reason"]) columns[key] = new Int32Array(people);
  columns.eligibility = columns.eligibility.map(() => Math.floor(random() * 3));
  columns.box = columns.box.map(() => 1 + Math.floor(random() * 9));
  columns.possible = columns.box.map((box) => 1 << (box - 1));
  return columns;
}

function startPanel(html, css, people, criteria) {
  const columns = inventedRows(people, criteria);
  const values = new Float64Array(people * criteria);
  const offsets = {};
  for (let k = 0; k < criteria; k++) {
    values.set(columns[`value${k}`], k * people);
    columns[`criterion${k}`] = Int32Array.from({ length: people }, (_, i) => i);
    columns[`measure${k}`] = columns[`criterion${k}`];
    offsets[`criterion${k}`] = offsets[`measure${k}`] = k * people;
  }
  const frame = (held, count) => ({ numRows: count, getChild: (key) => ({ toArray: () => held[key], get: (i) => held[key][i] }) });
  const text = new Proxy(
    { answers: ["a", "b", "c"], heads: Array(8).fill("") },
    { get: (known, key) => known[key] ?? "{rank} {name} {score} {box} {state}" },
  );
  const meta = {
    cache_key: "bench", start_id: "1", rule: "score", comma: true, readonly: false, weights: null, locked: Array(criteria).fill(false), text, offsets,
    criteria: Array.from({ length: criteria }, (_, k) => ({
      key: `p${k}`, name: `Kriteria ${k}`, color: "#0072B2", ink: "#fff", column: `criterion${k}`,
      measures: [{ name: "x", share: 1, column: `measure${k}` }],
    })),
    official: Array.from({ length: criteria }, () => 1 / criteria),
  };
  const host = document.getElementById("host");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style>${html}`;
  // Words as Python sends them: each text a list of codes.
  const words = ["Unit", "", "Nama", "Rekaan", ...columns.name.map((_, i) => String(i))];
  const texts = {
    words: frame({ text: words }, words.length),
    units: frame({ text: [[0]] }, 1),
    reasons: frame({ text: [[1]] }, 1),
    names: frame({ text: columns.name.map((_, i) => [2, 3, 4 + i]) }, people),
  };
  const data = { rows: frame(columns, people), values: frame({ value: values }, values.length), meta, ...texts };
  mountPanel({ parentElement: root, data, setStateValue: () => {}, setTriggerValue: () => {} });
  window.latencies = [];
  root.addEventListener("input", (event) => painted(event.timeStamp), true);
}

// A task queued in the frame runs after the frame was painted.
function painted(began) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.latencies.push(performance.now() - began);
    channel.port2.postMessage(0);
  });
}

// LineUp with the same rows and one weighted-sum column that it sorts by; a step sets its weights.
function startLineUp(people, criteria) {
  const columns = inventedRows(people, criteria);
  const rows = columns.name.map((name, i) => {
    const row = { name };
    for (let k = 0; k < criteria; k++) row[`p${k}`] = columns[`value${k}`][i];
    return row;
  });
  const keys = Array.from({ length: criteria }, (_, k) => `p${k}`);
  const builder = LineUpJS.builder(rows).column(LineUpJS.buildStringColumn("name"));
  for (const key of keys) builder.column(LineUpJS.buildNumberColumn(key, [0, 100]));
  const sum = keys.flatMap((key) => [key, 1 / criteria]);
  const order = LineUpJS.buildRanking().supportTypes().column("name").weightedSum(...sum);
  window.lineup = builder.ranking(order).animated(false).sidePanel(false).build(document.getElementById("host"));
  const ranking = window.lineup.data.getFirstRanking();
  window.stack = ranking.children.find((column) => column.desc.type === "stack");
  window.stack.sortByMe(false);
  window.latencies = [];
}

function stepLineUp(share, criteria) {
  return new Promise((done) => {
    const began = performance.now();
    const weights = Array.from({ length: criteria }, (_, k) => (k ? (1 - share) / (criteria - 1) : share));
    const ranking = window.lineup.data.getFirstRanking();
    ranking.on("orderChanged.bench", () => {
      ranking.on("orderChanged.bench", null);
      painted(began);
      requestAnimationFrame(() => setTimeout(done, 0));
    });
    window.stack.setWeights(weights);
  });
}
