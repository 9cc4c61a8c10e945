"""Facts become scores: a rubric's methods score everyone from 0 to 100.

- ``rubric`` the criteria, weights and thresholds of a rubric file, checked
- ``rubric_schema`` what a rubric's entries must look like; every refusal has its place
- ``apportion`` numbers as shown, whose addends sum to the total
- ``measures`` the methods: one kind of fact becomes a score, with an interval where it is open
- ``serving`` until when a punishment is served
- ``tenure`` years of service, overlapping ones counted once
- ``score_table`` people x criteria, both axes, the talent value
- ``nine_box`` classes and boxes of PermenPANRB 3/2020
"""
