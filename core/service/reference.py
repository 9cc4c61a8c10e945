"""The files under ``data/`` that describe the regency and the rules: posts, families, rubrics."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.settings import ROOT
from core.talent.eligibility import Gate, gates_from
from core.talent.errors import InvalidRubric
from core.talent.job_family import JobFamily
from core.talent.position import Position
from core.talent.rubric import Rubric, rubric_from

DATA = ROOT / "data"


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidRubric("there is no file {path}", path=path.relative_to(ROOT)) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidRubric("{path} is not valid TOML: {reason}", path=path.relative_to(ROOT), reason=error) from None


@lru_cache
def rubric(key: str) -> Rubric:
    """A shipped rubric.

    Raises
    ------
    InvalidRubric
    """
    return rubric_from(_toml(DATA / "rubrics" / f"{key}.toml"))


@lru_cache
def gates(key: str) -> tuple[Gate, ...]:
    """The gates of a shipped rules file."""
    return gates_from(_toml(DATA / "rules" / f"{key}.toml"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def positions() -> tuple[Position, ...]:
    """The JPT Pratama posts of the regency."""
    return tuple(Position(**row) for row in _rows("posts.csv"))


@lru_cache
def families() -> tuple[JobFamily, ...]:
    """The job families; the first is general administration."""
    return tuple(
        JobFamily(
            row["family"],
            {"id": row["name_id"], "en": row["name_en"]},
            tuple(row["unit_words"].split("|")),
            tuple(row["field_words"].split("|")),
        )
        for row in _rows("job_families.csv")
    )
