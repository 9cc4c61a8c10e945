"""The case of a post after the committee's session: from the submission to the inauguration.

- ``steps``: the letters in their order, and the (NIP, post) that must agree
- ``returning``: what BKN would send a submission back for
"""
