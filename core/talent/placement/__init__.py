"""The best placement of everyone over all vacancies at once, chains included.

- ``problem`` posts that can change hands and people who can take them
- ``limits`` from a review to a problem, with pins and bans checked
- ``goals`` what a plan may be best in
- ``plans`` the best plan for each goal, with its proof
- ``compare`` which pairs can be exchanged, and what a plan gains and costs against another
- ``search`` placements from the best downward, by assignments
- ``programme`` the same with a limit of moves, by integer programmes
- ``under_weights`` how many of many weightings keep each pair
- ``why_not`` why somebody is not placed, and why a post stays empty
"""
