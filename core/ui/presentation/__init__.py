"""The slides of the page Presentasi."""
