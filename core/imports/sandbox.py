"""Read a file in a process of its own, with limits of memory and time: whatever a file is made of, the server stays.

``python -m core.imports.sandbox LIMITS`` takes files from standard input, each with the lengths of its name and content
before it, and answers each with its sheets, or the one sentence it is refused with.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import threading
from dataclasses import astuple, replace
from pathlib import Path
from typing import IO, Self, cast

from core.imports.faults import UnreadableFile
from core.imports.values import Limits, Sheet
from core.talent.messages import N_

_ROOT = Path(__file__).resolve().parents[2]
#: All that may come back: nothing that a file could have made up can run here.
_ALLOWED = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("core.imports.values", "CellProblem"),
    ("core.imports.values", "Percent"),
    ("core.imports.values", "Sheet"),
}


class _GaveOut(UnreadableFile):
    """A file that takes more than is allowed."""


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Only the plain values of sheets."""
        if (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class Sandbox:
    """A process that reads files, one after another; ended and begun anew when a file is too much for it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, name: str, content: bytes) -> list[Sheet]:
        """The sheets of a file, as of ``read_sheets``.

        Raises
        ------
        UnreadableFile
            As of ``read_sheets``; and when reading takes more memory or time than allowed.
        """
        is_fresh = self._process is None
        try:
            return self._ask(name, content)
        except _GaveOut:
            # What earlier files left behind may be what is in the way.
            if is_fresh:
                raise
            return self._ask(name, content)

    def _ask(self, name: str, content: bytes) -> list[Sheet]:
        process = self._process or self._begin()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            label = name[-100:].encode()
            process.stdin.write(len(label).to_bytes(8, "little") + len(content).to_bytes(8, "little") + label)
            process.stdin.write(content)
            process.stdin.flush()
            size = int.from_bytes(_take(process.stdout, 8), "little")
            answer = _take(process.stdout, size)
            kind, value = _Answer(io.BytesIO(answer)).load()
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self._end()
            raise (_took_long(self._limits) if late.is_set() else _took_much(self._limits)) from None
        finally:
            timer.cancel()
        if kind == "refused":
            raise UnreadableFile(value[0], **value[1])
        if kind == "gave out":
            self._end()
            raise _took_much(self._limits)
        return cast(list[Sheet], value)

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "core.imports.sandbox", *map(str, astuple(self._limits))],
            cwd=_ROOT,
            # One arena and one thread: every further one costs address space, which is what is limited.
            env={**os.environ, "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1", "RUST_BACKTRACE": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _take(stream: IO[bytes], size: int) -> bytes:
    """Exactly so many bytes.

    Raises
    ------
    EOFError
    """
    taken = stream.read(size)
    if len(taken) < size:
        raise EOFError
    return taken


def _took_long(limits: Limits) -> _GaveOut:
    return _GaveOut(
        N_("reading the file takes more than {limit} seconds; delete what lies outside the table and save it anew"),
        limit=limits.seconds,
    )


def _took_much(limits: Limits) -> _GaveOut:
    return _GaveOut(
        N_(
            "reading the file takes more than {limit} MB of memory; delete what lies outside the table and save it anew"
        ),
        limit=limits.memory_bytes // 2**20,
    )


def _main() -> None:
    import resource

    limits = Limits(*map(int, sys.argv[1:]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from core.imports.reader import read_sheets

    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(16):
        name = source.read(int.from_bytes(head[:8], "little")).decode("utf-8", "replace")
        answer: tuple[str, object]
        try:
            content = source.read(int.from_bytes(head[8:], "little"))
            answer = ("sheets", [_trim(sheet) for sheet in read_sheets(name, content, limits)])
        except UnreadableFile as refusal:
            answer = ("refused", (refusal.message, dict(refusal.values)))
        except MemoryError:
            answer = ("gave out", None)
        packed = pickle.dumps(answer, protocol=5)
        del answer
        sink.write(len(packed).to_bytes(8, "little"))
        sink.write(packed)
        sink.flush()
        del packed


def _trim(sheet: Sheet) -> Sheet:
    """A sheet without the empty cells behind each row and the empty rows below the last."""
    rows = sheet.rows
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    last = len(rows)
    while last and not rows[last - 1]:
        last -= 1
    return replace(sheet, rows=rows[:last])


if __name__ == "__main__":
    _main()
