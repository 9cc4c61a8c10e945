"""Dots side by side inside a box, each as near to its own place as the others let it."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from core.talent.arrays import FloatArray, IntArray

#: Cells along the width for one along the height, as boxes are wider than high.
_WIDER = 1.8
#: Fewest cells along the height, so that few people do not get huge dots.
_ROWS = 10
#: Part of a box that its count and name take, from the upper left corner.
_LABEL = (0.4, 0.54)
#: More people than this in a box keep their order instead of the shortest way, which would take seconds.
_ASSIGNED = 400


def cells_for(most: int) -> tuple[int, int]:
    """Columns and rows of cells that leave room for ``most`` dots beside a box's label."""
    rows = _ROWS
    while True:
        columns = round(_WIDER * rows)
        if len(_free(columns, rows)) >= 1.1 * most:
            return columns, rows
        rows += 1


def _free(columns: int, rows: int) -> FloatArray:
    """Centres of the cells that the label leaves, in a box from 0 to 1; row by row from below."""
    x, y = np.meshgrid((np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows)
    under_label = (x < _LABEL[0]) & (y > 1 - _LABEL[1])
    return np.column_stack([x[~under_label], y[~under_label]])


def side_by_side(x: FloatArray, y: FloatArray, columns: int, rows: int) -> tuple[FloatArray, FloatArray]:
    """Places for dots without two in one cell.

    Parameters
    ----------
    x, y
        Where each belongs in its box, 0-1; no more of them than cells are free.
    columns, rows
        Cells of the box, from ``cells_for``.

    Returns
    -------
    x and y of the cell each is given: the assignment with the least sum of squared ways, or, of more than a
    few hundred, the one that keeps them in order (rows from below by y, in each by x).
    """
    cells = _free(columns, rows)
    if len(x) > len(cells):
        raise ValueError(f"{len(x)} dots do not fit into {len(cells)} cells")
    if len(x) == 0:
        return x, y
    if len(x) <= _ASSIGNED:
        way = (x[:, None] - cells[:, 0]) ** 2 * _WIDER**2 + (y[:, None] - cells[:, 1]) ** 2
        _, chosen = linear_sum_assignment(way)
    else:
        chosen = _in_order(x, y, cells)
    return cells[chosen, 0], cells[chosen, 1]


def _in_order(x: FloatArray, y: FloatArray, cells: FloatArray) -> IntArray:
    """Cells given out row by row; every row takes the same share of its cells."""
    chosen = np.empty(len(x), dtype=np.intp)
    upward = np.argsort(y, kind="stable")
    row_of_cell = np.unique(cells[:, 1], return_inverse=True)[1]
    ends = np.round(np.cumsum(np.bincount(row_of_cell)) * len(x) / len(cells)).astype(int)
    first = 0
    for row, end in enumerate(ends):
        people = upward[first:end]
        free = np.flatnonzero(row_of_cell == row)
        spread = free[np.floor((np.arange(len(people)) + 0.5) * len(free) / max(len(people), 1)).astype(int)]
        chosen[people[np.argsort(x[people], kind="stable")]] = spread
        first = end
    return chosen
