"""Ask for a translation, stop it, and what the worker does with it."""

from sgdocs.translation.actions.asking import ask, stop
from sgdocs.translation.actions.keeping import claim, fail, keep_file, keep_pieces, put_off, stop_unsent

__all__ = ["ask", "claim", "fail", "keep_file", "keep_pieces", "put_off", "stop", "stop_unsent"]
