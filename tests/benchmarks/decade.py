"""Everybody of the regency with ten years of facts: import, scores, explanation, what-if, past grid.

``python -m tests.benchmarks.decade``; a part of ``make bench``. Beside each figure what plain pandas
takes for the values alone, in the same run.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from core.demo.files import demo_files, demo_past, demo_update
from core.service import clock, importing, reference, rubrics
from core.service import explanation as explaining
from core.service import review as reviewing
from core.service.accounts import COMMAND_LINE
from core.store.database import open_engine
from core.store.tables import ImportBatch
from core.talent.oversight.official import rescore_people, vary_rubric
from core.talent.scoring.score_table import compute_scores
from tests.benchmarks import plain
from tests.benchmarks.timing import report, timed
from tests.conftest import PYTHON

PEOPLE, YEARS = 15_000, 10
_BASELINE = """
import pathlib, sys, pandas, sqlalchemy
engine = sqlalchemy.create_engine("sqlite:///" + sys.argv[1])
for file in sorted(pathlib.Path(sys.argv[2]).glob("*.xlsx")):
    pandas.read_excel(file, engine="calamine", dtype=str).to_sql(file.stem, engine, index=False)
"""


def main() -> None:
    """All figures of ten years."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = folder / "files"
        files.mkdir()
        day, posts = clock.today(), reference.read_posts()
        # What demo_files holds counts as the last two years.
        for source in (*demo_past(PEOPLE, day, posts, YEARS - 2), *demo_files(PEOPLE, day, posts)):
            (files / source.name).write_bytes(source.content)
        environment = {**os.environ, "MANTEL_LOCAL_DIR": str(folder)}
        subprocess.run([*PYTHON, "-m", "core", "setup"], check=True, env=environment, capture_output=True)
        names = [str(path) for path in sorted(files.iterdir())]
        _process(
            f"import of {PEOPLE} people x {YEARS} years, {len(names)} files",
            ["-m", "core", "import", "--yes", *names],
            environment,
        )
        baseline = ["-c", _BASELINE, str(folder / "plain.db"), str(files)]
        _process("  plain pandas: read_excel, to_sql, nothing checked", baseline, environment)
        _measure(f"sqlite:///{folder / 'mantel.db'}")


def _process(what: str, arguments: list[str], environment: dict[str, str]) -> None:
    started = time.perf_counter()
    process = subprocess.Popen(
        [*PYTHON, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    print(f"{what}: {time.perf_counter() - started:.1f} s, {usage.ru_maxrss / 1024:.0f} MB resident", flush=True)


def _measure(url: str) -> None:
    engine = open_engine(url)
    print("facts:", sum(importing.count_facts(engine).values()))
    review = reviewing.load_review(engine)
    rubric, day = review.rubric, pd.Timestamp(review.as_of)

    beside(
        "score table",
        timed(lambda: compute_scores(replace(review.context), rubric), 5),
        timed(lambda: plain.talent_values(review.context, rubric, day), 5),
    )
    other = dict(vary_rubric(rubric))["last"]
    beside(
        "what-if rubric re-scored: one rule changed",
        timed(lambda: rescore_people(review, other), 5),
        timed(lambda: plain.talent_values(review.context, other, day), 5),
    )
    djbk = rubrics.find_rubric(engine, "djbk-65-20-15")
    beside(
        "what-if rubric re-scored: the other preset",
        timed(lambda: rescore_people(review, djbk), 5),
        timed(lambda: plain.talent_values(review.context, djbk, day), 5),
    )
    nips = random.Random(4).sample(list(review.people.index), 60)
    people, kinds = iter(nips), plain.load(url)
    explained = timed(lambda: explaining.explain_person(engine, review, next(people)), 50)
    people = iter(nips)

    def looked_up() -> list[pd.DataFrame]:
        nip = next(people)
        return [frame[frame["nip"] == nip] for frame in kinds.values()]

    beside("explanation of a person, with origins", explained, timed(looked_up, 50))

    # Later corrections, so that the past differs from now.
    posts = reference.read_posts()
    importing.import_files(
        engine, demo_update(PEOPLE, clock.today(), posts), by=COMMAND_LINE, reason="susulan", confirmed=True
    )
    past = dt.timedelta(days=1)
    _recorded_before(engine, clock.today() - past)
    beside(
        "as-of grid: yesterday's review from today's database",
        timed(lambda: reviewing.load_review(engine, as_of=clock.today() - past), 3),
        timed(lambda: plain.talent_values(plain.load(url, version=1), rubric, day), 3),
    )


def _recorded_before(engine: sa.Engine, day: dt.date) -> None:
    """Let the first import have been recorded on an earlier day."""
    with engine.begin() as connection:
        connection.execute(
            sa.update(ImportBatch)
            .where(ImportBatch.id == 1)
            .values(imported_at=dt.datetime(day.year, day.month, day.day))
        )


def beside(what: str, ours: list[float], baseline: list[float]) -> None:
    """Ours and the baseline of the same run, and the ratio of their medians."""
    report(what, ours, "ms")
    report("  plain pandas", baseline, "ms")
    print(f"  ratio of medians {statistics.median(ours) / statistics.median(baseline):.2f}", flush=True)


if __name__ == "__main__":
    main()
