"""A session that has closed, for tests of what comes after it."""

from __future__ import annotations

import copy
import shutil

import pytest

from core.service import trail
from core.service.accounts import COMMAND_LINE
from core.service.papers import material
from core.settings import settings
from core.store.database import open_engine
from tests.sitting import Sitting, close


@pytest.fixture(scope="module")
def closed_template(migrated_file, tmp_path_factory):
    """A folder with a session that has closed, made once: to be copied, not changed."""
    folder = tmp_path_factory.mktemp("closed")
    engine = open_engine(f"sqlite:///{shutil.copyfile(migrated_file, folder / 'mantel.db')}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANTEL_LOCAL_DIR", str(folder))
        settings.cache_clear()
        sitting = close(Sitting(engine))
        gathered = material.gather_material(engine, sitting.session, sitting.frozen(), by=COMMAND_LINE)
    settings.cache_clear()
    engine.dispose()
    return folder, sitting, gathered


@pytest.fixture
def closed(closed_template, tmp_path, configure):
    """A closed session of the test's own, on SQLite."""
    folder, made, _ = closed_template
    shutil.copytree(folder, tmp_path / "local")
    url = f"sqlite:///{tmp_path / 'local' / 'mantel.db'}"
    configure(local_dir=tmp_path / "local", database_url=url)
    trail.forget_key()
    sitting = copy.copy(made)
    sitting.engine = open_engine(url)
    yield sitting
    sitting.engine.dispose()
    trail.forget_key()


@pytest.fixture
def closed_on_both(engine):
    """A closed session on each kind of database."""
    return close(Sitting(engine))
