"""A person's own: what is kept with note and stance, what was looked at, saved searches, tracked lists. For the owner alone."""
