"""sgdocs: standards and document management for study groups."""

__version__ = "0.1.0"
