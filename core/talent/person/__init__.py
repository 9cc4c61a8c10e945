"""One person seen whole.

- ``profile`` criteria beside peers, competencies beside what a post asks for, history, strengths and gaps
- ``development`` gaps towards a post and what closing them does to the talent value
- ``explanation`` the tree under a number, down to the facts
- ``anonymised`` numbers instead of names
"""
