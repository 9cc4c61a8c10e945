"""Placements from the best downward, by assignments: exact, whatever chains there are.

All posts are assigned to all people at once (``scipy.optimize.linear_sum_assignment``); a holder may stay, a post may
stay empty. An assignment in which holders only exchange posts among themselves is no placement: the search branches on
the shortest such cycle, as the assignment bound is used for the travelling salesman (Carpaneto & Toth 1980). After a
placement it branches on every part of it (Murty 1968), so the next one is the next best.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from scipy.optimize import linear_sum_assignment

from core.talent.arrays import BoolArray, FloatArray
from core.talent.placement.goals import GOALS
from core.talent.placement.problem import PlacementProblem, find_cycles

#: In points of fit: what a move costs and what suiting a post better gains, far less than any difference the data mean.
MOVE, SUITS = 1e-3, 1e-4
#: Nodes from which on a placement that may not be the best is good enough, told with how far the best may still be.
MOST_NODES = 4000

Cell = tuple[int, int]


@dataclass(frozen=True)
class Solution:
    """A placement found: pairs (post, person), and how many points of fit a better one may win more (0: none exists)."""

    pairs: tuple[Cell, ...]
    gap: float


def value_pairs(problem: PlacementProblem, goal: str) -> tuple[FloatArray, FloatArray]:
    """What each pair and each stay is worth for a goal: posts x people, and for each person the stay.

    No sum of fits outweighs what the goal asks for, nor that a post less filled. A move and what suits a post better are
    worth so little that they count only among plans whose fits differ by less than some hundredths of a point.
    """
    posts = len(problem.posts)
    step = 200.0 * (posts + 1)
    between = GOALS[goal].value(problem)
    filled = step * 20 * (posts + 1) if between.any() else step
    pairs = problem.fit + SUITS * problem.suits - MOVE + step * between + filled
    return pairs, problem.own + filled


def search_placements(problem: PlacementProblem, goal: str, allowed: BoolArray) -> Iterator[Solution]:
    """Placements for a goal from the best downward, pins kept; none when no placement keeps them.

    ``allowed`` (posts x people) shuts pairs out besides those without a fit.
    """
    search = _Search(problem, goal, allowed)
    numbers = count()
    heap: list[tuple[float, int, tuple[Cell, ...], tuple[Cell, ...], list[Cell]]] = []

    def push(forced: tuple[Cell, ...], forbidden: tuple[Cell, ...]) -> None:
        solved = search.solve(forced, forbidden)
        if solved is not None:
            heapq.heappush(heap, (-solved[0], next(numbers), forced, forbidden, solved[1]))

    push(tuple(problem.pins), ())
    nodes = 0
    while heap:
        _, _, forced, forbidden, cells = heapq.heappop(heap)
        nodes += 1
        moves = [cell for cell in cells if search.moves(cell)]
        cycles = find_cycles(problem, moves)
        cycling = {moves[at] for cycle in cycles for at in cycle}
        stays = {(int(problem.held_by[person]), person) for _, person in cycling}
        if cycles and nodes > MOST_NODES and not cycling & {*forced} and not stays & {*forbidden}:
            # Who only exchanges posts stays: a placement, though maybe not the best.
            lost = sum(map(search.over_stay, cycling))
            yield Solution(tuple(sorted(set(moves) - cycling)), lost)
            return
        branch = [moves[at] for at in min(cycles, key=len)] if cycles else cells
        if not cycles:
            yield Solution(tuple(sorted(moves)), 0.0)
        before = forced
        for cell in branch:
            if cell in forced:
                continue
            push(before, (*forbidden, cell))
            before = (*before, cell)


def count_fillable(problem: PlacementProblem, allowed: BoolArray) -> int:
    """How many posts more can be filled in the end, pins kept; -1 when no placement keeps them."""
    only = replace(problem, fit=np.where(np.isnan(problem.fit), np.nan, 0.0), own=np.zeros(len(problem.nips)))
    search = _Search(only, "total", allowed)
    solved = search.solve(problem.pins, ())
    if solved is None:
        return -1
    return sum(1 for _, column in solved[1] if column < search.people) - len(search.held)


def assign_freely(problem: PlacementProblem) -> list[Cell]:
    """Pairs of the best total where holders may also exchange posts among themselves; pins are not asked for."""
    if problem.fit.size == 0:
        return []
    search = _Search(problem, "total", np.ones(problem.fit.shape, dtype=bool))
    solved = search.solve((), ())
    return [] if solved is None else [cell for cell in solved[1] if search.moves(cell)]


class _Search:
    """The matrix of one search: posts x (people, then an empty column a post)."""

    def __init__(self, problem: PlacementProblem, goal: str, allowed: BoolArray) -> None:
        self.problem = problem
        posts, people = problem.fit.shape
        pairs, stays = value_pairs(problem, goal)
        self.holders = problem.holder[problem.holder >= 0]
        self.held = np.flatnonzero(problem.holder >= 0)
        # That no holder is left without a post outweighs everything.
        keep = 4.0 * max(1.0, float(np.nanmax(np.abs(pairs), initial=1.0))) * (posts + 1)
        whole = np.full((posts, people + posts), -np.inf)
        whole[:, :people] = np.where(np.isnan(problem.fit) | ~allowed, -np.inf, pairs)
        whole[self.held, self.holders] = stays[self.holders]
        whole[:, self.holders] += keep
        whole[np.arange(posts), people + np.arange(posts)] = 0.0
        self.whole, self.people = whole, people

    def moves(self, cell: Cell) -> bool:
        """Whether a cell moves a person (and is no stay and no empty post)."""
        post, column = cell
        return column < self.people and bool(self.problem.holder[post] != column)

    def over_stay(self, cell: Cell) -> float:
        """What a holder's move is worth over staying."""
        post, person = cell
        home = int(self.problem.held_by[person])
        return float(self.whole[post, person] - self.whole[home, person])

    def solve(self, forced: Sequence[Cell], forbidden: Sequence[Cell]) -> tuple[float, list[Cell]] | None:
        """The best assignment with some cells forced and others forbidden, None where there is none."""
        matrix = self.whole
        if forced or forbidden:
            matrix = matrix.copy()
            for post, column in forbidden:
                matrix[post, column] = -np.inf
            for post, column in forced:
                worth = matrix[post, column]
                matrix[post, :] = -np.inf
                matrix[:, column] = -np.inf
                matrix[post, column] = worth
        try:
            rows, columns = linear_sum_assignment(matrix, maximize=True)
        except ValueError:
            return None
        value = float(matrix[rows, columns].sum())
        if not np.isin(self.holders, columns).all():
            return None
        return value, [(int(post), int(column)) for post, column in zip(rows, columns, strict=True)]
