"""The work programme of another system: its export read, its items entered, a second run without effect."""
