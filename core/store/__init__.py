"""Where facts, accounts and imports rest: SQLAlchemy on SQLite or PostgreSQL."""
