import os
import threading

import pytest
import sqlalchemy as sa

from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.store.database import DatabaseProblem, open_engine
from tests.reliability.faults import everyone, importing_process, kill_imports, state


def test_killed_at_any_moment_all_or_nothing_is_there(engine, request):
    count = request.config.getoption("--kills")
    engine.dispose()
    outcomes = kill_imports(engine.url.render_as_string(hide_password=False), count)
    assert sum(outcomes.values()) == count
    print(dict(outcomes))


@pytest.mark.parametrize("room", [0, 60_000])
def test_a_full_disk_leaves_what_was_there(tmp_path, configure, room):
    from core.store.database import migrate

    url = f"sqlite:///{tmp_path / 'mantel.db'}"
    configure(database_url=url, local_dir=tmp_path)
    engine = open_engine(url)
    migrate(engine)
    importing.import_files(engine, [everyone("II.b")], by=COMMAND_LINE)
    engine.dispose()
    largest = max(file.stat().st_size for file in tmp_path.iterdir())
    child = importing_process(url, everyone("III.b"), file_limit=largest if room == 0 else min(largest, room))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 3)  # done within the room there was, or one sentence
    assert state(engine) == ("III.b" if status == 0 else "II.b")
    if room:
        assert status != 0


def test_a_full_disk_of_the_server_is_one_sentence(postgresql_engine):
    engine = postgresql_engine
    importing.import_files(engine, [everyone("II.b")], by=COMMAND_LINE)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "IF NEW.row > 100 THEN RAISE EXCEPTION 'could not extend file: No space left on device' "
                "USING ERRCODE = '53100'; END IF; RETURN NEW; END $$"
            )
        )
        connection.execute(
            sa.text("CREATE TRIGGER full_disk BEFORE INSERT ON employee FOR EACH ROW EXECUTE FUNCTION full_disk()")
        )
    with pytest.raises(DatabaseProblem, match="disk"):
        importing.import_files(engine, [everyone("III.b")], by=COMMAND_LINE)
    assert state(engine) == "II.b"


def test_a_connection_lost_in_mid_import_is_one_sentence(postgresql_engine):
    engine = postgresql_engine
    importing.import_files(engine, [everyone("II.b")], by=COMMAND_LINE)

    def cut(share: float) -> None:
        if share == importing._PLANNED:
            with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as other:
                other.execute(
                    sa.text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )

    with pytest.raises(DatabaseProblem):
        importing.import_files(engine, [everyone("III.b")], cut, by=COMMAND_LINE)
    assert state(engine) == "II.b"


def test_two_who_import_at_once_both_end_whole(engine):
    importing.import_files(engine, [everyone("II.b")], by=COMMAND_LINE)
    errors: list[Exception] = []

    def work(echelon: str) -> None:
        try:
            importing.import_files(engine, [everyone(echelon)], by=COMMAND_LINE)
        except DatabaseProblem as problem:
            errors.append(problem)

    workers = [threading.Thread(target=work, args=(echelon,)) for echelon in ("III.a", "III.b")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(errors) < 2
    assert state(engine) in ("III.a", "III.b")
