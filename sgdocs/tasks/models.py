"""Tables: projects: small tasks of a group and the action items of its meetings, as one list and one board."""
