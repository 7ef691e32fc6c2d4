"""Work items: what the groups work on, from the proposal to the end."""
