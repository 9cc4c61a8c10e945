"""Which session and which file belongs to which sign-in, in this process.

A session's name and a file's address travel through browsers, links and logs; alone they open nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

#: Addresses and names of files as a page was told them.
Told = Collection[str]
_MOST_SESSIONS = 5_000
#: Every run of a page names its buttons' files anew; of one sign-in so many of the last are kept, so that whoever is busy
#: makes nobody else's forgotten.
_MOST_FILES = 1_000
_MOST_OWNERS = 1_000


class Belongings:
    """Sessions and files by the sign-in (``hash_token``) they were made for; the oldest are forgotten, and then nobody's."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._files: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._lock = Lock()

    def keep_session(self, session: str, owner: str) -> None:
        """Remember whose a session is; the first owner stays."""
        with self._lock:
            self._sessions.setdefault(session, owner)
            if len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)

    def owns_session(self, owner: str, session: str) -> bool:
        """Whether a session was made for this sign-in."""
        return self._sessions.get(session) == owner

    def keep_files(self, told: Told, owner: str) -> None:
        """Remember the files, and the files to be made, whose addresses and names a page was given."""
        if not told:
            return
        with self._lock:
            files = self._files.setdefault(owner, OrderedDict())
            self._files.move_to_end(owner)
            for name in told:
                files[name] = None
                files.move_to_end(name)
            while len(files) > _MOST_FILES:
                files.popitem(last=False)
            while len(self._files) > _MOST_OWNERS:
                self._files.popitem(last=False)

    def owns_file(self, owner: str, name: str) -> bool:
        """Whether a page of this sign-in was given a file's address ``/media/…``, or the name of a file to be made."""
        return name in self._files.get(owner, ())

    def forget(self, owner: str) -> None:
        """Forget what belongs to a sign-in: it has ended, or may less than before."""
        with self._lock:
            self._files.pop(owner, None)
            for session in [session for session, whose in self._sessions.items() if whose == owner]:
                del self._sessions[session]


#: Of this process.
BELONGINGS = Belongings()
