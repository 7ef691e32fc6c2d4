"""Whether a title is in English, as far as words and letters tell. Pure."""

import re
import unicodedata

_OTHER_WORDS = (
    "le la les des du au aux une et sur pour dans avec proposition projet nouvelle relative révision commission"
    " el los las del para con sobre por una y propuesta proyecto nueva revisión relativo estudio von und für"
)
_ENGLISH_WORDS = (
    "the of and for on to in with by from a an draft new revised proposal proposed text report between as at its"
)
_OTHERS, _ENGLISH = frozenset(_OTHER_WORDS.split()), frozenset(_ENGLISH_WORDS.split())


def is_english(title: str) -> bool:
    """False for another script, and where words of French or Spanish outweigh English ones."""
    letters = [letter for letter in title if letter.isalpha()]
    foreign = sum(
        "LATIN" not in unicodedata.name(letter, "") and "GREEK" not in unicodedata.name(letter, "")
        for letter in letters
    )
    if letters and foreign / len(letters) > 0.3:
        return False
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", title)]
    others = sum(word in _OTHERS for word in words)
    return others == 0 or others <= sum(word in _ENGLISH for word in words)
