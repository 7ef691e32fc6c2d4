"""Guides for each role and frequent questions: Markdown in the package, read once. Pure."""
