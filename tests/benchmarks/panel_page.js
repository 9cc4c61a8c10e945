// The weight panel without a server: the component's own files with invented rows, and a stopwatch
// from the input event to the frame that shows it.
function startPanel(html, css, people, parts) {
  let state = 411;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const columns = { name: Array.from({ length: people }, (_, i) => `Nama Rekaan ${i}`) };
  for (let k = 0; k < parts; k++) columns[`part${k}`] = Float64Array.from({ length: people }, () => random() * 100);
  for (const name of ["eligibility", "box", "unit", "reason"]) columns[name] = new Int32Array(people);
  columns.eligibility = columns.eligibility.map(() => Math.floor(random() * 3));
  columns.box = columns.box.map(() => 1 + Math.floor(random() * 9));
  const rows = { numRows: people, getChild: (name) => ({ toArray: () => columns[name], get: (i) => columns[name][i] }) };
  const text = new Proxy({ answers: ["a", "b", "c"] }, { get: (known, key) => known[key] ?? "{rank} {name} {score} {box} {state} {moved}" });
  const meta = {
    token: "bench", revision: "1", rule: "score", units: ["Unit"], reasons: [""], comma: true, readonly: false, weights: null, text,
    parts: Array.from({ length: parts }, (_, k) => ({ key: `p${k}`, name: `Kriteria ${k}`, color: "#0072B2" })),
    official: Array.from({ length: parts }, () => 1 / parts),
  };
  const host = document.getElementById("host");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style>${html}`;
  mountPanel({ parentElement: root, data: { rows, meta }, setStateValue: () => {} });
  window.latencies = [];
  root.addEventListener("input", (event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      // A task queued in the frame runs after the frame was painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.latencies.push(performance.now() - began);
      channel.port2.postMessage(0);
    });
  }, true);
}
