"""Workbooks and csv: what leaves Mantel as a file.

- ``explanation``: an explanation as rows for the screen and a table, and as plain data for JSON
- ``facts``: all that is known as one workbook that the import reads again
- ``faults``: the report of a refused import, one row a fault
- ``imports``: what a person should know about files before or after importing them, one line each
- ``pictures``: A chart as a clean picture: SVG and PNG, drawn without a browser (vl-convert)
- ``papers``: papers as PDF and Word, a package
- ``returning``: what BKN would send a submission back for, in words
- ``robustness``: how firm an order is, in words: changes of weights, proofs, the alarm
- ``qr``: QR codes
- ``templates``: the import templates as workbooks: title, header, one example row
- ``sessions``: a committee's session in words
- ``verification``: the page on which anybody verifies a paper, a package
- ``wording``: gates, steps and facts in words, for the screen, the command line and files alike
- ``workbook``: write workbooks and csv in which nothing from the data is ever a formula
"""
