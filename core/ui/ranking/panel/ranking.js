// Ranking by weighted sum: the twin of core/talent/ranking/order.py, to the last bit.
// Parts are added one after the other in double precision, scores compared in steps of 1e-9,
// ties keep the order of the rows and share a rank. A test runs both on random cases.

const RESOLUTION = 1e-9;
const SPAN = 1.5e11; // 150 points in steps: a criterion may exceed 100
const UNSCORED = 1.6e11; // behind every score of the group
const GROUP = 2e11;

/** Group of a row: under "box" eligible first, then box 9 to 1; under "eligible" only that; under "score" one group for all. */
export function orderGroups(rule, eligibility, box) {
  const groups = new Float64Array(box.length);
  if (rule === "score") return groups;
  if (rule === "eligible") return groups.map((_, i) => eligibility[i]);
  for (let i = 0; i < box.length; i++) groups[i] = eligibility[i] * 16 + (box[i] > 0 ? 9 - box[i] : 15);
  return groups;
}

/** A ranker for one table: columns of criteria (NaN where not assessed) and the groups of its rows. */
export function makeRanker(columns, groups) {
  const n = groups.length;
  const score = new Float64Array(n);
  const keys = new Float64Array(n);
  const rank = new Int32Array(n);
  const low = new Int32Array(n);
  const high = new Int32Array(n);
  const counts = new Int32Array(2048);
  let order = new Int32Array(n);
  let spare = new Int32Array(n);

  // One stable counting pass over 11 bits; four passes sort keys below 2^44.
  function pass(digits, shift) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[(digits[i] >>> shift) & 2047]++;
    for (let d = 0, sum = 0; d < 2048; d++) {
      const count = counts[d];
      counts[d] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const row = order[i];
      spare[counts[(digits[row] >>> shift) & 2047]++] = row;
    }
    [order, spare] = [spare, order];
  }

  /** Rank under some weights (shares). The arrays are reused by the next call. */
  return function rankWith(weights) {
    score.fill(0);
    for (let k = 0; k < columns.length; k++) {
      const weight = weights[k];
      if (weight === 0) continue;
      const column = columns[k];
      for (let i = 0; i < n; i++) score[i] += column[i] * weight;
    }
    for (let i = 0; i < n; i++) {
      const step = Math.floor(score[i] / RESOLUTION + 0.5);
      const key = groups[i] * GROUP + (Number.isNaN(step) ? UNSCORED : SPAN - step);
      keys[i] = key;
      low[i] = key % 4194304;
      high[i] = Math.floor(key / 4194304);
      order[i] = i;
    }
    pass(low, 0);
    pass(low, 11);
    pass(high, 0);
    pass(high, 11);
    let place = 0;
    let shown = 0;
    let before = -1;
    for (let i = 0; i < n; i++) {
      const row = order[i];
      if (Number.isNaN(score[row])) {
        rank[row] = 0;
        continue;
      }
      place++;
      if (keys[row] !== before) shown = place;
      before = keys[row];
      rank[row] = shown;
    }
    return { order, rank, score };
  };
}

/** Shares as whole tenths of a percent that sum to 1000, by largest remainder. */
export function toTenths(shares) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (total > 0 ? (share / total) * 1000 : 1000 / shares.length));
  const tenths = exact.map(Math.floor);
  const left = 1000 - tenths.reduce((sum, value) => sum + value, 0);
  exact
    .map((value, i) => [value - tenths[i], i])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .slice(0, left)
    .forEach(([, i]) => tenths[i]++);
  return tenths;
}

/**
 * Set one weight; the free ones share the rest in proportion to what they had, locked ones stay.
 * Weights are whole tenths of a percent and always sum to 1000.
 */
