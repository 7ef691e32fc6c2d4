"""Verbs on what a meeting did."""
