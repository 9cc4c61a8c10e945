"""The files under ``data/`` that describe the regency and the rules: posts, families, rubrics."""

from __future__ import annotations

import csv
from functools import lru_cache

from core.service.toml_text import build_from_text
from core.settings import ROOT
from core.talent.errors import UnknownRubric
from core.talent.fit.rubric import FitRubric, build_fit_rubric
from core.talent.job_family import JobFamily
from core.talent.messages import N_
from core.talent.posts import Post
from core.talent.study import Discipline, StudyFieldProblem, StudyFields, build_study_fields

DATA = ROOT / "data"
#: Columns of a post that are whole numbers.
FIGURES = ("criticality", "required_level", "experience_years")


def read_shipped_rubrics() -> dict[str, str]:
    """Texts of the shipped rubrics by key (the file's name)."""
    return _texts("rubrics")


def read_shipped_rules() -> dict[str, str]:
    """Texts of the shipped rules by key (the file's name)."""
    return _texts("rules")


def _texts(folder: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((DATA / folder).glob("*.toml"))}


@lru_cache
def read_fit_rubric(key: str) -> FitRubric:
    """A shipped rubric of the fit for a post.

    Raises
    ------
    UnknownRubric, InvalidRubricFile
    """
    return build_from_text(read_fit_text(key), f"{key}.toml", build_fit_rubric)


def read_fit_text(key: str) -> str:
    """The text of a shipped rubric of the fit.

    Raises
    ------
    UnknownRubric
    """
    path = DATA / "rubrics" / "fit" / f"{key}.toml"
    if not path.is_file():
        raise UnknownRubric(N_("there is no file {path}"), path=path.relative_to(ROOT))
    return path.read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def read_posts() -> tuple[Post, ...]:
    """The JPT Pratama posts of the regency."""
    return tuple(
        Post(key=row.pop("post"), **{name: int(row.pop(name) or 0) for name in FIGURES if name in row}, **row)  # type: ignore[arg-type]  # the other columns are texts
        for row in _rows("posts.csv")
    )


@lru_cache
def read_families() -> tuple[JobFamily, ...]:
    """The job families; the first is general administration.

    Raises
    ------
    StudyFieldProblem
        For a discipline that does not exist.
    """
    known = [discipline.key for discipline in read_study_fields().disciplines]
    for row in _rows("job_families.csv"):
        for discipline in row["disciplines"].split("|"):
            if discipline not in known:
                raise StudyFieldProblem(
                    N_("the family “{family}” names the discipline “{value}”, which is not there"),
                    family=row["family"],
                    value=discipline,
                )
    return tuple(
        JobFamily(
            row["family"],
            {"id": row["name_id"], "en": row["name_en"]},
            tuple(row["unit_words"].split("|")),
            tuple(row["subject_words"].split("|")),
            frozenset(row["disciplines"].split("|")),
            read_study_fields(),
        )
        for row in _rows("job_families.csv")
    )


@lru_cache
def read_study_fields() -> StudyFields:
    """The disciplines and the programmes that belong to them."""
    return build_study_fields(
        [
            Discipline(
                row["group"],
                {"id": row["name_id"], "en": row["name_en"]},
                tuple(filter(None, row["related"].split("|"))),
                tuple(row["programmes"].split("|")),
            )
            for row in _rows("study_fields.csv")
        ]
    )
