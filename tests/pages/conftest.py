"""What every page test needs."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from core.service import installation
from core.service.review import load_review
from core.talent.review import TalentReview


@pytest.fixture(autouse=True, scope="session")
def _components_looked_for_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components at the start of each app; here once a worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _no_shared_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing that a test with an installation of its own computed is shown in another."""
    if "demo_to_look_at" in request.fixturenames:
        yield
        return
    _forget()
    yield
    _forget()


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


#: What a test that only looks may write all the same: its own account, signed in.
_OWN = {"user_account", "sign_in", "sign_in_limit", "audit_event"}


@pytest.fixture
def demo_to_look_at(demo_copy: Path, configure) -> Iterator[Path]:
    """The demo installation of all tests that write nothing; what one of them computed serves the next."""
    configure(local_dir=demo_copy, database_url="")
    before = _count_rows(demo_copy / "mantel.db")
    yield demo_copy
    assert _count_rows(demo_copy / "mantel.db") == before, "a test that writes needs demo_installation"


@pytest.fixture
def current(demo_to_look_at: Path) -> TalentReview:
    """The review of the demo installation of all tests that only look."""
    return load_review(installation.open_configured_engine())


@pytest.fixture
def own_review(demo_installation: Path) -> TalentReview:
    """The review of a demo installation of the test's own."""
    return load_review(installation.open_configured_engine())


@pytest.fixture(scope="session")
def demo_copy(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo installation for one worker."""
    return Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("demo") / "local"))


def _count_rows(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables
            if name not in _OWN and not name.startswith("sqlite_")
        }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that only look come first: what they share is forgotten by the first that does not."""
    items.sort(key=lambda item: "demo_to_look_at" not in getattr(item, "fixturenames", ()))
