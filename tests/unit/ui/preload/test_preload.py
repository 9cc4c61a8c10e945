"""Tests of core/ui/preload: the files are there in the version of Streamlit that is pinned."""

from core.ui.preload import _PATTERNS, list_files


def test_each_file_is_found():
    names = list_files()
    for pattern in _PATTERNS:
        assert any(name.startswith(pattern.split(".")[0]) for name in names), f"{pattern} is not in this Streamlit"
