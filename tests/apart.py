"""Coroutines beside a browser's driver, which has the loop of the test's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_apart(coroutine: Coroutine[Any, Any, None], seconds: float = 120) -> None:
    """Run a coroutine in a thread of its own, at most some seconds."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result(seconds)
