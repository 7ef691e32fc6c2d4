"""Workshops and side events: programme, registration, participants, who should meet whom."""
