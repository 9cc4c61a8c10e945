"""Placements from the best downward, by assignments: exact, whatever chains there are.

All posts are assigned to all people at once (``scipy.optimize.linear_sum_assignment``); a holder may stay, a post may
stay empty. An assignment in which holders only exchange posts among themselves is no placement: the search branches on
the shortest such round, as the assignment bound is used for the travelling salesman (Carpaneto & Toth 1980). After a
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
from core.talent.placement.problem import Seats, rounds

#: In points of fit: what a move costs and what suiting a post better gains, far less than any difference the data mean.
MOVE, SUITS = 1e-3, 1e-4
#: Nodes after which the search gives what it has, with its gap.
MOST_NODES = 4000

Cell = tuple[int, int]
_FEASIBLE = -1e300


@dataclass(frozen=True)
class Found:
    """A placement found: pairs (post, person), and the gap left open (0: nothing better exists)."""

    pairs: tuple[Cell, ...]
    gap: float


def worth_of(seats: Seats, goal: str) -> tuple[FloatArray, FloatArray]:
    """What each pair and each stay is worth for a goal: posts x people, and for each person the stay.

    Weights of the steps are so far apart that no sum of a lower one outweighs a higher one.
    """
    posts = len(seats.posts)
    leaves = seats.held_by >= 0
    step = 200.0 * (posts + 1)
    between: dict[str, FloatArray] = {
        "total": np.zeros(len(leaves)),
        "worst": np.zeros(len(leaves)),
        "moves": -np.ones(len(leaves)),
        "chains": -leaves.astype(float),
        "box": np.where(leaves, 0.0, seats.box.astype(float)),
    }
    filled = step if goal in ("total", "worst") else step * 20 * (posts + 1)
    pairs = seats.fit + SUITS * seats.suits - MOVE + step * between[goal] + filled
    return pairs, seats.own + filled


def placements(seats: Seats, goal: str, allowed: BoolArray) -> Iterator[Found]:
    """Placements for a goal from the best downward, pins kept; none when no placement keeps them.

    ``allowed`` (posts x people) shuts pairs out besides those without a fit.
    """
    search = _Search(seats, goal, allowed)
    numbers = count()
    heap: list[tuple[float, int, tuple[Cell, ...], tuple[Cell, ...], list[Cell]]] = []

    def push(forced: tuple[Cell, ...], forbidden: tuple[Cell, ...]) -> None:
        solved = search.solve(forced, forbidden)
        if solved is not None:
            heapq.heappush(heap, (-solved[0], next(numbers), forced, forbidden, solved[1]))

    push(tuple(seats.pins), ())
    nodes = 0
    while heap:
        value, _, forced, forbidden, cells = heapq.heappop(heap)
        nodes += 1
        moves = [cell for cell in cells if search.moves(cell)]
        circles = rounds(seats, moves)
        if circles and nodes > MOST_NODES:
            # Who only exchanges posts stays: a placement, though maybe not the best.
            circling = {at for circle in circles for at in circle}
            kept = tuple(cell for at, cell in enumerate(moves) if at not in circling)
            lost = sum(search.over_stay(moves[at]) for at in circling)
            yield Found(tuple(sorted(kept)), lost / max(1.0, abs(-value)))
            return
        branch = [moves[at] for at in min(circles, key=len)] if circles else cells
        if not circles:
            yield Found(tuple(sorted(moves)), 0.0)
        before = tuple(forced)
        for cell in branch:
            if cell in forced:
                continue
            push(before, (*forbidden, cell))
            before = (*before, cell)


def most_filled(seats: Seats, allowed: BoolArray) -> int:
    """How many posts more can be filled in the end, pins kept; -1 when no placement keeps them."""
    only = replace(seats, fit=np.where(np.isnan(seats.fit) | ~allowed, np.nan, 0.0), own=np.zeros(len(seats.nips)))
    search = _Search(only, "total", allowed)
    solved = search.solve(seats.pins, ())
    if solved is None:
        return -1
    return sum(1 for _, column in solved[1] if column < search.people) - len(search.held)


def assigned(seats: Seats) -> list[Cell]:
    """Pairs of the best total where holders may also exchange posts among themselves; pins are not asked for."""
    if seats.fit.size == 0:
        return []
    search = _Search(seats, "total", np.ones(seats.fit.shape, dtype=bool))
    solved = search.solve((), ())
    return [] if solved is None else [cell for cell in solved[1] if search.moves(cell)]


class _Search:
    """The matrix of one search: posts x (people, then an empty column a post)."""

    def __init__(self, seats: Seats, goal: str, allowed: BoolArray) -> None:
        self.seats = seats
        posts, people = seats.fit.shape
        pairs, stays = worth_of(seats, goal)
        self.holders = seats.holder[seats.holder >= 0]
        self.held = np.flatnonzero(seats.holder >= 0)
        # That no holder is left without a post outweighs everything.
        keep = 4.0 * max(1.0, float(np.nanmax(np.abs(pairs), initial=1.0))) * (posts + 1)
        whole = np.full((posts, people + posts), -np.inf)
        whole[:, :people] = np.where(np.isnan(seats.fit) | ~allowed, -np.inf, pairs)
        whole[self.held, self.holders] = stays[self.holders]
        whole[:, self.holders] += keep
        whole[np.arange(posts), people + np.arange(posts)] = 0.0
        self.whole, self.people = whole, people

    def moves(self, cell: Cell) -> bool:
        """Whether a cell moves a person (and is no stay and no empty post)."""
        post, column = cell
        return column < self.people and bool(self.seats.holder[post] != column)

    def over_stay(self, cell: Cell) -> float:
        """What a holder's move is worth over staying."""
        post, person = cell
        home = int(self.seats.held_by[person])
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
        if not value > _FEASIBLE or not np.isin(self.holders, columns).all():
            return None
        return value, [(int(post), int(column)) for post, column in zip(rows, columns, strict=True)]
