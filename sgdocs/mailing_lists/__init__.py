"""Mailing lists of the groups: who is on them, what was sent, the archive."""
