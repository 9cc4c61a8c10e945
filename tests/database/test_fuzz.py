"""Nearly two hundred mutated files; ``make fuzz`` runs thousands."""

import pytest

from core.store.database import migrate, open_engine
from tests.fuzz.run import fuzz


@pytest.mark.parametrize("part", range(3))
def test_a_mutated_file_is_imported_whole_or_refused_in_a_sentence(part, tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'mantel.db'}")
    migrate(engine)
    outcomes, _ = fuzz(engine, range(part * 60, part * 60 + 60))
    assert sum(outcomes.values()) == 60
    assert set(outcomes) == {"imported", "refused", "nothing new"}
