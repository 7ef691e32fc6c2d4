"""Liaison statements: what groups tell each other and outside bodies, who owes an answer, and by when."""
