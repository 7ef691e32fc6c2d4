"""Everything that changes liaison statements and outside bodies, one module for one thing they can do."""
