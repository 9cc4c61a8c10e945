"""Lembar pegawai: what one person may be given of themselves. Nobody else's values are in it, and no place among others."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from core.locales import Language, day, number, translator
from core.papers.document import Block, Document, Section, head, list_items, say, tabulate
from core.reports.explanation import Origins, gate_rows, score_rows
from core.service.papers.material import OFFICE
from core.talent.messages import N_
from core.talent.person.explanation import Explanation
from core.talent.review import TalentReview


def write_sheet(
    review: TalentReview,
    explanation: Explanation,
    origins: Origins,
    paper_number: str,
    issued_on: dt.date,
    language: Language = "id",
) -> Document:
    """A person's box, parts, records, what is missing, and how to object.

    Parameters
    ----------
    explanation, origins
        From ``explain_person`` without a post in view.
    """
    t = translator(language)
    nip = explanation.nip
    person = review.people.loc[[nip]].iloc[0]

    def either(value: object) -> str:
        return str(value) if isinstance(value, str) and value else "–"

    facts = (
        (t(N_("Name")), explanation.name),
        ("NIP", nip),
        (t(N_("Present post")), either(person["position_title"])),
        (t(N_("Unit")), either(person["unit"])),
        (
            t(N_("Data version")),
            t(N_("{version} of {day}")).format(version=review.data_version, day=day(review.as_of, language)),
        ),
        (t(N_("Rubric")), f"{review.rubric.name} v{review.rubric.version} ({review.rubric.digest[:12]})"),
    )
    blocks = [head(t(N_("Box"))), say(_say_box(explanation, person, language))]
    parts = [
        ("· " * row.depth + row.what, row.weight or "–", row.score or "–", row.points or "–", row.record or "–")
        for row in score_rows(explanation, origins, language)
    ]
    header = [t(word) for word in (N_("Part"), N_("Weight"), N_("Value"), N_("Points"), N_("Record"))]
    blocks += [head(t(N_("What the value is made of"))), *tabulate("", header, parts)]
    columns = [t(word) for word in (N_("Requirement"), N_("Answer"), N_("What was found"), N_("Article"), N_("Record"))]
    blocks += [
        head(t(N_("Requirements of the level aimed at"))),
        *tabulate("", columns, gate_rows(explanation, origins, language)),
        head(t(N_("What is missing"))),
        *_missing(explanation, language),
        head(t(N_("How to object"))),
        list_items(
            [
                t(
                    N_(
                        "Whoever finds a record wrong or missing brings the paper that proves it to BKPSDM, with this sheet."
                    )
                ),
                t(
                    N_(
                        "A record is mended at its source (SIASN, e-Kinerja) and imported anew; what was wrong stays visible in its history."
                    )
                ),
                t(N_("After the import a new sheet is given; this one keeps its number and what it says.")),
            ]
        ),
        say(t(N_("For consideration: the decision is the PPK's. This sheet is about one person alone."))),
    ]
    return Document(
        OFFICE,
        t(N_("Sheet of one person")),
        paper_number,
        day(issued_on, language),
        t(N_("What is known of one civil servant, and what follows from it")),
        language,
        facts,
        (Section(tuple(blocks)),),
        f"NIP {nip}",
    ).printable()


def _say_box(explanation: Explanation, person: pd.Series, language: Language) -> str:
    t = translator(language)
    if not explanation.box:
        boxes = ", ".join(map(str, explanation.possible_boxes))
        return t(N_("Not assessed: records are missing. Boxes still possible: {boxes}.")).format(boxes=boxes or "–")
    shown = {name: number(float(str(person[name])), 2, language) for name in ("performance", "potential", "talent")}
    return t(N_("Box {box}: performance {performance}, potential {potential}, talent value {talent}.")).format(
        box=explanation.box, **shown
    )


def _missing(explanation: Explanation, language: Language) -> list[Block]:
    t = translator(language)
    if not explanation.missing:
        return [say(t(N_("Nothing is missing.")))]
    lines = [
        t(N_("{name} leaves {points} points open")).format(
            name=each.name[language], points=number(each.points, 2, language)
        )
        for each in explanation.missing
    ]
    return [list_items(lines)]
