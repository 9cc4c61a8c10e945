"""The audit trail as data: what can happen, what an entry says, and how a trail proves that nothing was changed in it.

No database, no clock, no files: bytes in, bytes out.

- ``events``: the closed vocabulary of what can happen
- ``entry``: an entry and the bytes that stand for it
- ``merkle``: the Merkle tree over all entries (RFC 9162)
- ``checkpoint``: a signed statement of how long the trail is and what it adds up to
"""
