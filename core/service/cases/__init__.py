"""The case of each post after a session: its letters, its packet for BKN, and the post's new holder.

- ``sight``: who sees which case
- ``reopening``: a session whose names have gone out is not reopened
- ``steps``: taking a step with its letter, withdrawing the last one
- ``appointments``: inaugurations that stand beside the imported facts
- ``announced``: whom the committee named, and whom an announcement names
- ``packet``: the packet for BKN, and what it would be sent back for
"""
