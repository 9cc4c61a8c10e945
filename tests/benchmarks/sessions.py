"""Memory of the server over a thousand sessions opened, drawn and closed. ``python -m tests.benchmarks.sessions``."""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from pathlib import Path

from tests.benchmarks.members import record_alone
from tests.browser.conftest import Server, environment, running_server
from tests.conftest import PYTHON
from tests.members import Capture, connect, make_cookie, read_run

#: After so many sessions the memory is read; the first of them fill what is kept for reconnecting.
MARKS = (1, 100, 250, 500, 1000)


def main() -> None:
    """The ranking's first view by one session after the other, each closed before the next."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        subprocess.run(
            [*PYTHON, "-m", "core", "setup", "--demo"], check=True, env=environment(folder), capture_output=True
        )
        with running_server(folder) as server:
            account = server.password("member")
            capture, cookie = record_alone(server, account), make_cookie(server, account)
            asyncio.run(_come_and_go(server, cookie, capture))


async def _come_and_go(server: Server, cookie: str, capture: Capture) -> None:
    faults: list[str] = []
    for number in range(1, MARKS[-1] + 1):
        async with connect(server, cookie) as socket:
            await socket.send(capture.first)
            faults += (await read_run(socket)).faults
        if number in MARKS:
            print(f"after {number} sessions: {read_resident(server.pid)} MB resident; faults {len(faults)}")


def read_resident(pid: int) -> int:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) // 1024


if __name__ == "__main__":
    main()