export function redistribute(tenths, index, wanted, locked) {
  const fixed = tenths.reduce((sum, value, i) => (locked[i] && i !== index ? sum + value : sum), 0);
  const free = tenths.map((_, i) => i).filter((i) => i !== index && !locked[i]);
  if (!free.length) return tenths.slice();
  const value = Math.max(0, Math.min(1000 - fixed, Math.round(wanted)));
  const rest = 1000 - fixed - value;
  const had = free.map((i) => tenths[i]);
  const sum = had.reduce((a, b) => a + b, 0);
  const exact = had.map((tenth) => (sum > 0 ? (tenth / sum) * rest : rest / free.length));
  const next = tenths.slice();
  next[index] = value;
  const floors = exact.map(Math.floor);
  const left = rest - floors.reduce((a, b) => a + b, 0);
  const order = exact.map((share, i) => [share - floors[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  order.slice(0, left).forEach(([, i]) => floors[i]++);
  free.forEach((i, k) => (next[i] = floors[k]));
  return next;
}

/** Move the border between criterion k and the next one: what one gains the other loses, locked ones stay. */
export function trade(tenths, k, change, locked) {
  if (locked[k] || locked[k + 1]) return tenths.slice();
  const next = tenths.slice();
  const moved = Math.max(-tenths[k], Math.min(tenths[k + 1], Math.round(change)));
  next[k] += moved;
  next[k + 1] -= moved;
  return next;
}

/**
 * Set two weights; the free others share what is left in proportion to "others", locked ones stay.
 * Weights are whole tenths of a percent and always sum to 1000.
 * @param {number[]} tenths @param {number[]} others @param {number} x @param {number} wantedX @param {number} y
 * @param {number} wantedY @param {boolean[]} locked
 */
export function spread(tenths, others, x, wantedX, y, wantedY, locked) {
  if ((locked[x] || locked[y]) || x === y) return tenths.slice();
  const fixed = tenths.reduce((sum, value, k) => (locked[k] && k !== x && k !== y ? sum + value : sum), 0);
  const free = tenths.map((_, k) => k).filter((k) => k !== x && k !== y && !locked[k]);
  const room = 1000 - fixed;
  const next = tenths.slice();
  next[x] = Math.max(0, Math.min(room, wantedX));
  next[y] = free.length ? Math.max(0, Math.min(room - next[x], wantedY)) : room - next[x];
  const rest = room - next[x] - next[y];
  const total = free.reduce((sum, k) => sum + others[k], 0);
  const exact = free.map((k) => (total > 0 ? (others[k] / total) * rest : rest / free.length));
  const floors = exact.map(Math.floor);
  const left = rest - floors.reduce((a, b) => a + b, 0);
  const order = exact.map((share, i) => [share - floors[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  order.slice(0, left).forEach(([, i]) => floors[i]++);
  free.forEach((k, i) => (next[k] = floors[i]));
  return next;
}

/**
 * Who the first three are for every share of two weights, in steps of 1 / cells; the others share the rest as "shares" say,
 * "held" are weights that stay. Only who is assessed in all that can carry weight takes part.
 * @param {{ count: number, criteria: ArrayLike<number>[] }} table @param {ArrayLike<number>} groups
 * @param {{ x: number, y: number, shares: number[], held: number[], cells: number }} map
 * @returns {{ at: Int32Array, sets: number[][] }} for cell i (of x), j (of y) the number of its set at i * (cells + 1) + j, -1 where the held weights leave no room
 */
export function readFirstThree(table, groups, { x, y, shares, held, cells }) {
  const total = shares.reduce((sum, value) => sum + value, 0);
  const room = 1 - held.reduce((sum, value) => sum + value, 0) / 1000;
  const carrying = table.criteria.map((_, k) => k === x || k === y || shares[k] > 0 || held[k] > 0);
  const whole = [];
  for (let i = 0; i < table.count; i++)
    if (table.criteria.every((column, k) => !carrying[k] || !Number.isNaN(column[i]))) whole.push(i);
  // Nobody behind the group that fills the third place can come before it.
  const sorted = whole.map((i) => groups[i]).sort((a, b) => a - b);
  const last = sorted.length ? sorted[Math.min(2, sorted.length - 1)] : 0;
  const rows = whole.filter((i) => groups[i] <= last);
  const n = rows.length;
  const columns = [x, y].map((k) => Float64Array.from(rows, (i) => table.criteria[k][i]));
  const rest = Float64Array.from(rows, (i) => shares.reduce((sum, value, k) => (value ? sum + (value / total) * table.criteria[k][i] : sum), 0));
  const base = Float64Array.from(rows, (i) => held.reduce((sum, value, k) => (value ? sum + (value / 1000) * table.criteria[k][i] : sum), -200 * groups[i]));
  const at = new Int32Array((cells + 1) ** 2).fill(-1);
  const sets = [];
  const known = new Map();
  for (let i = 0; i <= cells; i++) {
    for (let j = 0; i + j <= cells; j++) {
      const [wx, wy] = [i / cells, j / cells];
      const wr = room - wx - wy;
      if (wr < -1e-9) continue; // the locked weights leave no room for this
      const first = [-1, -1, -1];
      const best = [-Infinity, -Infinity, -Infinity];
      for (let r = 0; r < n; r++) {
        const score = base[r] + wx * columns[0][r] + wy * columns[1][r] + wr * rest[r];
        if (score <= best[2] + RESOLUTION) continue;
        let place = 2;
        while (place > 0 && score > best[place - 1] + RESOLUTION) {
          best[place] = best[place - 1];
          first[place] = first[place - 1];
          place--;
        }
        best[place] = score;
        first[place] = rows[r];
      }
      const set = first.filter((row) => row >= 0);
      const key = set.slice().sort((a, b) => a - b).join();
      if (!known.has(key)) {
        known.set(key, sets.length);
        sets.push(set);
      }
      at[i * (cells + 1) + j] = known.get(key);
    }
  }
  return { at, sets };
}

/** Which groups a row may come to stand in once all is known, as bits; possible are its boxes, 2 ** (box - 1) each. */
export function meetingGroups(rule, eligibility, possible) {
  return Int32Array.from(possible, (boxes, i) =>
    rule === "score" ? 1 : rule === "eligible" ? 1 << eligibility[i] : boxes << (9 * eligibility[i]),
  );
}

/** How many others missing records could still put before or behind row i: in one group, overlapping, one at least open. */
export function inseparable(score, open, meeting, i) {
  const own = open.get(i);
  const [low, high] = own ?? [score[i], score[i]];
  let count = 0;
  for (const [j, [otherLow, otherHigh]] of open) if (j !== i && meeting[i] & meeting[j] && otherLow <= high && low <= otherHigh) count++;
  if (own) for (let j = 0; j < score.length; j++) if (meeting[i] & meeting[j] && score[j] >= low && score[j] <= high) count++;
  return count;
}
