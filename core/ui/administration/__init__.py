"""The parts of the page Administrasi.

- ``acts``: what an administrator can do to another's account
- ``users``: users as a table
"""
