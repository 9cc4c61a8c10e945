"""What starts an event loop of its own, beside a browser's driver, which has the loop of the test's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def call_apart(act: Callable[_P, _T], *args: _P.args, **more: _P.kwargs) -> _T:
    """Call something that starts a loop, in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act, *args, **more).result()


def run_apart(coroutine: Coroutine[Any, Any, _T], seconds: float = 120) -> _T:
    """Run a coroutine in a thread of its own, at most some seconds."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result(seconds)
