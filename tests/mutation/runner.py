"""Run tests again and again, each time in a fork of a process that has loaded the libraries: a start takes no time.

Reads lists of pytest's arguments as lines of JSON, answers each with a line: ``passed`` or ``failed``. Nothing of the
project is loaded before the fork, so that each run sees the module as it is then.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from importlib import import_module

import pytest

#: What the tests load and a fork need not load again.
_LIBRARIES = ("hypothesis", "pandas", "scipy.optimize", "scipy.sparse", "sqlalchemy")
#: Seconds after which a run that has not ended hangs.
_LONGEST = 900


def main() -> None:
    """Answer until the input ends."""
    for library in _LIBRARIES:
        import_module(library)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.alarm(_LONGEST)
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            warnings.simplefilter("ignore")
            os._exit(int(pytest.main(json.loads(line))))
        print("passed" if os.waitpid(child, 0)[1] == 0 else "failed", flush=True)


if __name__ == "__main__":
    main()
