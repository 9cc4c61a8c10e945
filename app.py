"""Mantel: start here with ``streamlit run app.py`` (or ``make run``)."""

import os

# Members share the processor; a product of matrices that takes all of it for one makes the others wait, and spins.
# To be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from core.ui.shell import run

run()
