"""``make fuzz``: thousands of mutated files (``COUNT``, from ``SEED``), each without a crash or a partial write."""

from __future__ import annotations

import os
import resource
import tempfile

from core.store.database import migrate, open_engine
from tests.fuzz.run import fuzz

COUNT, SEED = int(os.environ.get("COUNT", "10000")), int(os.environ.get("SEED", "0"))

with tempfile.TemporaryDirectory() as folder:
    engine = open_engine(f"sqlite:///{folder}/mantel.db")
    migrate(engine)
    outcomes, longest = fuzz(engine, range(SEED, SEED + COUNT))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
assert memory < 1024, f"{memory:.0f} MB"
print(f"{COUNT} files from seed {SEED}: {dict(outcomes)}; longest {longest:.2f} s, {memory:.0f} MB at most")
