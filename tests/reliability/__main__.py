"""``make reliability``: a hundred kills of an importing process on each kind of database."""

from __future__ import annotations

import sys
import tempfile

import pytest

from core.store.database import migrate, open_engine
from tests.reliability.faults import kill_imports

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/mantel.db"
        migrate(open_engine(url))
        print("SQLite, 100 kills:", dict(kill_imports(url, 100)))
    # PostgreSQL's server is a fixture of the tests.
    sys.exit(
        pytest.main(["-q", "-s", "tests/reliability/test_faults.py", "-k", "killed and postgresql", "--kills=100"])
    )
