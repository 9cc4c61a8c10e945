"""Mantel: start here with ``streamlit run app.py`` (or ``make run``)."""

from core.ui.shell import run

run()
