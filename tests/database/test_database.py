"""The store on SQLite and on PostgreSQL."""

import datetime as dt

import pandas as pd
import pytest
import sqlalchemy as sa
from alembic import command

from core.imports.faults import RefusedImport
from core.service import importing, installation, rubrics, trail
from core.service.accounts import COMMAND_LINE
from core.service.review import NothingKnown, get_review_key, load_review
from core.store.database import DatabaseProblem, _alembic, check_version, migrate, open_engine, reading, writing
from core.store.facts import count_facts, get_data_version, load_facts, load_origins, load_versions
from core.store.imports import CannotUndo
from core.store.tables import FACT_TABLES, Base, ImportAttempt
from core.store.trail import iterate_entries
from core.talent.errors import MantelError, UnknownRubric
from core.talent.facts import KINDS
from tests.conftest import TODAY
from tests.factories import NIP, sheet, siasn, siasn_row

FEEDBACK = ["NIP", "Nama", "Tahun", "Kategori"]


def tables(engine) -> dict[str, list]:
    """Every row of every table but the log of attempts and the trail."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in ("import_attempt", "audit_event", "audit_head")
        }


def test_fact_tables_mirror_the_kinds_of_facts():
    for name, kind in KINDS.items():
        extra = {"id", "import_id", "file_id", "sheet", "row", "matched_by_name", "superseded_by"}
        assert [c.name for c in FACT_TABLES[name].columns if c.name not in extra] == list(kind.columns)


def test_the_migrations_make_the_tables_the_code_expects(engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_twice_changes_nothing(engine):
    before = tables(engine)
    migrate(engine)
    assert tables(engine) == before


def test_import_then_read_back(engine):
    importing.import_files(
        engine, [siasn(siasn_row()), sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Baik"])], by=COMMAND_LINE
    )
    with reading(engine) as connection:
        facts = load_facts(connection)
        assert get_data_version(connection) == 1
    assert facts["employee"].iloc[0]["birth_date"].date() == dt.date(1975, 3, 12)
    assert facts["feedback"].iloc[0]["category"] == "good"
    assert load_review(engine).people.at[NIP, "full_name"] == "Budi Contoh"


def test_importing_the_same_again_changes_no_fact(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    plan = importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    assert (plan.total("new"), plan.total("changed"), plan.total("unchanged")) == (0, 0, 1)


def test_a_correction_supersedes_and_keeps_what_was_said_before(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    importing.import_files(engine, [siasn(siasn_row(**{"ESELON NAMA": "II.b"}))], by=COMMAND_LINE)
    table = FACT_TABLES["employee"]
    with reading(engine) as connection:
        rows = connection.execute(sa.select(table.c.echelon, table.c.superseded_by).order_by(table.c.id)).all()
        assert [tuple(row) for row in rows] == [("III.b", 2), ("II.b", None)]
        assert count_facts(connection)["employee"] == 1


def test_files_that_say_nothing_new_make_no_new_version(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    before = tables(engine)
    assert not importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE).says_something
    assert tables(engine) == before


def test_a_correction_keeps_reason_and_person_and_both_versions(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    importing.import_files(engine, [siasn(siasn_row(**{"ESELON NAMA": "II.b"}))], by=COMMAND_LINE, reason="SK baru")
    with reading(engine) as connection:
        rows = load_versions(connection, "employee", ["nip", "echelon"])
        origins = load_origins(connection, [("employee", int(rows["id"].iloc[1]))])
    assert rows["echelon"].tolist() == ["III.b", "II.b"]
    (origin,) = origins.values()
    assert (origin["reason"], origin["username"], origin["file"], origin["row"]) == (
        "SK baru",
        "command line",
        "siasn.xlsx",
        2,
    )


@pytest.fixture
def at(monkeypatch):
    """Set the clock of recording: ``at("2026-11-01")`` is noon there."""

    def set_clock(day: str) -> None:
        moment = dt.datetime.fromisoformat(f"{day}T05:00:00")
        monkeypatch.setattr("core.service.importing.now", lambda: moment)

    return set_clock


def test_yesterdays_grid_is_drawn_from_todays_database(engine, at):
    at("2026-11-01")
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    then = load_review(engine, as_of=dt.date(2026, 11, 10)).people
    at("2026-11-20")
    importing.import_files(engine, [siasn(siasn_row(**{"ESELON NAMA": "II.b"}))], by=COMMAND_LINE)
    again = load_review(engine, as_of=dt.date(2026, 11, 10)).people
    pd.testing.assert_frame_equal(then, again)
    assert again.at[NIP, "echelon"] == "III.b"
    assert load_review(engine, as_of=dt.date(2026, 11, 20)).people.at[NIP, "echelon"] == "II.b"
    with pytest.raises(NothingKnown, match="by 31-10-2026 nothing had been recorded"):
        load_review(engine, as_of=dt.date(2026, 10, 31))


def test_as_of_now_is_now(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    pd.testing.assert_frame_equal(load_review(engine, as_of=TODAY).people, load_review(engine).people)
    assert get_review_key(engine, as_of=TODAY) == get_review_key(engine)


def test_an_import_is_undone_as_a_whole(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    before = {kind: frame.drop(columns="id") for kind, frame in facts_now(engine).items()}
    second = [
        siasn(siasn_row(**{"ESELON NAMA": "II.b"})),
        sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Baik"]),
    ]
    importing.import_files(engine, second, by=COMMAND_LINE)
    importing.undo_import(engine, 2, "salah berkas", by=COMMAND_LINE)
    after = {kind: frame.drop(columns="id") for kind, frame in facts_now(engine).items()}
    for kind, frame in before.items():
        pd.testing.assert_frame_equal(frame, after[kind])
    with reading(engine) as connection:
        assert get_data_version(connection) == 3
        assert load_facts(connection, ["feedback"], version=2)["feedback"]["category"].tolist() == ["good"]
        fact_id = load_facts(connection, ["employee"])["employee"]["id"].iloc[0]
        assert load_origins(connection, [("employee", int(fact_id))])["employee", int(fact_id)]["import_id"] == 1
    importing.undo_import(engine, 1, "semua", by=COMMAND_LINE)
    assert all(frame.empty for frame in facts_now(engine).values())


def facts_now(engine) -> dict:
    return importing.load_facts(engine, by=COMMAND_LINE)


def test_what_something_newer_rests_on_is_not_undone(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    importing.import_files(engine, [sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Baik"])], by=COMMAND_LINE)
    before = tables(engine)
    with pytest.raises(CannotUndo, match="import number 2 rests on import number 1"):
        importing.undo_import(engine, 1, "x", by=COMMAND_LINE)
    importing.import_files(engine, [sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Kurang"])], by=COMMAND_LINE)
    with pytest.raises(CannotUndo, match="import number 3 rests on import number 2"):
        importing.undo_import(engine, 2, "x", by=COMMAND_LINE)
    importing.undo_import(engine, 3, "x", by=COMMAND_LINE)
    for number, words in ((3, "undone already"), (4, "no import number 4"), (99, "no import number 99")):
        with pytest.raises(CannotUndo, match=words):
            importing.undo_import(engine, number, "x", by=COMMAND_LINE)
    with pytest.raises(CannotUndo, match="say why"):
        importing.undo_import(engine, 2, " ", by=COMMAND_LINE)
    importing.undo_import(engine, 2, "x", by=COMMAND_LINE)
    assert facts_now(engine)["feedback"].empty
    assert tables(engine)["employee"] == before["employee"]


def test_people_found_by_name_are_confirmed_or_nothing_is_written(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    before = tables(engine)
    recap = sheet(
        "r.xlsx", ["nama", "unit_kerja", "kuadran_kinerja", "tahun"], ["Budi Contoh", "Dinas Contoh", "baik", 2025]
    )
    with pytest.raises(importing.UnconfirmedPeople, match="1 rows"):
        importing.import_files(engine, [recap], by=COMMAND_LINE, confirmed=False)
    assert tables(engine) == before
    importing.import_files(engine, [recap], by=COMMAND_LINE, confirmed=True)
    fact = int(facts_now(engine)["performance_rating"]["id"].iloc[0])
    with reading(engine) as connection:
        assert load_origins(connection, [("performance_rating", fact)])["performance_rating", fact]["matched_by_name"]


def test_people_missing_in_an_export_of_everybody_are_confirmed_and_stay(engine):
    nips = [f"19800101201001100{n}" for n in range(5)]

    def export(people, grade):
        return siasn(*(siasn_row(nip, **{"NAMA": f"NAMA{nip[-1]}", "GOL AKHIR NAMA": grade}) for nip in people))

    importing.import_files(engine, [export(nips, "IV/a")], by=COMMAND_LINE)
    before = tables(engine)
    with pytest.raises(importing.UnconfirmedPeople, match="1 people who are known are not in this export"):
        importing.import_files(engine, [export(nips[1:], "IV/b")], by=COMMAND_LINE, confirmed=False)
    assert tables(engine) == before
    plan = importing.import_files(engine, [export(nips[1:], "IV/b")], by=COMMAND_LINE, confirmed=True)
    assert [nip for nip, _ in plan.not_in_export] == nips[:1]
    grades = facts_now(engine)["employee"].set_index("nip")["grade"].to_dict()
    assert grades == {nips[0]: "IV/a"} | dict.fromkeys(nips[1:], "IV/b")
    # A file about few is not one of everybody.
    few = importing.preview_import(engine, [export(nips[:2], "IV/c")], by=COMMAND_LINE)
    assert few.not_in_export == []


def test_a_post_that_goes_back_is_confirmed(engine):
    """Main data of last year, imported after this year's, would demote whoever has risen since."""
    now = siasn_row(**{"JABATAN NAMA": "Kepala Dinas Contoh", "TMT JABATAN": "02-01-2026", "ESELON NAMA": "II.b"})
    importing.import_files(engine, [siasn(now)], by=COMMAND_LINE)
    before = tables(engine)
    with pytest.raises(importing.UnconfirmedPeople, match="1 people would hold a post since an earlier day") as asked:
        importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    assert asked.value.plan.gone_back == [(NIP, "BUDI CONTOH")]
    assert tables(engine) == before
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE, confirmed=True)
    # The same post with a corrected day is none.
    corrected = siasn_row(**{"TMT JABATAN": "31-12-2019"})
    assert importing.import_files(engine, [siasn(corrected)], by=COMMAND_LINE).gone_back == []


