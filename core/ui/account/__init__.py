"""The parts of the page Akun saya: one's own password, second factor and sign-ins.

- ``sign_ins``: where one is signed in, as a table
- ``second_factor``: setting up the second factor
"""
