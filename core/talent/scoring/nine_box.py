"""The nine boxes of PermenPANRB 3/2020 article 17 (amended by 20/2025).

Two axes, three classes each. Box numbers are the regulation's, so 4 and 6 are mirror images:
4 is high performance with low potential, 6 low performance with high potential.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.talent.arrays import FloatArray, IntArray

#: Box number by [performance class][potential class], classes low, middle, high.
BOX = np.array([[1, 3, 6], [2, 5, 8], [4, 7, 9]])

#: The talent pool (kelompok rencana suksesi) unless set otherwise.
TALENT_POOL = (7, 8, 9)

#: Scores are compared at this resolution, so that 80 reached by a sum of shares is 80 and not
#: 79.99999999999999; far finer than any difference the data can mean.
RESOLUTION = 1e-9

#: Recommended actions, PermenPANRB 3/2020 (amended by 20/2025), in the regulation's words.
ACTIONS: dict[int, tuple[str, ...]] = {
    9: ("dipromosikan dan dipertahankan", "masuk KRS instansi/nasional", "penghargaan"),
    8: ("dipertahankan", "masuk KRS instansi", "rotasi/perluasan jabatan", "bimbingan kinerja"),
    7: ("dipertahankan", "masuk KRS instansi", "rotasi/pengayaan jabatan", "pengembangan kompetensi", "tugas belajar"),
    6: ("penempatan yang sesuai", "bimbingan kinerja", "konseling kinerja"),
    5: ("penempatan yang sesuai", "bimbingan kinerja", "pengembangan kompetensi"),
    4: ("rotasi", "pengembangan kompetensi"),
    3: ("penempatan yang sesuai", "bimbingan kinerja", "konseling kinerja", "pengembangan kompetensi"),
    2: ("bimbingan kinerja", "pengembangan kompetensi", "penempatan yang sesuai"),
    1: ("diproses sesuai ketentuan peraturan perundangan",),
}


@dataclass(frozen=True)
class Thresholds:
    """Lower bounds of the classes, inclusive, 0-100."""

    high: float = 80.0
    middle: float = 60.0


def quantise_scores(scores: FloatArray) -> FloatArray:
    """Scores as whole multiples of ``RESOLUTION``; NaN stays NaN."""
    return np.floor(scores / RESOLUTION + 0.5)


def classify_scores(scores: FloatArray, thresholds: Thresholds) -> IntArray:
    """Class of each score: 0 low, 1 middle, 2 high, -1 where the score is NaN.

    The unrounded score decides: 79.996 is middle though it prints as 80.00.
    """
    steps = quantise_scores(scores)
    classes = (steps >= quantise_scores(np.array(thresholds.middle))).astype(np.int64)
    classes += steps >= quantise_scores(np.array(thresholds.high))
    return np.where(np.isnan(scores), -1, classes)


def assign_boxes(performance: FloatArray, potential: FloatArray, thresholds: Thresholds) -> IntArray:
    """Box number of each person, 0 where either axis is not assessed."""
    rows, columns = classify_scores(performance, thresholds), classify_scores(potential, thresholds)
    assessed = (rows >= 0) & (columns >= 0)
    return np.where(assessed, BOX[np.where(assessed, rows, 0), np.where(assessed, columns, 0)], 0)


def mask_possible_boxes(
    performance: tuple[FloatArray, FloatArray], potential: tuple[FloatArray, FloatArray], thresholds: Thresholds
) -> IntArray:
    """For each person the boxes that the missing records could still lead to, as a sum of 2 ** (box - 1).

    Parameters
    ----------
    performance, potential
        Low and high of each axis.
    """
    rows, columns = ([classify_scores(bound, thresholds) for bound in axis] for axis in (performance, potential))
    mask = np.zeros(len(rows[0]), dtype=np.int64)
    for row in range(3):
        for column in range(3):
            within = (rows[0] <= row) & (row <= rows[1]) & (columns[0] <= column) & (column <= columns[1])
            mask += within * (1 << (BOX[row, column] - 1))
    return mask


def list_possible_boxes(
    performance: tuple[float, float], potential: tuple[float, float], thresholds: Thresholds
) -> tuple[int, ...]:
    """Boxes that the missing records could still lead to, ascending.

    Parameters
    ----------
    performance, potential
        Interval (if the missing criteria were 0, if they were 100) of each axis.
    """
    rows = classify_scores(np.array(performance), thresholds)
    columns = classify_scores(np.array(potential), thresholds)
    return tuple(sorted(int(BOX[r, c]) for r in range(rows[0], rows[1] + 1) for c in range(columns[0], columns[1] + 1)))
