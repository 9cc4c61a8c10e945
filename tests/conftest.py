"""Shared fixtures: settings of a test's own, databases of both kinds, an invented regency."""

from __future__ import annotations

import datetime as dt
import fcntl
import getpass
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import bcrypt
import pytest
import sqlalchemy as sa

from core.settings import settings
from core.store.database import migrate, open_engine

#: All tests take place on this day.
TODAY = dt.date(2026, 11, 24)

PYTHON = [sys.executable]


@pytest.fixture(autouse=True, scope="session")
def _fixed_day() -> Iterator[None]:
    os.environ["MANTEL_REFERENCE_DATE"] = TODAY.isoformat()
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(autouse=True, scope="session")
def _cheap_password_hashes() -> Iterator[None]:
    """Hashes of the least cost bcrypt allows: hundreds of accounts are made here, and none has to withstand anybody."""
    dear = bcrypt.gensalt
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", lambda: dear(rounds=4))
        yield


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch):
    """Change settings for one test: ``configure(max_upload_mb=1)``."""

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"MANTEL_{name.upper()}", str(value))
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def installation_folder(tmp_path: Path, configure) -> Path:
    """An installation of the test's own, empty."""
    configure(local_dir=tmp_path, database_url="")
    return tmp_path


@pytest.fixture(scope="session")
def demo_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up installation with the demo regency; to be copied, not changed."""
    if given := request.config.getoption("--demo-folder"):
        return Path(given)
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # of all workers: one makes it, the others wait
    folder = shared / "demo_template"
    with (shared / "demo_template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / "demo_in_the_making"
            environment = {**os.environ, "MANTEL_LOCAL_DIR": str(making), "MANTEL_DATABASE_URL": ""}
            subprocess.run([*PYTHON, "-m", "core", "setup", "--demo"], check=True, env=environment, capture_output=True)
            making.rename(folder)
    return folder


@pytest.fixture
def demo_installation(demo_template: Path, tmp_path: Path, configure) -> Path:
    """A copy of the demo installation, for this test alone."""
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    configure(local_dir=folder, database_url="")
    return folder


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of this test run; gives a URL without a database name."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.fail("PostgreSQL's server is missing; run tests/require_system.sh")
    folder = Path(tmp_path_factory.mktemp("postgresql"))
    as_root = os.geteuid() == 0
    become = ["runuser", "-u", "postgres", "--"] if as_root else []
    user = "postgres" if as_root else getpass.getuser()
    if as_root:
        for parent in (folder, *folder.parents):
            if parent == Path("/tmp"):
                break
            parent.chmod(0o755)
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*become, programs[-1] / "initdb", "-D", data, "-U", user, "-A", "trust", "-N"], **run)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run([*become, programs[-1] / "pg_ctl", "-D", data, "-w", "-o", options, "start"], **run)
    yield f"postgresql+psycopg://{user}@127.0.0.1:{port}"
    subprocess.run([*become, programs[-1] / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)


_DATABASES = iter(range(1_000_000))


def _create_database(server: str, template: str = "template1") -> str:
    """A new database on the server; its URL."""
    name = f"test_{os.getpid()}_{next(_DATABASES)}"
    admin = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    return f"{server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return request.param


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind in turn."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'mantel.db'}"
    return _create_database(request.getfixturevalue("postgresql_server"))


def _migrate_once(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "mantel.db"
    _migrate_once(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgresql_server: str) -> str:
    """The name of a migrated database on PostgreSQL, to be a template."""
    url = _create_database(postgresql_server)
    _migrate_once(url)
    return url.rsplit("/", 1)[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the importing process is killed (``make reliability`` asks for a hundred), and a demo made before."""
    parser.addoption("--kills", type=int, default=6)
    parser.addoption("--demo-folder", default="")
    parser.addoption("--update-pictures", action="store_true")


@pytest.fixture
def postgresql_engine(postgresql_server: str, migrated_template: str, tmp_path: Path, configure) -> Iterator[sa.Engine]:
    """A migrated, empty database on PostgreSQL, also configured for commands."""
    url = _create_database(postgresql_server, migrated_template)
    configure(database_url=url, local_dir=tmp_path)
    made = open_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(migrated_file: Path, tmp_path: Path, configure) -> Iterator[sa.Engine]:
    """A migrated, empty SQLite database, also configured for commands."""
    url = f"sqlite:///{shutil.copyfile(migrated_file, tmp_path / 'mantel.db')}"
    configure(database_url=url, local_dir=tmp_path)
    made = open_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def engine(database_kind: str, request: pytest.FixtureRequest) -> sa.Engine:
    """A migrated, empty database of each kind in turn, also configured for commands."""
    return request.getfixturevalue(f"{database_kind}_engine")
