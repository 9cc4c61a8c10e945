"""How often somebody may ask: counted in this process's memory, so that a stranger's questions write nothing."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import ip_address, ip_network


class Allowance:
    """At most ``most`` of something in ``seconds``, by key; keys that were quiet longest are forgotten beyond ``keys``."""

    def __init__(
        self, most: int, seconds: float, keys: int = 20_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.seconds = most, seconds
        self._keys, self._clock = keys, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Count one more; whether it is still allowed."""
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            since = self._clock() - self.seconds
            while times and times[0] <= since:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(self._clock())
            if len(self._times) > self._keys:
                self._times.popitem(last=False)
            return True

    def give_back(self, key: str) -> None:
        """What was counted last does not count."""
        with self._lock:
            if times := self._times.get(key):
                times.pop()


def group_address(address: str) -> str:
    """Whom an address is counted with: IPv6 by the network of one household, which has all its addresses at hand."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
