"""Meetings of groups: dates, sittings, deadlines, registration, agenda."""
