"""Backup and restoring of database and files, and whether the store holds what the database names."""
