"""Letters: rows first, sent by the worker only."""
