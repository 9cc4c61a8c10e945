"""Files as they really arrive, made into checked facts. Writes nothing.

- ``cells``: read one cell as what its column means; refuse with what was expected
- ``faults``: what is wrong in a file, one row a fault: where, what, and what was expected
- ``hidden``: hidden rows and columns of xlsx and ods sheets: they are read like the others, and told
- ``layout``: what a layout is, and how a sheet's layout and header row are recognised
- ``parse``: sheets made into records: recognise the layout, find the table, read every row
- ``plan``: what an import would do: who each record is about, what is new, changed, unchanged
- ``reader``: open a workbook or csv of any office program and hand out its sheets as plain rows
"""
