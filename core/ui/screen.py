"""What Streamlit runs for every page and every click."""

from core.ui.shell import run

run()
