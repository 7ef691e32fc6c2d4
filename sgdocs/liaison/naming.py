"""How numbers and names of statements and bodies are compared. Pure. Titles and references: see below in this module."""

import re

from sgdocs.base.text import folded

_NOT_IN_KEY = re.compile(r"[\W_]+")


def key_of(name: str) -> str:
    """What spellings of one number or name have in common: `COM 16 – LS 124 – E` is `com16ls124e`."""
    return _NOT_IN_KEY.sub("", folded(name))
