"""Small things about text. Pure."""

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Without control characters (PostgreSQL refuses NUL) and halves of pairs (no database takes them), composed, trimmed."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


def one_line(text: str) -> str:
    """Cleaned, every run of white space one space: titles, names, mail headers."""
    return _SPACES.sub(" ", clean(text))


def folded(text: str) -> str:
    """For comparison: no case, no accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def slug(text: str) -> str:
    """Words in ASCII joined by hyphens, for addresses; empty when nothing is left."""
    return _NOT_SLUG.sub("-", folded(text)).strip("-")
