"""Papers as data: how they are numbered, what is signed about them, and what a stranger may be told of one.

No database, no clock, no files: bytes in, bytes out.

- ``numbers``: the office's numbers: made by a pattern, and compared as people type them
- ``statement``: what the office signs about a paper, short enough for a QR code
- ``standing``: what is said of a paper to whoever asks
- ``publication``: the public part of the register, in a form that answers but does not list
"""
