"""Run ``python -m core`` inside the test's own process: the same words and answers, without starting Python anew."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from pathlib import Path
from unittest import mock

from core.settings import settings


def run_command(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command answers on an installation's folder; nobody sits at its terminal."""
    from core.__main__ import main

    place = {"MANTEL_LOCAL_DIR": str(folder), "MANTEL_DATABASE_URL": "", **environment}
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        mock.patch.dict(os.environ, place),
        mock.patch.object(sys, "argv", ["core", *words]),
        mock.patch.object(sys, "stdin", io.StringIO()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        settings.cache_clear()
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        except Exception:
            traceback.print_exc()
            code = 1
    settings.cache_clear()
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())
