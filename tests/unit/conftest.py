"""What unit tests share: one review of the invented regency, which nobody changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.service.review import load_review
from core.settings import settings
from core.store.database import open_engine
from core.talent.review import TalentReview


@pytest.fixture(scope="session")
def current(demo_template: Path) -> Iterator[TalentReview]:
    """The review of the invented regency on the day of all tests; built once a worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANTEL_LOCAL_DIR", str(demo_template))
        patch.setenv("MANTEL_DATABASE_URL", "")
        settings.cache_clear()
        engine = open_engine(settings().url)
        yield load_review(engine)
        engine.dispose()
    settings.cache_clear()
