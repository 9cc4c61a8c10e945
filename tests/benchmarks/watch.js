// Remember when a link was clicked and when the screen last changed after it.
() => {
  window.clicked = 0;
  window.lastChange = 0;
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")) window.clicked = window.lastChange = performance.now();
  }, true);
  const changed = () => requestAnimationFrame(() => {
    window.lastChange = performance.now();
  });
  const seen = new WeakSet();
  const watch = (root) => {
    if (seen.has(root)) return;
    seen.add(root);
    new MutationObserver((records) => {
      // Only what can be seen: not the table that a canvas carries for screen readers.
      if (records.some((record) => !record.target.parentElement?.closest("canvas") && record.target.tagName !== "CANVAS")) changed();
      root.querySelectorAll("*").forEach((node) => node.shadowRoot && watch(node.shadowRoot));
    }).observe(root, { subtree: true, childList: true, characterData: true });
  };
  watch(document.body);
  // Canvases change without a trace in the document; their drawing calls are counted instead.
  for (const name of ["fillText", "fillRect", "fill", "stroke", "drawImage"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...words) {
      window.lastChange = performance.now();
      return draw.apply(this, words);
    };
  }
}
