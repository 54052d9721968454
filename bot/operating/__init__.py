"""Looking after a copy of Firsthand: is it well, setting it up, its backups, and what it measures."""
