"""A committee's session, from its preparation to its record. Who may do what in which phase is ``core.talent.session.phases``.

- ``records``: a session as it is kept, and who somebody is in it
- ``preparing``: making one, its members and posts, opening it, later data
- ``judging``: conflicts, own judgement, seals, papers, presence
- ``meeting``: opening what was sealed, moving on, the agenda, reopening
- ``deciding``: votes, decisions, dissent, tasks, closing
- ``seen``: what somebody may see of a session; everything that is shown or exported comes from here
- ``evidence``: a session as one file with digests and proofs; ``replay``: its orders computed again and compared
"""
