"""Which Recommendation an item changes, as its name says: `X.1250rev`, `X.510 Amd.1`, `X.509Amd.2`, `G.709.20`."""

import re
from typing import Final

from sgdocs.base.act import Act
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.models import Family

_CHANGES: Final = re.compile(r"(?P<number>[A-Z]{1,2}\.\d[\w.]*?)\s*(?:rev\.?|(?:amd|cor)\.?\s*\d*)?$", re.I | re.ASCII)


def number_in(name: str) -> str:
    """The number of the Recommendation, "" for a name without one (`Y.slice`)."""
    found = _CHANGES.fullmatch(name)
    return found["number"].rstrip(".") if found else ""


def family_of(act: Act, name: str, sector: str) -> Family | None:
    """The one family of that number in the Sector. One query, none for a name without a number."""
    number = number_in(name)
    found = [family for family in recommendations.by_names(act, [number]) if family.sector == sector] if number else []
    return found[0] if len(found) == 1 else None
