"""How a version of a document is called: the label of the document with its part. Pure. Source: domain 4.1, 4.2, 5.4."""

import re
from typing import Final

_PART = re.compile(r"([A-Z])(\d+)")
_RADIO_WORDS: Final = {"R": "Rev", "A": "Add", "C": "Corr", "P": "Part", "N": "Annex"}
_STREAMED = re.compile(r"(?P<head>(?:.*[- ])?TD ?\d+)(?P<stream>/.+)?")
_COUNTED = re.compile(r".*-[A-Z]+\d+")
_OF_EXPERTS = re.compile(r".*-DOC\d+")


def version_label(label: str, part: str) -> str:
    """`SG15-C12R1`, `TD12R1/GEN`, `Q2/15-DOC3-R1`, `5D/123(Rev.1)`; addenda and corrigenda `SG15-C12-A1`, `5D/123(Add.1)`.

    label: of the document, as people write it; part: of the version, "" for the original, whatever its case.
    """
    found = _PART.fullmatch(part.upper())
    if found is None:
        return label + part
    letter, n = found[1], found[2]
    words = f"{_RADIO_WORDS.get(letter, letter)}.{n}"
    stream = _STREAMED.fullmatch(label)
    if stream:
        return f"{stream['head']}{_joined(letter, n)}{stream['stream'] or ''}"
    if _OF_EXPERTS.fullmatch(label):
        return f"{label}-{letter}{n}"
    if _COUNTED.fullmatch(label):
        return label + _joined(letter, n)
    return f"{label} ({words})" if " " in label else f"{label}({words})"


def _joined(letter: str, n: str) -> str:
    """A revision follows the number at once; `SG15-C12C1` would not be read."""
    return f"R{n}" if letter == "R" else f"-{letter}{n}"
