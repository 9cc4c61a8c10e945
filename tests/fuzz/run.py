"""Import mutated files one after another and watch that nothing but a sentence comes of it."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from core.imports.faults import RefusedImport
from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.store.tables import FACT_TABLES
from core.talent.errors import MantelError
from tests.fuzz.cases import base_files, mutated

#: A file that takes longer has hung.
LIMIT_SECONDS = 30


def rows_of(engine: sa.Engine) -> int:
    """How many rows all fact tables have."""
    with engine.connect() as connection:
        counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in FACT_TABLES.values()]
        return sum(connection.execute(sa.select(*counts)).one())


def fuzz(engine: sa.Engine, seeds: Iterable[int]) -> tuple[Counter[str], float]:
    """Import each seed's file; how they ended and the longest time.

    Raises
    ------
    AssertionError
        With the seed, when a file crashes the reader, writes in part, or hangs.
    """
    importing.import_files(engine, base_files(), by=COMMAND_LINE)
    outcomes: Counter[str] = Counter()
    longest = 0.0
    before = rows_of(engine)

    def hung(*_: object) -> None:
        raise AssertionError(f"a file took more than {LIMIT_SECONDS} s")

    signal.signal(signal.SIGALRM, hung)
    for seed in seeds:
        started = time.perf_counter()
        signal.alarm(LIMIT_SECONDS)
        written = 0
        try:
            plan = importing.import_files(engine, [mutated(seed)], by=COMMAND_LINE)
            written = len(plan.changes)
            outcomes["imported" if plan.says_something else "nothing new"] += 1
        except RefusedImport as refusal:
            if not refusal.faults:
                raise AssertionError(f"seed {seed}: refused without a reason") from refusal
            for fault in refusal.faults:
                fault.message.format(**{"value": fault.value, **fault.values})
            outcomes["refused"] += 1
        except MantelError as error:
            str(error)
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        finally:
            signal.alarm(0)
        after = rows_of(engine)
        assert after - before == written, f"seed {seed}: {after - before} rows written, {written} planned"
        before = after
        longest = max(longest, time.perf_counter() - started)
    return outcomes, longest
