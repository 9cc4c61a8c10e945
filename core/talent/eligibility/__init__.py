"""Who may take a post, and how well a person fits it.

- ``order_rule`` what comes before the score: eligibility, then box
- ``gates`` one function a gate, with what it needs and its words
- ``parameters`` what a gate may be given, by kind
- ``rules`` the law by level and by day: rules files, checked; everyone through the gates of a post
- ``fit`` talent value and technical competence mixed by the post's level
"""
