"""Papers: the register of what was issued, and what a stranger is told of a paper.

- ``keys``: the key that papers are signed with, and those before it
- ``register``: issuing papers, entering those typed outside, replacing and revoking them
- ``material``: what the papers of a closed session are made of
- ``annex``: every value and gate of every candidate
- ``minutes``: the minutes with their annexes
- ``announcement``: what of a closed session the public is told
- ``packet``: the packet for BKN, as a paper and as a workbook
- ``sheet``: what one person may be given of themselves
- ``issuing``: issuing papers
- ``signatures``: a PDF that comes back signed
- ``templates``: the office's own template of papers as Word files
- ``verification``: what is said of a paper to whoever asks
- ``publishing``: the register's public part for the regency's web site
"""
