"""The web application: the gate, the doors of its own, and Streamlit behind them."""

from __future__ import annotations

import sys
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit.runtime import Runtime

from core.locales import sentence, translator
from core.service import installation, sign_ins, trail
from core.settings import ROOT, settings
from core.talent.errors import MantelError
from core.web import doors, following, health, verifying
from core.web.gate import Gate
from core.web.logs import write_json_lines

#: The script that Streamlit runs for every page. It stands away from ``pages/``, which Streamlit would else list to
#: anybody, and whose files it would run without the frame around them.
SCRIPT = ROOT / "core" / "ui" / "screen.py"


def describe_app() -> dict[str, Any]:
    """What ``streamlit.App`` is made of: the script, and what stands before and beside Streamlit.

    Without usable keys nothing starts, with one sentence.
    """
    try:
        settings()
    except MantelError as error:
        sys.exit(sentence(error, str))
    installation.guard_new_files()
    try:
        installation.read_cookie_key()
        trail.read_key()
        sign_ins.prepare()
    except MantelError as error:
        sys.exit(sentence(error, translator(settings().language)))
    if settings().log_json:
        write_json_lines()
    routes: list[BaseRoute] = [
        *doors.make_routes(),
        *verifying.make_routes(),
        *health.make_routes(),
        *following.make_routes(),
    ]
    middleware = [Middleware(Gate, count_uploads=_count_uploads)]
    return {"script_path": SCRIPT, "routes": routes, "middleware": middleware, "lifespan": health.listen_for_drain}


def _count_uploads(session: str) -> int:
    manager: Any = Runtime.instance().uploaded_file_mgr
    return sum(len(file.data) for file in list(manager.file_storage.get(session, {}).values()))
