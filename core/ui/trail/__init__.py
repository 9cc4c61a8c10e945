"""The parts of the page Jejak.

- ``event_names``: what can happen, in words
- ``entries``: entries of the trail as a table
"""
