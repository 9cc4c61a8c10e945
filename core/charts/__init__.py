"""Frames made into Altair charts; pure, one module a picture.

- ``completeness``: how complete the facts are: units against measures, darker is emptier
- ``dot_layout``: dots side by side inside a box, each as near to its own place as the others let it
- ``dots``: people on the nine boxes
- ``gap``: the gap between two names as steps from one score to the other
- ``movement``: from box to box: a square a pair, larger and darker the more people go there
- ``nine_box``: the nine boxes with their counts and people, and a strip for those not assessed
- ``presentation``: bars for a projector: few, large, with their value written out
- ``profile``: pictures of one person: bars against a mark, and posts held over time
- ``robustness``: the heat strip of ranks: how often each name stands at each place
- ``scenarios``: slopes: where each name stands in each scenario
- ``session``: pictures of a session: weights, orders, who agrees with whom
- ``style``: colours, sizes and the kind of chart that all pictures share
- ``succession``: pictures of succession: posts against candidates, the risk map, the outlook, the organisation
- ``vacancies``: timeline of the posts that fall vacant
"""
