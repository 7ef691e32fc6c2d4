"""Papers of approval as Word files: announcements, circulars, letters that convene, reply forms, lists of comments."""
