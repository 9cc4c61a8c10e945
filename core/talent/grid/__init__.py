"""The nine boxes as they are looked at: who stands where, who moved, under which bounds.

- ``grouping`` one category for everybody, to tell people apart by colour
- ``periods`` where people stood at the end of past years
- ``movement`` who stands in another box, between two dates or under two rubrics
- ``modified_rubric`` a rubric with a threshold, a table or the years put otherwise
- ``calibration`` boxes the committee decided on, beside the computed ones
- ``bias`` units whose ratings lie apart, ratings that never vary
- ``search`` finding and filtering people
"""
