"""What looking leaves behind: who looked at whom, in the audit trail, and that a sign-in is in use.

It is written beside the page, so that looking never waits for an import.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import queue
import threading
import time

import sqlalchemy as sa

from core.service.clock import now
from core.service.trail import record
from core.store.accounts import Account
from core.store.database import DatabaseProblem, writing
from core.store.sign_ins import touch_sign_in
from core.trail.events import Event

_LOG = logging.getLogger("mantel.trail")
#: Seconds after which a database that could not be written to is tried again, and for how long at the end of the process.
_AGAIN, _LAST = 1.0, 5.0


class ReadLog:
    """A queue of reads and the thread that writes them; what cannot be written yet waits, in its order."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[sa.Engine, Account, str, dt.datetime]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def note(self, engine: sa.Engine, by: Account, nip: str) -> None:
        """Note that somebody looks at a person now."""
        self._put((engine, by, nip, now()))

    def _put(self, what: tuple[sa.Engine, Account, str, dt.datetime]) -> None:
        self._waiting.put(what)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reads", daemon=True)
                self._thread.start()
                atexit.register(self.wait, _LAST)

    def note_use(self, engine: sa.Engine, by: Account) -> None:
        """Note that the holder of a sign-in has just done something."""
        self._put((engine, by, "", now()))

    def wait(self, seconds: float) -> bool:
        """Wait until all is written, at most some seconds; whether it is."""
        end = time.monotonic() + seconds
        while self._waiting.unfinished_tasks and time.monotonic() < end:
            time.sleep(0.02)
        return not self._waiting.unfinished_tasks

    def _run(self) -> None:
        while True:
            engine, by, nip, at = self._waiting.get()
            while not _write(engine, by, nip, at):
                time.sleep(_AGAIN)
            self._waiting.task_done()


def _write(engine: sa.Engine, by: Account, nip: str, at: dt.datetime) -> bool:
    try:
        with writing(engine) as connection:
            if not nip:
                touch_sign_in(connection, by.token, at)
                return True
            record(connection, Event.PERSON_READ, by, nip, f"{at:%Y-%m-%d %H:%M:%S} UTC")
    except DatabaseProblem:
        _LOG.warning("a read could not be written into the audit trail yet; it is tried again")
        return False
    except Exception:
        # Nothing that is tried again would help; the thread must go on for the others.
        _LOG.exception("a read could not be written into the audit trail")
    return True


#: Of this process.
READS = ReadLog()
