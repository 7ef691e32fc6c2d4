"""What is held of a person: shown, given out to them, and removed as far as procedure lets it."""
