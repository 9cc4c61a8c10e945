"""Mantel: start here with ``streamlit run app.py`` (or ``make run``)."""

import os

# Members share the processor; a product of matrices that takes all of it for one makes the others wait, and spins.
# To be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from streamlit import App

from core.web.app import describe_app

app = App(**describe_app())
