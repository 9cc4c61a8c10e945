"""Faults in mid-import: kill -9, a full disk, a lost connection. After each the database is whole."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections import Counter

import sqlalchemy as sa

from core.imports.parse import Source
from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.service.review import load_review
from core.store.database import open_engine
from core.store.tables import FACT_TABLES
from core.talent.errors import MantelError
from tests.factories import siasn, siasn_row

PEOPLE = 250
EMPLOYEE = FACT_TABLES["employee"]


def everyone(echelon: str) -> Source:
    """A file that gives everyone one echelon: after an import all have it or none."""
    return siasn(
        *(
            siasn_row(
                f"19750312200004{1 + number // 1000}{number % 1000:03d}",
                **{"ESELON NAMA": echelon, "PNS ID": f"P{number}"},
            )
            for number in range(PEOPLE)
        )
    )


def state(engine: sa.Engine) -> str:
    """The one echelon everyone has; fails when the database is not whole."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        current = sa.select(EMPLOYEE.c.echelon, sa.func.count()).where(EMPLOYEE.c.superseded_by.is_(None))
        rows = connection.execute(current.group_by(EMPLOYEE.c.echelon)).all()
    assert len(rows) == 1, rows
    assert rows[0][1] == PEOPLE, rows
    assert len(load_review(engine).people) == PEOPLE  # the next start works
    return str(rows[0][0])


def importing_process(url: str, source: Source, file_limit: int = 0) -> int:
    """Fork a process that imports a file and leaves; 0 done, 3 refused in a sentence, 4 anything else."""
    child = os.fork()
    if child:
        return child
    try:
        if file_limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
        engine = open_engine(url)
        importing.import_files(engine, [source], by=COMMAND_LINE)
        os._exit(0)
    except MantelError:
        os._exit(3)
    except BaseException:
        os._exit(4)


def kill_imports(url: str, count: int, seed: int = 1) -> Counter[str]:
    """Kill an importing process ``count`` times at random moments; how often nothing or all was there."""
    rng, outcomes = random.Random(seed), Counter[str]()
    files = {"II.b": everyone("II.b"), "III.b": everyone("III.b")}
    engine = open_engine(url)
    importing.import_files(engine, [files["II.b"]], by=COMMAND_LINE)
    now, spans = "II.b", []
    engine.dispose()
    for number in range(count + 2):
        wanted = "III.b" if now == "II.b" else "II.b"
        started = time.perf_counter()
        child = importing_process(url, files[wanted])
        if number >= 2:
            time.sleep(rng.uniform(0, max(spans) * 1.05))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if number < 2:  # two whole imports first, to know how long one takes
            assert status == 0
            spans.append(time.perf_counter() - started)
        after = state(engine)
        if number >= 2:
            outcomes["all" if after == wanted else "nothing"] += 1
        now = after
        engine.dispose()
    return outcomes
