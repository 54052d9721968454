"""Schema changes, one readable revision each, for SQLite and PostgreSQL alike."""
