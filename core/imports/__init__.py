"""Files as they really arrive, made into checked facts. Writes nothing.

- ``values``: what the reader hands out: sheets of plain rows, percentages, cells without a value
- ``reader``: open a workbook, web page or csv of any office program, by its content, and hand out its sheets
- ``marks``: what calamine does not tell: errors, percent formats, formulas without a result, what is hidden
- ``markup``: web pages and Excel's XML of 2003 as sheets
- ``delimited``: csv and its kin: encoding, separator, quotation marks
- ``sandbox``: the reader in a process of its own, with limits of memory and time
- ``cells``: read one cell as what its column means; refuse with what was expected
- ``layout``: what a layout is, how a sheet's layout and header are recognised, which of several columns is meant
- ``titles``: the year or date of a recap, from the lines that name it
- ``rows``: which rows are people, and which only look so
- ``checks``: what tells, over a whole sheet, that values are not what their place says
- ``title_checks``: titles that name something else than what a layout holds
- ``row_checks``: what one row says that cannot be
- ``records``: rows of a recognised table made into records, a column at a time
- ``parse``: files made into records: which layout each sheet has, every fault
- ``plan``: what an import would do: who each record is about, what is new, changed, unchanged
- ``faults``: what is wrong in a file, one row a fault: where, what, and what was expected
"""
