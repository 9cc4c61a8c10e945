"""All that is known as a file: imported again it says nothing new, and an empty database becomes the same."""

import pytest

from core.imports.parse import Source
from core.reports.facts import write_facts
from core.service import importing
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.installation import open_configured_engine
from core.talent.facts import KINDS
from tests.database.test_database import facts_now
from tests.factories import account, siasn, siasn_row


def same_facts(one, other) -> None:
    """Both hold the same facts, whatever their ids."""
    for kind, spec in KINDS.items():
        columns = list(spec.columns)
        ours, theirs = (
            frame[kind][columns].sort_values(list(spec.key)).reset_index(drop=True).astype(object)
            for frame in (one, other)
        )
        assert ours.where(ours.notna(), None).equals(theirs.where(theirs.notna(), None)), kind


def test_the_export_imports_back_unchanged(demo_installation):
    engine = open_configured_engine()
    known = importing.load_facts(engine, by=COMMAND_LINE)
    assert sum(len(frame) > 0 for frame in known.values()) == len(KINDS)
    plan = importing.preview_import(engine, [Source("a.xlsx", write_facts(known))], by=COMMAND_LINE)
    assert not plan.says_something
    assert plan.total("unchanged") == sum(len(frame) for frame in known.values())
    assert (plan.matched_by_name, plan.written_otherwise, plan.reading.left_out) == ([], [], [])


def test_an_empty_database_becomes_the_same(engine, demo_template, configure):
    configure(local_dir=demo_template, database_url="")
    known = importing.load_facts(open_configured_engine(), by=COMMAND_LINE)
    importing.import_files(engine, [Source("a.xlsx", write_facts(known))], by=COMMAND_LINE)
    same_facts(facts_now(engine), known)


def test_texts_that_look_like_formulas_and_statuses_come_back(engine):
    row = siasn_row(**{"UNOR NAMA": "=Dinas Contoh", "JABATAN NAMA": "+Kepala"})
    importing.import_files(engine, [siasn(row)], by=COMMAND_LINE)
    known = importing.load_facts(engine, by=COMMAND_LINE)
    known["employee"]["service_status"] = "retired"
    importing.import_files(engine, [Source("a.xlsx", write_facts(known))], by=COMMAND_LINE)
    again = facts_now(engine)["employee"].iloc[0]
    assert (again["service_status"], again["unit"], again["position_title"]) == ("retired", "=Dinas Contoh", "+Kepala")


def test_only_who_imports_gets_the_file(engine):
    with pytest.raises(NotAllowed):
        importing.load_facts(engine, by=account(engine, "member"))