def test_of_two_namesakes_the_unit_says_whose_number_it_is(engine):
    other = siasn_row("198001012010011001", **{"UNOR NAMA": "Dinas Lain"})
    importing.import_files(engine, [siasn(siasn_row(), other)], by=COMMAND_LINE)
    header = ["NIP", "Nama", "Unit Kerja", "Predikat Kinerja", "Tahun"]
    wrong = sheet("r.xlsx", header, [NIP, "Budi Contoh", "Dinas Lain", "Baik", 2025])
    with pytest.raises(RefusedImport) as refusal:
        importing.import_files(engine, [wrong], by=COMMAND_LINE)
    assert refusal.value.faults[0].values["other"] == "198001012010011001"
    right = sheet("r.xlsx", header, [NIP, "Budi Contoh", "Dinas Contoh", "Baik", 2025])
    assert importing.import_files(engine, [right], by=COMMAND_LINE).total("new") == 1


def test_a_confirmed_column_is_remembered_for_the_layout(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    odd = sheet("f.xlsx", ["NIP", "Nama", "Tahun Nilai", "Hasil Umpan Balik"], [NIP, "Budi Contoh", 2025, "Baik"])
    with pytest.raises(RefusedImport):
        importing.preview_import(engine, [odd], by=COMMAND_LINE)
    for wrong in ({}, {"Tahun Nilai": "luck"}, {"Tahun": "year"}):
        with pytest.raises(importing.UnusableMapping):
            importing.remember_columns(engine, "umpan_balik_360", wrong, by=COMMAND_LINE)
    importing.remember_columns(engine, "umpan_balik_360", {"Tahun Nilai": "year"}, by=COMMAND_LINE)
    with pytest.raises(RefusedImport) as refusal:
        importing.preview_import(engine, [odd], by=COMMAND_LINE)
    offer = refusal.value.faults[0].offer
    assert (offer.layout, offer.headers, offer.lacking) == ("umpan_balik_360", ("Hasil Umpan Balik",), ("category",))
    importing.remember_columns(engine, "umpan_balik_360", {"Hasil Umpan Balik": "category"}, by=COMMAND_LINE)
    importing.import_files(engine, [odd], by=COMMAND_LINE)
    assert facts_now(engine)["feedback"]["category"].tolist() == ["good"]


def test_rubrics_are_kept_by_content_and_shipped_ones_stay(engine):
    rubrics.keep_shipped(engine)
    shipped = rubrics.list_rubrics(engine)
    assert [rubric.key for rubric in shipped] == ["djbk-65-20-15", "kepka-bkn-411-2025"]
    text = rubrics.copy_rubric(shipped[1], "oki", "Rubrik OKI")
    first = rubrics.save_rubric(engine, text, "salinan", by=COMMAND_LINE)
    second = rubrics.save_rubric(engine, text.replace("high = 80", "high = 90"), "ambang", by=COMMAND_LINE)
    assert (first.version, second.version) == (1, 2)
    assert rubrics.find_rubric(engine, "oki").digest == second.digest
    assert (
        rubrics.find_rubric(engine, "oki@1").digest
        == rubrics.find_rubric(engine, first.digest[:10]).digest
        == first.digest
    )
    assert rubrics.find_rubric(engine, "oki@1").thresholds.high == 80
    for wrong, words in (
        (text, "nothing new"),
        (text.replace('key = "oki"', 'key = "kepka-bkn-411-2025"'), "shipped with Mantel"),
        (text.replace('key = "oki"', 'key = "O K I"'), "cannot be used"),
        (text.replace("high = 80", "high = 8000"), "line "),
        # Opened when the first version was the newest: what was kept since would be undone without a word.
        (text.replace("high = 80", "high = 85"), "version 2 of “oki” was kept since"),
    ):
        with pytest.raises(MantelError, match=words):
            rubrics.save_rubric(engine, wrong, "", by=COMMAND_LINE)
    with pytest.raises(UnknownRubric, match="no rubric “raja”"):
        rubrics.find_rubric(engine, "raja")
    assert rubrics.compare_texts(shipped[1].content, text) == []
    assert rubrics.compare_texts(text, text.replace("high = 80", "high = 90")) == [("thresholds.high", "80", "90")]


def test_a_refused_import_leaves_everything_but_the_log_of_attempts(engine):
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    before, key = tables(engine), get_review_key(engine)
    with pytest.raises(RefusedImport):
        importing.import_files(
            engine,
            [siasn(siasn_row(**{"ESELON NAMA": "II.b"})), siasn(siasn_row("19750312"), name="b.xlsx")],
            by=COMMAND_LINE,
        )
    assert tables(engine) == before
    assert get_review_key(engine) == key
    with reading(engine) as connection:
        log = connection.execute(
            sa.select(ImportAttempt.faults, ImportAttempt.batch_id).order_by(ImportAttempt.id)
        ).all()
    assert [tuple(row) for row in log] == [(0, 1), (1, None)]


def test_a_failure_in_the_middle_of_writing_leaves_nothing(engine, monkeypatch):
    before = tables(engine)

    def fail(*args):
        raise OSError("no space left")

    monkeypatch.setattr("core.store.imports.log_attempt", fail)
    with pytest.raises(OSError, match="no space"):
        importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    assert tables(engine) == before


def test_who_would_change_box_is_told_where_a_new_row_lacks_what_all_others_have(engine):
    known = [siasn_row(f"19800101201001100{n}", NAMA=f"NAMA{n}") for n in range(3)]
    header = ["NIP", "Nama", "Tingkat Pendidikan", "Bidang Ilmu", "Tahun Lulus"]
    schools = [[row[1], row[2], "S2", "Ilmu Pemerintahan", 2010] for row in known]
    importing.import_files(engine, [siasn(*known), sheet("s.xlsx", header, *schools)], by=COMMAND_LINE)
    more = sheet("s.xlsx", header, [known[0][1], known[0][2], "S1", "Hukum", ""])
    plan = importing.preview_import(engine, [more], by=COMMAND_LINE)
    assert plan.total("new") == 1
    assert importing.preview_boxes(engine, plan).empty


def test_a_preview_changes_nothing(engine):
    before = tables(engine)
    assert importing.preview_import(engine, [siasn(siasn_row())], by=COMMAND_LINE).total("new") == 1
    assert tables(engine) == before


def test_a_writer_waits_for_the_other_and_plans_against_what_it_left(engine):
    """The second import sees the first one's facts although both began before either ended."""
    import threading

    second_done = threading.Event()

    def second() -> None:
        importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
        second_done.set()

    with writing(engine) as connection:
        worker = threading.Thread(target=second)
        worker.start()
        assert not second_done.wait(0.4)
        connection.execute(sa.text("SELECT 1"))
    worker.join(20)
    assert second_done.is_set()
    plan = importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    assert plan.total("unchanged") == 1


def test_a_database_of_a_newer_version_is_refused(engine):
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (check_version, migrate):
        with pytest.raises(DatabaseProblem, match="newer version of Mantel"):
            act(engine)


def test_a_database_that_was_never_set_up_is_told(database_url):
    bare = open_engine(database_url)
    with pytest.raises(DatabaseProblem, match="not set up"):
        get_review_key(bare)
    bare.dispose()


def test_a_locked_database_is_told_in_one_sentence(tmp_path):
    url = f"sqlite:///{tmp_path / 'm.db'}"
    first, second = open_engine(url), open_engine(url)
    migrate(first)
    with second.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        connection.rollback()
    with writing(first), pytest.raises(DatabaseProblem, match="busy with another import"):
        importing.import_files(second, [siasn(siasn_row())], by=COMMAND_LINE)


def test_a_read_only_database_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "m.db"
    migrate(open_engine(f"sqlite:///{path}"))
    read_only = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert get_review_key(read_only)[0] == 0
    with pytest.raises(DatabaseProblem, match="read-only"):
        importing.import_files(read_only, [siasn(siasn_row())], by=COMMAND_LINE)


def test_a_database_server_that_is_away_is_told(tmp_path):
    with pytest.raises(DatabaseProblem, match="cannot be reached"):
        get_review_key(open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))


