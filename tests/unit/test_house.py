"""The house keeps its shape."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_only_defines_and_ends_with_the_guard(path):
    """A page's file may be run by itself: nothing in it may act before ``serve`` lets somebody in."""
    *before, last = ast.parse(path.read_text(encoding="utf-8")).body
    for statement in before:
        is_docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        assert is_docstring or isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.Assign), (
            ast.unparse(statement)
        )
        if isinstance(statement, ast.Assign):
            assert not any(
                isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.") for node in ast.walk(statement)
            )
    assert isinstance(last, ast.Expr)
    assert isinstance(last.value, ast.Call)
    assert ast.unparse(last.value.func) == "serve"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_knows_no_sql(path):
    imported = {
        node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not {name for name in imported if name.startswith(("sqlalchemy", "alembic"))}


def test_every_page_is_in_the_navigation():
    from core.ui.shell import PAGES as NAVIGATION

    assert {path.stem for path in PAGES} == {name for name, _, _ in NAVIGATION}


def test_nothing_on_screen_comes_from_elsewhere():
    """No page, style or script names another host: everything works without the internet."""
    for path in [
        *ROOT.glob("core/**/*.py"),
        *ROOT.glob("core/**/*.js"),
        *ROOT.glob("core/**/*.css"),
        *PAGES,
        ROOT / ".streamlit/config.toml",
    ]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in text, path
        assert "http://" not in text, path


def test_usage_statistics_and_default_navigation_are_off():
    import tomllib

    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showSidebarNavigation"] is False
    assert config["client"]["disableDataExport"] is True
    assert config["client"]["showErrorDetails"] == "none"
