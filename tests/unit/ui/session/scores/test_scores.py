"""What a browser says it typed may be anything."""

import pytest
import streamlit as st

from core.ui.session.scores import read_scores


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"start": "s", "cells": {"0:0": 70, "1:1": None, "2:0": 88.5}}, {(0, 0): 70, (1, 1): None, (2, 0): 88.5}),
        ({"start": "other", "cells": {"0:0": 70}}, {}),
        ({"start": "s", "cells": {"3:0": 70, "0:2": 70, "-1:0": 70, "x": 70, "0": 70, "٠:0": 70}}, {}),
        ({"start": "s", "cells": {"0:0": "70", "0:1": True, "1:0": [], "1:1": float("nan")}}, {}),
        ({"start": "s", "cells": {"0:" + "0" * 20: 70}}, {}),
        ({"start": "s", "cells": [1]}, {}),
        ([1], {}),
        (None, {}),
    ],
)
def test_only_cells_that_there_are_with_numbers_are_read(monkeypatch, said, read):
    monkeypatch.setattr(st, "session_state", {"key": {"scores": said}})
    assert read_scores("key", "s", 3, 2) == read


def test_a_table_that_was_not_there_says_nothing(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    assert read_scores("key", "s", 3, 2) == {}