def test_a_database_of_an_older_version_is_told_and_brought_up(database_url, tmp_path, configure):
    configure(local_dir=tmp_path, database_url=database_url)
    engine = open_engine(database_url)
    with engine.begin() as connection:
        command.upgrade(_alembic(connection), "0007")
        connection.execute(
            sa.text(
                "INSERT INTO user_account (username, full_name, role, password_hash, active, failed_attempts)"
                " VALUES ('budi', 'Budi', 'member', 'x', :yes, 2)"
            ),
            {"yes": True},
        )
        for number, action in enumerate(("user added", "signed in"), 1):
            connection.execute(
                sa.text("INSERT INTO audit_event VALUES (:number, '2026-01-05 03:04:05', 'budi', :action, 'x')"),
                {"number": number, "action": action},
            )
    with pytest.raises(DatabaseProblem, match="older version of Mantel"):
        check_version(engine)
    installation.set_up(engine)
    check_version(engine)
    importing.import_files(engine, [siasn(siasn_row())], by=COMMAND_LINE)
    # What the trail said before it had a vocabulary is in it, and covered by the signature.
    with reading(engine) as connection:
        entries = [entry for entry, _ in iterate_entries(connection)]
    assert [(entry.event, entry.username, entry.subject) for entry in entries[:2]] == [
        ("trail:earlier", "budi", "user added"),
        ("trail:earlier", "budi", "signed in"),
    ]
    assert entries[0].happened_at == dt.datetime(2026, 1, 5, 3, 4, 5)
    assert trail.verify_trail(engine).sound
    engine.dispose()
