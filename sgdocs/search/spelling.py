"""British and American spellings of one English word, brought to one form. Pure.

The form need not be a word; it only has to be the same for both. What no rule here knows,
the secretariat adds to the table of spellings.
"""

import re

_WORDS = {
    "fibre": "fiber",
    "fibres": "fibers",
    "centre": "center",
    "centres": "centers",
    "centred": "centered",
    "metre": "meter",
    "metres": "meters",
    "kilometre": "kilometer",
    "kilometres": "kilometers",
    "theatre": "theater",
    "calibre": "caliber",
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "licences": "licenses",
    "practise": "practice",
    "programme": "program",
    "programmes": "programs",
    "analogue": "analog",
    "analogues": "analogs",
    "catalogue": "catalog",
    "catalogues": "catalogs",
    "dialogue": "dialog",
    "dialogues": "dialogs",
    "grey": "gray",
    "greyscale": "grayscale",
    "aluminium": "aluminum",
    "sulphur": "sulfur",
    "cheque": "check",
    "disc": "disk",
    "discs": "disks",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "ageing": "aging",
    "judgement": "judgment",
    "gauge": "gage",
    "gauges": "gages",
    "travelling": "traveling",
    "optimise": "optimize",
}
_RULES = (
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|ful|less|able|ite|ites|al|ally|imetry|imetric)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|ings)$)"), "l"),
)


def one_spelling(word: str) -> str:
    """The form under which both spellings of a folded English word are kept."""
    known = _WORDS.get(word)
    if known is not None:
        return known
    for pattern, instead in _RULES:
        word = pattern.sub(instead, word)
    return word
