"""Tests of core/ui/shared.py."""

import gc
import weakref

from core.ui.shared import freeze_what_stays


class Left:
    """Something that only the collector of cycles can take away."""

    def __init__(self):
        self.itself = self


def test_what_was_set_aside_is_collected_once_the_next_review_stands():
    left = Left()
    gone = weakref.ref(left)
    try:
        freeze_what_stays()
        assert gc.get_freeze_count() > 0
        del left
        gc.collect()
        assert gone() is not None  # the collector passes over it
        freeze_what_stays()
        assert gone() is None
    finally:
        gc.unfreeze()
