"""Repeat, time, print one line."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np


def report(what: str, values: list[float], unit: str) -> None:
    """One line: median with smallest and 95th percentile."""
    p95 = float(np.percentile(values, 95))
    print(
        f"{what:<62} median {statistics.median(values):9.1f} {unit}  min {min(values):9.1f}  p95 {p95:9.1f}  n {len(values)}"
    )


def timed(work: Callable[[], object], runs: int = 7) -> list[float]:
    """Milliseconds of each of some runs, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def in_turn(first: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds of two things, A B A B …, after one of each that is not counted: the machine's moods hit both."""
    first(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, measured in zip((first, other), times, strict=True):
            start = time.perf_counter()
            work()
            measured.append((time.perf_counter() - start) * 1000)
    return times
