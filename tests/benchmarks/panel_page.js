// The weight panel without a server: the component's own files with invented rows, and a stopwatch
// from the input event to the frame that shows it. The same rows for the other program.
function inventedRows(people, parts) {
  let state = 411;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const columns = { name: Array.from({ length: people }, (_, i) => `Nama Rekaan ${i}`) };
  for (let k = 0; k < parts; k++) columns[`value${k}`] = Float64Array.from({ length: people }, () => random() * 100);
  for (const key of ["eligibility", "box", "unit", "reason"]) columns[key] = new Int32Array(people);
  columns.eligibility = columns.eligibility.map(() => Math.floor(random() * 3));
  columns.box = columns.box.map(() => 1 + Math.floor(random() * 9));
  return columns;
}

function startPanel(html, css, people, parts) {
  const columns = inventedRows(people, parts);
  const values = new Float64Array(people * parts);
  const offsets = {};
  for (let k = 0; k < parts; k++) {
    values.set(columns[`value${k}`], k * people);
    columns[`part${k}`] = Int32Array.from({ length: people }, (_, i) => i);
    columns[`measure${k}`] = columns[`part${k}`];
    offsets[`part${k}`] = offsets[`measure${k}`] = k * people;
  }
  const frame = (held, count) => ({ numRows: count, getChild: (key) => ({ toArray: () => held[key], get: (i) => held[key][i] }) });
  const text = new Proxy(
    { answers: ["a", "b", "c"], heads: Array(8).fill("") },
    { get: (known, key) => known[key] ?? "{rank} {name} {score} {box} {state}" },
  );
  const meta = {
    token: "bench", push: "1", rule: "score", units: ["Unit"], reasons: [""], comma: true, readonly: false, weights: null, text, offsets,
    parts: Array.from({ length: parts }, (_, k) => ({
      key: `p${k}`, name: `Kriteria ${k}`, color: "#0072B2", ink: "#fff", column: `part${k}`,
      measures: [{ name: "x", share: 1, column: `measure${k}` }],
    })),
    official: Array.from({ length: parts }, () => 1 / parts),
  };
  const host = document.getElementById("host");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style>${html}`;
  const data = { rows: frame(columns, people), values: frame({ value: values }, values.length), meta };
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
function startLineUp(people, parts) {
  const columns = inventedRows(people, parts);
  const rows = columns.name.map((name, i) => {
    const row = { name };
    for (let k = 0; k < parts; k++) row[`p${k}`] = columns[`value${k}`][i];
    return row;
  });
  const keys = Array.from({ length: parts }, (_, k) => `p${k}`);
  const builder = LineUpJS.builder(rows).column(LineUpJS.buildStringColumn("name"));
  for (const key of keys) builder.column(LineUpJS.buildNumberColumn(key, [0, 100]));
  const sum = keys.flatMap((key) => [key, 1 / parts]);
  const order = LineUpJS.buildRanking().supportTypes().column("name").weightedSum(...sum);
  window.lineup = builder.ranking(order).animated(false).sidePanel(false).build(document.getElementById("host"));
  const ranking = window.lineup.data.getFirstRanking();
  window.stack = ranking.children.find((column) => column.desc.type === "stack");
  window.stack.sortByMe(false);
  window.latencies = [];
}

function stepLineUp(share, parts) {
  return new Promise((done) => {
    const began = performance.now();
    const weights = Array.from({ length: parts }, (_, k) => (k ? (1 - share) / (parts - 1) : share));
    const ranking = window.lineup.data.getFirstRanking();
    ranking.on("orderChanged.bench", () => {
      ranking.on("orderChanged.bench", null);
      painted(began);
      requestAnimationFrame(() => setTimeout(done, 0));
    });
    window.stack.setWeights(weights);
  });
}
