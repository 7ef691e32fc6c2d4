"""Settings, database, actor, act, clock, errors: knows no subject."""
