"""The page Surat: the register of papers.

- ``listing``: the papers, and one of them with its files
- ``changing``: replacing and revoking a paper, taking in its signed file
- ``entering``: entering a paper typed outside, and the office's template
"""
