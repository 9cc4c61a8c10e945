// What the panel knows and what follows from it. Nothing here touches the page.

import { inseparable } from "./ranking.js";

/** @typedef {{ key: string, name: string, share: number, column: string }} Measure */
/** @typedef {{ key: string, name: string, color: string, ink: string, column: string, measures: Measure[] }} Criterion */
/**
 * What Python sends beside the rows; weights and locked are where the panel starts.
 * @typedef {{ cache_key: string, start_id: string, criteria: Criterion[], official: number[], weights: number[] | null,
 *   locked: boolean[], rule: string, text: Record<string, any>, comma: boolean, readonly: boolean,
 *   offsets: Record<string, number> }} Meta
 */
/** A column of texts. @typedef {{ get(row: number): string }} Texts */
/**
 * The rows as columns: one entry a person; open holds low and high of each missing criterion by person.
 * @typedef {{ count: number, criteria: Float64Array[], measures: Record<string, Float64Array>, eligibility: ArrayLike<number>,
 *   box: ArrayLike<number>, possible: ArrayLike<number>, unit: ArrayLike<number>, reason: ArrayLike<number>, name: Texts,
 *   units: Texts, reasons: Texts,
 *   open: Map<number, Record<number, [number, number]>> }} Table
 */
/**
 * What Python last said of an order: shares by person, intervals by criterion, the verdict in words.
 * @typedef {{ cacheKey: string, weights: number[], intervals: [number, number][],
 *   influence: { rank: number[], first: number[] }, byGroup: number, pairs: number, verdict: string[],
 *   three: Map<number, number>, first: Map<number, number> }} Robustness
 */
/** @typedef {{ order: Int32Array, rank: Int32Array, score: Float64Array }} Ranking */
/**
 * All that somebody can change or that was sent; tenths are null under the official weights, aligned is -1 for none.
 * @typedef {{ meta: Meta, table: Table, groups: Float64Array, meeting: Int32Array, baseline: Int32Array, ranker: (weights: number[]) => Ranking,
 *   tenths: number[] | null, locked: boolean[], pins: number[], expanded: boolean[], aligned: number, moving: number,
 *   robustness: Robustness | null }} State
 */
/**
 * What is drawn: all of it follows from the state.
 * @typedef {{ weights: number[], ranking: Ranking, bounds: Map<number, [number, number]>, simulated: boolean, stale: boolean }} Derived
 */

/** What the panel shows under its present weights. @param {State} state @returns {Derived} */
export function derive(state) {
  const { meta, tenths, robustness } = state;
  const weights = tenths ? tenths.map((value) => value / 1000) : meta.official;
  const ranking = state.ranker(weights);
  const simulated = tenths !== null && tenths.some((value, k) => Math.abs(value / 1000 - meta.official[k]) > 1e-12);
  const stale = robustness !== null && robustness.weights.some((value, k) => Math.abs(value - weights[k]) > 1e-9);
  return { weights, ranking, bounds: openBounds(state.table, ranking.score, weights), simulated, stale };
}

/** How many places a person has gained against the official weights; 0 without a rank. @param {State} state @param {Derived} derived @param {number} person */
export function movedOf(state, derived, person) {
  const rank = derived.ranking.rank[person];
  return rank && state.baseline[person] ? state.baseline[person] - rank : 0;
}

/** How many others missing records could still put before or behind a person. @param {State} state @param {Derived} derived @param {number} person */
export const alikeOf = (state, derived, person) => inseparable(derived.ranking.score, derived.bounds, state.meeting, person);

/** Value, low and high of each criterion of a person; low and high are the value where it is known. @param {Table} table @param {number} person */
export function criteriaOf(table, person) {
  const open = table.open.get(person);
  return table.criteria.map((column, k) => {
    const value = column[person];
    if (!Number.isNaN(value)) return { value, low: value, high: value };
    const [low, high] = open?.[k] ?? [0, 100];
    return { value, low, high };
  });
}

/**
 * Low and high of everyone with a missing criterion that carries weight, under some weights.
 * @param {Table} table @param {ArrayLike<number>} score @param {number[]} weights @returns {Map<number, [number, number]>}
 */
export function openBounds(table, score, weights) {
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

/** A column of codes into one list of values. @param {ArrayLike<number>} codes @param {ArrayLike<number>} values @param {number} offset */
export function decodeColumn(codes, values, offset) {
  const decoded = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) decoded[i] = values[offset + codes[i]];
  return decoded;
}

/** Texts sent as lists of codes into one list of words, put together when asked for. @param {any} frame @param {any} words @returns {Texts} */
function readTexts(frame, words) {
  const texts = frame.getChild("text");
  const text = words.getChild("text");
  return { get: (row) => Array.from(texts.get(row), (code) => text.get(code)).join(" ") };
}

/** The rows as Python sends them: Arrow frames of rows, of values and of open intervals. @param {any} data @param {Meta} meta @returns {Table} */
export function readTable(data, meta) {
  const column = (frame, key) => frame.getChild(key).toArray();
  // Columns of few different values travel as codes into one list of values.
  const values = column(data.values, "value");
  const decode = (key) => decodeColumn(column(data.rows, key), values, meta.offsets[key]);
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
    measures: Object.fromEntries(meta.criteria.flatMap(({ measures }) => measures.map(({ column: key }) => [key, decode(key)]))),
    eligibility: column(data.rows, "eligibility"),
    box: column(data.rows, "box"),
    possible: column(data.rows, "possible"),
    unit: column(data.rows, "unit"),
    reason: column(data.rows, "reason"),
    name: readTexts(data.names, data.words),
    units: readTexts(data.units, data.words),
    reasons: readTexts(data.reasons, data.words),
    open,
  };
}

/** Undo and redo: what was let go of, one after the other, the last hundred. */
export function makeHistory() {
  /** @type {any[]} */
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
