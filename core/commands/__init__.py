"""Commands by subject, beside those of ``core.__main__``.

- ``audit``: the audit trail: list, verify, checkpoint
- ``papers``: the register of papers, and verifying one
- ``sessions``: sessions of the committee: list, show, export
- ``shown``: how commands show rows
- ``upkeep``: keeping an installation: backup, restore, move, health
"""
