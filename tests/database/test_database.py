"""The store on SQLite and on PostgreSQL."""

import datetime as dt

import pytest
import sqlalchemy as sa

from core.imports.faults import RefusedImport
from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.service.reviewing import current_review, review_key
from core.store.database import DatabaseProblem, check_version, migrate, open_engine, reading, writing
from core.store.facts import count_facts, data_version, load_facts
from core.store.tables import FACT_TABLES, Base, ImportAttempt
from core.talent.facts import KINDS
from tests.factories import NIP, sheet, siasn, siasn_row

FEEDBACK = ["NIP", "Nama", "Tahun", "Kategori"]


def tables(engine) -> dict[str, list]:
    """Every row of every table but the log of attempts."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name != "import_attempt"
        }


def test_fact_tables_mirror_the_kinds_of_facts():
    for name, kind in KINDS.items():
        extra = {"id", "import_id", "file_id", "sheet", "row", "superseded_by"}
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
        engine, [siasn(siasn_row()), sheet("f.xlsx", FEEDBACK, [NIP, "Budi Contoh", 2025, "Baik"])], COMMAND_LINE
    )
    with reading(engine) as connection:
        facts = load_facts(connection)
        assert data_version(connection) == 1
    assert facts["employee"].iloc[0]["birth_date"].date() == dt.date(1975, 3, 12)
    assert facts["feedback"].iloc[0]["category"] == "good"
    assert current_review(engine).people.at[NIP, "full_name"] == "Budi Contoh"


def test_importing_the_same_again_changes_no_fact(engine):
    importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
    plan = importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
    assert (plan.total("new"), plan.total("changed"), plan.total("unchanged")) == (0, 0, 1)


def test_a_correction_supersedes_and_keeps_what_was_said_before(engine):
    importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
    importing.import_files(engine, [siasn(siasn_row(**{"ESELON NAMA": "II.b"}))], COMMAND_LINE)
    table = FACT_TABLES["employee"]
    with reading(engine) as connection:
        rows = connection.execute(sa.select(table.c.echelon, table.c.superseded_by).order_by(table.c.id)).all()
        assert [tuple(row) for row in rows] == [("III.b", 2), ("II.b", None)]
        assert count_facts(connection)["employee"] == 1


def test_a_refused_import_leaves_everything_but_the_log_of_attempts(engine):
    importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
    before, key = tables(engine), review_key(engine)
    with pytest.raises(RefusedImport):
        importing.import_files(
            engine,
            [siasn(siasn_row(**{"ESELON NAMA": "II.b"})), siasn(siasn_row("19750312"), name="b.xlsx")],
            COMMAND_LINE,
        )
    assert tables(engine) == before
    assert review_key(engine) == key
    with reading(engine) as connection:
        log = connection.execute(
            sa.select(ImportAttempt.faults, ImportAttempt.batch_id).order_by(ImportAttempt.id)
        ).all()
    assert [tuple(row) for row in log] == [(0, 1), (1, None)]


def test_a_failure_in_the_middle_of_writing_leaves_nothing(engine, monkeypatch):
    before = tables(engine)

    def fail(*args):
        raise OSError("no space left")

    monkeypatch.setattr("core.store.facts.log_attempt", fail)
    with pytest.raises(OSError, match="no space"):
        importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
    assert tables(engine) == before


def test_a_preview_changes_nothing(engine):
    before = tables(engine)
    assert importing.preview(engine, [siasn(siasn_row())], COMMAND_LINE).total("new") == 1
    assert tables(engine) == before


def test_a_writer_waits_for_the_other_and_plans_against_what_it_left(engine):
    """The second import sees the first one's facts although both began before either ended."""
    import threading

    second_done = threading.Event()

    def second() -> None:
        importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
        second_done.set()

    with writing(engine) as connection:
        worker = threading.Thread(target=second)
        worker.start()
        assert not second_done.wait(0.4)
        connection.execute(sa.text("SELECT 1"))
    worker.join(20)
    assert second_done.is_set()
    plan = importing.import_files(engine, [siasn(siasn_row())], COMMAND_LINE)
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
        review_key(bare)
    bare.dispose()


def test_a_locked_database_is_told_in_one_sentence(tmp_path):
    url = f"sqlite:///{tmp_path / 'm.db'}"
    first, second = open_engine(url), open_engine(url)
    migrate(first)
    with second.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        connection.rollback()
    with writing(first), pytest.raises(DatabaseProblem, match="busy with another import"):
        importing.import_files(second, [siasn(siasn_row())], COMMAND_LINE)


def test_a_read_only_database_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "m.db"
    migrate(open_engine(f"sqlite:///{path}"))
    read_only = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert review_key(read_only)[0] == 0
    with pytest.raises(DatabaseProblem, match="read-only"):
        importing.import_files(read_only, [siasn(siasn_row())], COMMAND_LINE)


def test_a_database_server_that_is_away_is_told(tmp_path):
    with pytest.raises(DatabaseProblem, match="cannot be reached"):
        review_key(open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
