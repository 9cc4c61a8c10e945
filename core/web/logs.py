"""Logs as lines of JSON with the request they belong to; no names, no NIP, no query of an address."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import secrets
from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import Scope

#: What a request is called in every line about it.
REQUEST: ContextVar[str] = ContextVar("request", default="")
HEADER = "x-request-id"
_NIP = re.compile(r"\b\d{18}\b")


def name_request(scope: Scope) -> str:
    """The name that the server in front gave a request, or a new one."""
    given = Headers(scope=scope).get(HEADER, "")
    return given if re.fullmatch(r"[0-9a-zA-Z-]{8,64}", given) else secrets.token_hex(8)


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; digits that could be a NIP are taken out, wherever they come from."""
        fields: dict[str, object] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST.get():
            fields["request"] = request
        fields |= getattr(record, "fields", {})
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return _NIP.sub("…", json.dumps(fields, ensure_ascii=False, default=str))


def write_json_lines() -> None:
    """Let everything that is logged become lines of JSON on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "streamlit", "mantel"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # It writes whole addresses, and with them who was looked at; the gate writes what may be written.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("alembic").setLevel(logging.WARNING)
