"""What all formats of citation share. Pure."""

import re

from sgdocs.recommendations.reading import Plain
from sgdocs.recommendations.rules import Kind

PUBLISHER = "International Telecommunication Union"
PLACE = "Geneva"
_NOT_KEY = re.compile(r"[^A-Za-z0-9.:-]+")


def author(plain: Plain) -> str:
    """The Sector is the author of its texts."""
    return f"{PUBLISHER}, {'Telecommunication Standardization' if plain.sector == 'T' else 'Radiocommunication'} Sector"


def type_name(plain: Plain) -> str:
    """`Recommendation`, `Supplement`, `Report`: what stands before the number."""
    if plain.text.kind in (Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ADDENDUM):
        return "Recommendation"
    return str(plain.text.kind).replace("-", " ").capitalize()


def title(plain: Plain) -> str:
    """Old corrigenda have no title; their identifier stands in."""
    return plain.text.title or plain.text.identifier


def key(plain: Plain) -> str:
    """A citation key that every program takes: `ITU-T.G.9804.1.2019-11`."""
    return _NOT_KEY.sub(".", plain.text.identifier.replace("(", "").replace(")", "")).strip(".")


def address(plain: Plain, root: str) -> str:
    """The permanent address of this very text."""
    return root.rstrip("/") + plain.text.address


def cited(plain: Plain) -> str:
    """`Recommendation ITU-T G.9804.1 (11/2019)`."""
    return f"{type_name(plain)} {plain.text.identifier}" if plain.text.kind != Kind.REPORT else plain.text.identifier
