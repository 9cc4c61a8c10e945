// What Python says of the order, handed to the panel. A component of its own, because the panel's rows
// are large and stay the same, while this is small and comes after each release.

/** @param {{ data: any }} component */
export default function ({ data }) {
  /** @returns {ArrayLike<number>} */
  const read = (key) => (data.shares ? data.shares.getChild(key).toArray() : []);
  const rows = read("row");
  const three = read("three");
  const first = read("first");
  /** @type {any} */ (globalThis).mantelRobustness = {
    cacheKey: data.meta.cache_key,
    weights: data.meta.weights,
    intervals: data.meta.intervals,
    influence: data.meta.influence,
    byGroup: data.meta.by_group,
    pairs: data.meta.pairs,
    verdict: data.meta.verdict,
    three: new Map(Array.from(rows, (row, i) => [row, three[i]])),
    first: new Map(Array.from(rows, (row, i) => [row, first[i]])),
  };
  document.dispatchEvent(new CustomEvent("mantel:robustness"));
}
