"""The arrays of the domain: one name for each kind, so that one width of number is used everywhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: Scores, weights, shares.
FloatArray = npt.NDArray[np.float64]
#: Row numbers, places, boxes.
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
