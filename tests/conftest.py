"""Shared fixtures: settings of a test's own, databases of both kinds, an invented regency."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up installation with the demo regency; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "MANTEL_LOCAL_DIR": str(folder), "MANTEL_DATABASE_URL": ""}
    subprocess.run([*PYTHON, "-m", "core", "setup", "--demo"], check=True, env=environment, capture_output=True)
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'mantel.db'}"
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{os.getpid()}_{next(_DATABASES)}"
    admin = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return f"{server}/{name}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often the importing process is killed; ``make reliability`` asks for a hundred."""
    parser.addoption("--kills", type=int, default=6)


@pytest.fixture
def postgresql_engine(postgresql_server: str, tmp_path: Path, configure) -> Iterator[sa.Engine]:
    """A migrated, empty database on PostgreSQL."""
    name = f"test_{os.getpid()}_{next(_DATABASES)}"
    admin = sa.create_engine(f"{postgresql_server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    admin.dispose()
    configure(database_url=f"{postgresql_server}/{name}", local_dir=tmp_path)
    made = open_engine(f"{postgresql_server}/{name}")
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def engine(database_url: str, tmp_path: Path, configure) -> Iterator[sa.Engine]:
    """A migrated, empty database of each kind in turn, also configured for commands."""
    configure(database_url=database_url, local_dir=tmp_path)
    made = open_engine(database_url)
    migrate(made)
    yield made
    made.dispose()
