"""The page Sidang: a session from its preparation to its record.

- ``choice``: which session, and making one
- ``frame``: what stands above everything: name, phases, who is there, who has sealed
- ``preparing``: the secretariat's forms before the opening
- ``desk``: the secretariat's desk while members judge: presence, papers, later data, withdrawals
- ``judging``: one's own judgement: conflicts, weights, names, scores, the seal
- ``scores``: a table of scores to type
- ``room``: a post as the room sees it: what the dispute is about, agreement, proposals, pictures
- ``sentences``: what the room reads, in words
- ``leading``: the chair's lead: agenda, going on, closing
- ``deciding``: names, reasons, votes, dissent
- ``projector``: the session on the wall, as its chair leads it
- ``record``: the meeting as it went
- ``papers``: minutes and announcement of a closed session
- ``case``: the case of each post after the session: letters, packet, inauguration
- ``follower``: what others do reaches the page by itself
- ``shared``: the review a session judges by, and what is computed once for all who see the same
"""
