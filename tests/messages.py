"""Every message of the code that people may read, as ``make messages`` extracts them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

from core.locales.extract import extract_messages

ROOT = Path(__file__).resolve().parent.parent
#: Functions whose arguments are messages; ``tn`` has a singular and a plural form. The Makefile names the same.
KEYWORDS = {"N_": None, "t": None, "translate": None, "tn": (1, 2)}


@lru_cache
def messages() -> frozenset[str]:
    """Message ids; of one with plural forms both."""
    sentences: set[str] = set()
    methods = [(pattern, extract_messages) for pattern in ("app.py", "pages/*.py", "core/**.py")]
    for _, _, message, _, _ in extract_from_dir(
        ROOT, method_map=methods, keywords=KEYWORDS, directory_filter=lambda path: not Path(path).name.startswith(".")
    ):
        sentences |= set(message) if isinstance(message, tuple) else {message}
    return frozenset(sentences)
