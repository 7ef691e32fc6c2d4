"""Discussions as they go on: one reader of the journal for each process, one open answer for each browser."""
