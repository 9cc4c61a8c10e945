"""What a committee asks of an order: who comes first, why, and how much hangs on the weights.

- ``order`` ranking by weighted sum, with honest ties; the browser runs its twin
- ``of_post`` the candidates of a post in order
- ``decision_matrix`` candidates x criteria with the order rule: all that an order under any weights needs
- ``acceptability`` shares of random weightings that give a place (SMAA), intervals, dominance
- ``smallest_change`` the least change of weights that brings a person forward, or the proof that none does
- ``tailoring`` the alarm: whether weights look as if they had been made for one person
- ``robustness`` what of these is said of an order at once
- ``influence`` how much each criterion decides, which is not its weight
- ``pair`` why one stands above another
- ``rating_share`` how much the superior's rating decides
- ``elicitation`` ways to find weights: ranked criteria, swing points, pairwise comparisons
- ``aggregation`` other published methods as bare functions
- ``second_opinions`` the same people under the same weights by those methods
- ``fairness`` who the first places go to, by groups of people
- ``scenario`` weights saved with all that their order came from
"""
