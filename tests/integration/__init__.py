"""The service from its HTTP side and its database, on SQLite and PostgreSQL."""
