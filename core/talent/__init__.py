"""The domain: pure functions and frozen dataclasses. No database, no clock, no files, no screen."""
