"""Workbooks and csv: what leaves Mantel as a file."""
