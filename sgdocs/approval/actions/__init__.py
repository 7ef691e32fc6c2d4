"""Verbs on processes. Every one permits, decides, writes and records; the door commits."""
