"""What is said of a paper to whoever asks. It says nothing that the paper in their hand does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

#: ``valid``; ``changed``: the office's paper, but not these bytes; ``replaced``; ``revoked``; ``unknown``: not the office's;
#: ``unkept``: the number is the office's, but no file of it was ever entered to compare with.
Standing = Literal["valid", "changed", "replaced", "revoked", "unknown", "unkept"]
#: What was held against the register: number and day, the signed code, the file itself.
Way = Literal["number", "code", "file"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; ``since`` is the day of a replacement or revocation."""

    standing: Standing
    way: Way
    since: dt.date | None = None
