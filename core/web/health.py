"""Whether this process is alive, whether it should be given work, and what it counts, for the server in front of it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import to_thread
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.service.health import check_health
from core.ui.shared import is_review_built
from core.web.connections import open_engine_once

LIVE, READY, METRICS = "/health/live", "/health/ready", "/metrics"

_REGISTRY = CollectorRegistry()
REQUESTS = Counter("mantel_requests", "Requests by kind and status", ["kind", "status"], registry=_REGISTRY)
SECONDS = Histogram(
    "mantel_request_seconds", "Seconds a request took, by kind", ["kind"], registry=_REGISTRY,
    buckets=(0.005, 0.02, 0.1, 0.5, 2, 10),
)  # fmt: skip
OPEN_PAGES = Gauge("mantel_open_pages", "Pages that are open just now", registry=_REGISTRY)
_STARTED = time.monotonic()
Gauge("mantel_up_seconds", "Seconds since the start", registry=_REGISTRY).set_function(
    lambda: time.monotonic() - _STARTED
)


class Draining:
    """Whether this process takes no new work because it will be stopped."""

    on = False


@asynccontextmanager
async def listen_for_drain(_app: Any) -> AsyncIterator[None]:
    """While the server runs: SIGUSR1 means that no new work shall come, before it is stopped."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(Draining, "on", True))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGUSR1)


def make_routes() -> list[Route]:
    """The routes of health and metrics."""
    return [
        Route(LIVE, _live, methods=["GET"]),
        Route(READY, _ready, methods=["GET"]),
        Route(METRICS, _metrics, methods=["GET"]),
    ]


async def _live(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _ready(request: Request) -> Response:
    checks = await to_thread.run_sync(check_health, open_engine_once())
    checks["draining"] = "stops soon" if Draining.on else ""
    if not _is_direct(request):
        return PlainTextResponse(
            "not ready\n" if any(checks.values()) else "ready\n", 503 if any(checks.values()) else 200
        )
    told: dict[str, object] = {name: fault or "ok" for name, fault in checks.items()}
    told["review"] = "built" if is_review_built() else "not built yet"
    return JSONResponse(told, 503 if any(checks.values()) else 200)


def _is_direct(request: Request) -> bool:
    """Whether a program on this very machine asks, without a server in front."""
    direct = request.client is not None and request.client.host in ("127.0.0.1", "::1")
    return direct and "x-forwarded-for" not in request.headers


async def _metrics(request: Request) -> Response:
    """Only for a program on this very machine that came without a server in front: it says nothing to anybody else."""
    if not _is_direct(request):
        return PlainTextResponse("", 404)
    return Response(generate_latest(_REGISTRY), media_type=CONTENT_TYPE_LATEST)
