"""The law of each level as examples that people in HR read and extend: ``eligibility.csv``.

A row starts from somebody who passes everything and changes what its cells say; an empty cell leaves things as they are,
``-`` takes what is known away. ``riwayat``: posts held, one after the other behind semicolons, as “title echelon
from..to”, then how it was held and in which unit where that matters; ``predikat``: “2024=good 2025=good”; ``asesmen``:
“day JPM level” (``?`` where it is not recorded); ``hukuman``: “level day last day of serving”,
or “level day tmt=day bulan=months”; ``periksa``: the day on which somebody confirmed that there is none; ``sehat``: “fit day”; ``diklat``: “day name”.
"""

import csv
from pathlib import Path

import pytest

from core.talent.eligibility.rules import ANSWERS, judge_everyone
from core.talent.posts import Post
from tests.factories import NIP, OTHER_NIP, complete, context_of, employee, frames, shipped_rule_book

CASES = list(csv.DictReader((Path(__file__).parent / "eligibility.csv").open(encoding="utf-8")))
BOOK = shipped_rule_book()
#: The level of posts that assessments in the examples are made for, unless a row says another.
LEVELS = {rules.key: (rules.levels or ("jpt_pratama",))[0] for rules in BOOK.rules}


def facts_of(case: dict[str, str]) -> dict[str, list[dict]]:
    """What is known of the person and of the registers."""
    facts = complete()
    facts["position_history"] = [period("Pengelola Data V.a 2014-01-01..2014-12-31")]
    if case["riwayat"]:
        facts["position_history"] = [period(text) for text in case["riwayat"].split("; ") if text != "-"]
    if case["predikat"]:
        pairs = (pair.split("=") for pair in case["predikat"].split())
        facts["performance_rating"] = [{"nip": NIP, "year": int(year), "rating": rating} for year, rating in pairs]
        facts["performance_rating"].append({"nip": OTHER_NIP, "year": 2025, "rating": "good"})
    if case["asesmen"]:
        day, *rest = case["asesmen"].split()
        own = LEVELS[case["aturan"]]
        facts["competency_assessment"] = [
            {
                "nip": NIP,
                "assessed_on": day,
                "job_person_match": float(rest[0]),
                "made_for": rest[1] if rest[1:] else own,
            }
            for _ in rest[:1]
        ]
        for row in facts["competency_assessment"]:
            row["made_for"] = None if row["made_for"] == "?" else row["made_for"]
    if case["hukuman"]:
        level, *rest = case["hukuman"].split()
        days = [word for word in rest if "=" not in word]
        named = dict(word.split("=") for word in rest if "=" in word)
        row = {"nip": NIP, "punishment": level, "effective_on": named.get("tmt"), "months": named.get("bulan")}
        row |= dict(zip(("decided_on", "served_until"), days, strict=False))
        facts["discipline"] = [row] if days else []
    if case["periksa"]:
        check = {"nip": NIP, "checked_on": case["periksa"], "checked_by": "Inspektorat"}
        facts["discipline_check"] = [check] if case["periksa"] != "-" else []
    if case["sehat"]:
        facts["health"] = (
            [{"nip": NIP, "health": word, "declared_on": day} for word, day in [case["sehat"].split()] if day]
            if case["sehat"] != "-"
            else []
        )
    if case["diklat"]:
        day, name = case["diklat"].split(maxsplit=1)
        facts["training"] = [{"nip": NIP, "name_of_training": name, "started_on": day, "hours": 20.0}]
    return facts


def period(text: str) -> dict[str, object]:
    """A post held, from “title echelon from..to [holding [unit]]”."""
    words = text.split()
    at = next(at for at, word in enumerate(words) if ".." in word)
    started, ended = words[at].split("..")
    held = {"nip": NIP, "title": " ".join(words[: at - 1]), "started_on": started, "ended_on": ended}
    held |= {"echelon": None if words[at - 1] == "-" else words[at - 1]}
    rest = words[at + 1 :]
    return held | {"holding": rest[0] if rest else "definitive", "unit": " ".join(rest[1:]) or "Sekretariat Daerah"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['aturan']}, {case['syarat']}: {case['uraian']}")
def test_each_gate_gives_its_answer_with_its_article(case):
    told = {"birth_date": case["lahir"], "position_title": case["jabatan"], "position_since": case["sejak"]}
    told |= {"grade": case["golongan"], "education_level": case["pendidikan"]}
    person = {name: None if value == "-" else value for name, value in told.items() if value}
    if case["jabatan"]:
        person["echelon"] = case["eselon"] or None
    context = context_of(frames(employee=[employee(**person)], **facts_of(case)), case["tanggal"] or "2026-11-24")
    rules = next(rules for rules in BOOK.rules if rules.key == case["aturan"])
    post = Post("x", "Jabatan", "Dinas Kesehatan", "II.b", "health") if case["syarat"] == "related_experience" else None
    judged = judge_everyone(context, rules, post)
    assert ANSWERS[judged.answers[case["syarat"]].at[NIP, "answer"]] == case["jawaban"]
    assert judged.gate(case["syarat"]).article == case["pasal"]


def test_every_deciding_gate_of_every_level_has_examples():
    tried = {(case["aturan"], case["syarat"]) for case in CASES}
    for rules in BOOK.rules:
        for gate in rules.gates:
            shared = gate.function == "related_experience" and rules.key == "sekda"  # as for JPT Pratama
            assert gate.effect != "gate" or shared or (rules.key, gate.key) in tried, (rules.key, gate.key)
    assert len(CASES) >= 120
