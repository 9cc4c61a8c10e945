"""What one can do with Mantel, for pages and commands alike: the only place that joins
settings, files, store and domain. Roles are checked here, where the thing is done.
"""
