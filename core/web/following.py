"""A session's event number, for pages that follow it: the answer waits until there is something new.

Streamlit has no way to tell one page of what another did. A page asks here with the number it knows; the answer comes when
the number is another, or after a while. One look at the database serves all who wait for the same session.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.service.sessions.records import find_event
from core.store.database import DatabaseProblem
from core.web.connections import open_engine_once
from core.web.health import Draining

FOLLOW = "/session/follow"
#: How long an answer waits, and how often the database is looked at while somebody waits, in seconds.
LONGEST, PAUSE = 20.0, 0.1


@dataclass
class _Watched:
    """A session somebody waits for: its last number, how many wait, and what wakes them."""

    number: int | None = None
    waiting: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


_WATCHED: dict[int, _Watched] = {}


def make_routes() -> list[Route]:
    """The route of the event number."""
    return [Route(FOLLOW, _follow, methods=["GET"])]


async def _follow(request: Request) -> Response:
    session, after = (request.query_params.get(name, "") for name in ("session", "after"))
    if not re.fullmatch(r"[0-9]{1,9}", session) or not re.fullmatch(r"[0-9]{1,9}", after):
        return PlainTextResponse("", 404)
    try:
        number = await _wait(int(session), int(after), request)
    except DatabaseProblem:
        return PlainTextResponse("", 503)
    return PlainTextResponse("", 404) if number is None else JSONResponse({"event": number})


async def _wait(session: int, after: int, request: Request) -> int | None:
    """The session's number once it is another than the one known, or as it is after the longest wait."""
    number = await _look(session)
    if number is None or number != after:
        return number
    watched = _WATCHED.setdefault(session, _Watched())
    watched.waiting += 1
    if watched.task is None:
        watched.number = number
        watched.task = asyncio.create_task(_watch(session, watched))
    end = time.monotonic() + LONGEST
    try:
        while watched.number == after and time.monotonic() < end and not Draining.on:
            changed = watched.changed
            try:
                await asyncio.wait_for(changed.wait(), min(2.0, max(0.0, end - time.monotonic())))
            except TimeoutError:
                if await request.is_disconnected():
                    break
        return watched.number
    finally:
        watched.waiting -= 1


async def _watch(session: int, watched: _Watched) -> None:
    """Look at a session's number again and again while anybody waits for it."""
    try:
        while watched.waiting:
            await asyncio.sleep(PAUSE)
            number = await _look(session)
            if number != watched.number:
                watched.number = number
                before, watched.changed = watched.changed, asyncio.Event()
                before.set()
    except DatabaseProblem:
        pass  # whoever waits is answered with what is known, and asks again
    finally:
        _WATCHED.pop(session, None)


async def _look(session: int) -> int | None:
    return await to_thread.run_sync(find_event, open_engine_once(), session)
