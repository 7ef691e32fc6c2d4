"""Where files are kept, by the digest of their content."""
