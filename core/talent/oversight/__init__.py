"""What asks for a second look.

- ``quality`` how complete and how plausible the facts are
- ``official`` results of the official systems beside ours
- ``staleness`` what was kept and rests on old data
- ``acting`` acting holders (Plt, Plh) who have been so for long
- ``alerts`` the few figures a committee should see first
"""
