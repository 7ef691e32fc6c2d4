"""Organisations, persons, and how a person comes in: accounts, sessions, tokens."""
