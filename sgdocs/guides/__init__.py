"""User guides and questions with answers, in Markdown, for each role."""
