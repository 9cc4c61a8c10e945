"""How Babel finds messages: by the syntax tree, so that those inside f-strings are found on every Python."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

#: A message as Babel wants it: line, function, message or its forms, comments.
Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract_messages(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """The first argument of every call of a keyword; of ``tn`` the first two, which are singular and plural.

    An extraction method of Babel (``babel.messages.extract``).
    """
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in keywords:
            continue
        texts = [
            each.value
            for each in node.args[: 2 if name == "tn" else 1]
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if name == "tn" and len(texts) == 2:
            yield node.lineno, name, tuple(texts), []
        elif texts:
            yield node.lineno, name, texts[0], []
