"""Documents of meetings: numbers, versions, files, clauses, allocation."""
