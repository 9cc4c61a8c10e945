"""What the trail costs: an entry, beside a transaction that writes one row without one; and its verification.

``python -m tests.benchmarks.trail``; ``--url`` for a database on PostgreSQL that is empty.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from core.service import trail
from core.service.accounts import COMMAND_LINE
from core.settings import settings
from core.store.database import migrate, open_engine, writing
from core.trail.events import Event

ENTRIES = 100_000


def main(url: str = "", entries: int = ENTRIES) -> None:
    """Entries in transactions of their own and together, then the verification of all."""
    with tempfile.TemporaryDirectory() as folder:
        settings().local_dir = Path(folder)
        engine = open_engine(url or f"sqlite:///{folder}/mantel.db")
        migrate(engine)
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)"))
        plain, told = [], []
        for number in range(400):  # in turn, so that both meet the same machine
            start = time.perf_counter()
            with writing(engine) as connection:
                connection.execute(sa.text("INSERT INTO plain VALUES (:id, 'x')"), {"id": number})
            plain.append(time.perf_counter() - start)
            start = time.perf_counter()
            with writing(engine) as connection:
                connection.execute(sa.text("INSERT INTO plain VALUES (:id, 'x')"), {"id": 10_000 + number})
                trail.record(connection, Event.VIEW_SAVED, COMMAND_LINE, str(number), "x", after={"name": "x"})
            told.append(time.perf_counter() - start)
        extra = 1000 * (statistics.median(told) - statistics.median(plain))
        print(
            f"{engine.dialect.name}: an entry adds {extra:.2f} ms to a transaction of {1000 * statistics.median(plain):.2f} ms"
        )
        with writing(engine) as connection:
            for number in range(entries - 400):
                trail.record(connection, Event.PERSON_READ, COMMAND_LINE, str(number), "x")
        start = time.perf_counter()
        found = trail.verify_trail(engine)
        print(
            f"{engine.dialect.name}: {found.size} entries verified in {time.perf_counter() - start:.2f} s, sound: {found.sound}"
        )
        engine.dispose()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--url", default="")
    main(arguments.parse_args().url)
