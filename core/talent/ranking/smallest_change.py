"""The smallest change of weights that brings a person forward, or the proof that none does.

The change is measured as the sum of what each weight moves (L1). Being first is a linear
programme; being within the first three is a search over who may stay ahead, with linear programmes
as bounds, and exact. The programmes of many people are solved together as the blocks of one
(scipy's HiGHS), each growing only by the rivals that still stand ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from core.talent.arrays import FloatArray, IntArray
from core.talent.ranking.decision_matrix import DecisionMatrix
from core.talent.scoring.nine_box import RESOLUTION

#: ``there`` already, ``possible`` with ``weights``, ``not_assessed`` (a criterion is missing),
#: ``group`` (people of better groups fill the places), ``dominated`` (by the people in ``proof``,
#: a mixture of whom is better in every criterion), ``beaten`` (searched whole, no weighting does).
State = Literal["there", "possible", "not_assessed", "group", "dominated", "beaten"]

# What a programme may miss: less than scores are told apart by.
_OPTIONS = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_TOLERANCE = 1e-9
# Cost of missing a rival by a point, in shares of weight: far above any real change. A block that
# pays it is looked at again without it.
_ELASTIC = 1e4


@dataclass(frozen=True)
class Change:
    """What brings a person within the first places.

    ``weights`` sum to 1; ``distance`` is the sum of all movements (0-2). Both are None where there
    is no way. ``proof`` names rows that stay ahead, with their shares in a mixture (``dominated``).
    """

    row: int
    places: int
    state: State
    weights: FloatArray | None = None
    distance: float | None = None
    proof: tuple[tuple[int, float], ...] = ()


@dataclass(eq=False)
class _Node:
    """A programme: be ahead of ``beat``; ``excused`` may stay ahead."""

    row: int
    beat: list[int]
    excused: frozenset[int] = field(default_factory=frozenset)
    bound: float = 0.0


def find_smallest_changes(matrix: DecisionMatrix, weights: FloatArray, rows: IntArray, places: int) -> list[Change]:
    """For each of some rows the smallest change of ``weights`` into the first ``places`` places (ties share a place).

    Rivals are the fully assessed of the same group; whoever has no score under ``weights`` is none,
    also where the change would take all weight from what he or she lacks.
    """
    settled: dict[int, Change] = {}
    allowed: dict[int, int] = {}
    first = set(matrix.first(weights, places).tolist())
    scored = matrix.scored(weights)
    whole = ~matrix.open
    for row in map(int, rows):
        better = np.flatnonzero((matrix.groups < matrix.groups[row]) & scored)
        if row in first:
            settled[row] = Change(row, places, "there", weights, 0.0)
        elif not whole[row]:
            settled[row] = Change(row, places, "not_assessed")
        elif len(better) >= places:
            settled[row] = Change(row, places, "group", proof=tuple((int(b), 1.0) for b in better[:places]))
        else:
            # Only who is better in every criterion stays ahead even where weights are zero.
            above = np.flatnonzero(
                (matrix.groups == matrix.groups[row]) & (matrix.value > matrix.value[row]).all(axis=1)
            )
            if len(above) >= places - len(better):
                proof = tuple((int(b), 1.0) for b in above[: places - len(better)])
                settled[row] = Change(row, places, "dominated", proof=proof)
            else:
                allowed[row] = places - 1 - len(better)
    settled |= _search(matrix, weights, allowed, places)
    return [settled[int(row)] for row in rows]


def _rivals(matrix: DecisionMatrix, row: int) -> IntArray:
    """Who could stand ahead of a row: fully assessed, of its group. Others keep their place or have none."""
    return np.flatnonzero((matrix.groups == matrix.groups[row]) & ~matrix.open)


def _search(matrix: DecisionMatrix, weights: FloatArray, allowed: dict[int, int], places: int) -> dict[int, Change]:
    """Branch and bound for all rows at once, a level of programmes at a time."""
    values = matrix.value
    rivals = {row: _rivals(matrix, row) for row in allowed}
    best: dict[int, tuple[float, FloatArray]] = {}
    nodes = [_Node(row, []) for row in allowed]
    while nodes:
        solved = _solve(values, weights, nodes)
        following: list[_Node] = []
        for node, solution in zip(nodes, solved, strict=True):
            if solution is None:
                continue
            distance = float(np.abs(solution - weights).sum())
            if node.row in best and distance >= best[node.row][0] - _TOLERANCE:
                continue
            rows = rivals[node.row]
            lead = (values[rows] - values[node.row]) @ solution
            ahead = rows[lead > RESOLUTION]
            ahead = ahead[np.argsort(-((values[ahead] - values[node.row]) @ solution), kind="stable")]
            if len(ahead) <= allowed[node.row]:
                best[node.row] = (distance, solution)
                continue
            following += _branches(node, ahead, allowed[node.row], distance)
        nodes = [node for node in following if node.row not in best or node.bound < best[node.row][0] - _TOLERANCE]
    changes = {}
    for row in allowed:
        if row in best:
            changes[row] = Change(row, places, "possible", best[row][1], best[row][0])
        else:
            proof = find_dominating_mixture(matrix, row) if allowed[row] == 0 else ()
            changes[row] = Change(row, places, "dominated" if proof else "beaten", proof=proof)
    return changes


def _branches(node: _Node, ahead: IntArray, allowed: int, bound: float) -> list[_Node]:
    """Either beat the furthest ahead, or excuse it; when no more may be excused, beat all who are ahead."""
    unexcused = [int(row) for row in ahead if int(row) not in node.excused]
    if len(node.excused) >= allowed:
        # The furthest few first: beating them mostly beats the others as well.
        return [_Node(node.row, node.beat + unexcused[:3], node.excused, bound)]
    furthest = unexcused[0]
    return [
        _Node(node.row, [*node.beat, furthest], node.excused, bound),
        _Node(node.row, node.beat, node.excused | {furthest}, bound),
    ]


def _solve(values: FloatArray, weights: FloatArray, nodes: Sequence[_Node]) -> list[FloatArray | None]:
    """The nearest weights of each programme, None where it has no solution."""
    solutions: list[FloatArray | None] = [weights if not node.beat else None for node in nodes]
    asked = [n for n, node in enumerate(nodes) if node.beat]
    if not asked:
        return solutions
    solution = _blocks(values, weights, [nodes[n] for n in asked], elastic=True)
    assert solution is not None  # with the elastic column every programme has a solution
    for n, (moved, missed) in zip(asked, solution, strict=True):
        if missed > _TOLERANCE:
            again = _blocks(values, weights, [nodes[n]], elastic=False)
            solutions[n] = None if again is None else _onto_simplex(weights + again[0][0])
        else:
            solutions[n] = _onto_simplex(weights + moved)
    return solutions


def _onto_simplex(weights: FloatArray) -> FloatArray:
    positive = np.maximum(weights, 0.0)
    return np.asarray(positive / positive.sum())


def _blocks(
    values: FloatArray, weights: FloatArray, nodes: Sequence[_Node], elastic: bool
) -> list[tuple[FloatArray, float]] | None:
    """Movements of the weights and what each block still misses; None where there is no solution.

    A block's columns: what each weight gains, what each loses, and by how much the rivals are missed.
    """
    criteria = len(weights)
    width = 2 * criteria + 1
    counts = [len(node.beat) for node in nodes]
    rows = np.repeat([node.row for node in nodes], counts)
    rivals = np.concatenate([node.beat for node in nodes]).astype(np.int64)
    block = np.repeat(np.arange(len(nodes)), counts)
    margin = values[rows] - values[rivals]
    coefficients = np.hstack([-margin, margin, np.full((len(rows), 1), -1.0)])
    columns = block[:, None] * width + np.arange(width)
    ahead = sparse.csr_matrix(
        (coefficients.ravel(), columns.ravel(), np.arange(0, coefficients.size + 1, width)),
        shape=(len(rows), len(nodes) * width),
    )
    balance = sparse.kron(
        sparse.eye(len(nodes)), np.concatenate([np.ones(criteria), -np.ones(criteria), [0.0]])[None, :], format="csr"
    )
    upper = np.concatenate([1 - weights, weights, [np.inf if elastic else 0.0]])
    answer = linprog(
        np.tile(np.concatenate([np.ones(2 * criteria), [_ELASTIC]]), len(nodes)),
        A_ub=ahead,
        b_ub=margin @ weights,
        A_eq=balance,
        b_eq=np.zeros(len(nodes)),
        bounds=np.column_stack([np.zeros(len(upper) * len(nodes)), np.tile(upper, len(nodes))]),
        method="highs",
        options=_OPTIONS,
    )
    if answer.x is None:
        return None
    solution = answer.x.reshape(len(nodes), width)
    return [(point[:criteria] - point[criteria : 2 * criteria], float(point[-1])) for point in solution]


def find_dominating_mixture(matrix: DecisionMatrix, row: int) -> tuple[tuple[int, float], ...]:
    """People, with shares summing to 1, a mixture of whom is better than a row in every criterion.

    It exists exactly when no weighting makes the row first or level with the first in its group
    (linear programming duality); empty when some weighting does.
    """
    rivals = _rivals(matrix, row)
    if not len(rivals):
        return ()
    lead = matrix.value[rivals] - matrix.value[row]  # rivals x criteria
    # Most of the least lead over all mixtures: shares of the rivals, then the lead itself.
    answer = linprog(
        np.concatenate([np.zeros(len(rivals)), [-1.0]]),
        A_ub=np.hstack([-lead.T, np.ones((lead.shape[1], 1))]),
        b_ub=np.zeros(lead.shape[1]),
        A_eq=np.concatenate([np.ones(len(rivals)), [0.0]])[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * len(rivals) + [(None, None)],
        method="highs",
        options=_OPTIONS,
    )
    if answer.x is None or answer.x[-1] <= _TOLERANCE:
        return ()
    shares = answer.x[:-1]
    return tuple((int(rivals[n]), float(shares[n])) for n in np.flatnonzero(shares > 1e-6))


def round_change(matrix: DecisionMatrix, change: Change, official: FloatArray) -> list[int] | None:
    """A change as whole tenths of a percent under which the person really stands there; None if none is near.

    Rounding may fall short of the border, so the movement is stretched a little until it does not.
    """
    if change.weights is None:
        return None
    for stretch in (1.0, 1.02, 1.05, 1.1, 1.2, 1.4):
        wanted = np.maximum(official + stretch * (change.weights - official), 0.0)
        tenths = round_to_tenths(wanted / wanted.sum())
        if change.row in matrix.first(np.array(tenths) / 1000, change.places):
            return tenths
    return None


def round_to_tenths(shares: FloatArray) -> list[int]:
    """Shares as whole tenths of a percent that sum to 1000, by largest remainder."""
    exact = shares / shares.sum() * 1000
    floors = np.floor(exact + 1e-9).astype(int)
    remainder = exact - floors
    for at in np.argsort(-remainder, kind="stable")[: 1000 - int(floors.sum())]:
        floors[at] += 1
    return [int(value) for value in floors]
