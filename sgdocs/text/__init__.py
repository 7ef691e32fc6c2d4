"""Reading, clauses, comparison of texts. Knows files and words, no subject."""
