"""SQLite with writers who stand in line: the name of the engine in DATABASES."""
