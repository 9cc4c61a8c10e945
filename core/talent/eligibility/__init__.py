"""Who may take a post, and how well a person fits it.

- ``order_rule`` what comes before the score: eligibility, then box
- ``gates`` one function a gate, with what it needs and its words
- ``rules`` a rules file, checked; everyone through all gates
- ``fit`` talent value and technical competence mixed by the post's level
"""
