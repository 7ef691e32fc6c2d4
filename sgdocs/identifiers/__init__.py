"""The grammar of numbers: one pure engine for search, addresses, imports and the linker."""

from sgdocs.identifiers.addresses import address, unnumbered
from sgdocs.identifiers.families import family_key
from sgdocs.identifiers.form import format
from sgdocs.identifiers.model import CHANGES, PAPERS, Identifier, Kind, Part
from sgdocs.identifiers.parsing import parse, parse_line, parse_list
from sgdocs.identifiers.paths import from_address
from sgdocs.identifiers.prose import find_all
from sgdocs.identifiers.sloppy import Reason, Suggestion, sloppy
from sgdocs.identifiers.sorting import natural, sort_key

__all__ = [
    "CHANGES",
    "PAPERS",
    "Identifier",
    "Kind",
    "Part",
    "Reason",
    "Suggestion",
    "address",
    "family_key",
    "find_all",
    "format",
    "from_address",
    "natural",
    "parse",
    "parse_line",
    "parse_list",
    "sloppy",
    "sort_key",
    "unnumbered",
]
