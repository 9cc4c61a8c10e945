"""Who could take over a post, now and later.

- ``readiness`` everyone's class for a post: now, soon, later, not. What "ready now" means is said here
- ``table`` one row a post: holder, retirement, how many are ready, risk
- ``fit_matrix`` posts against candidates
- ``organisation`` the tree of posts
- ``pool`` the members of a kelompok rencana suksesi (KRS)
- ``look_ahead`` ten years simulated: which posts stay uncovered
"""
