"""What may stand in the vocabulary. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

LONGEST_WORD = 80
MOST_FORMS = 20

WORD = rule(
    "search.vocabulary-word", "“{value}” will not do as a word of the vocabulary: 2 to 80 characters, with a letter."
)
FORMS = rule("search.vocabulary-forms", "“{word}” needs between 1 and 20 other forms, each different from it.")
KIND = rule("search.vocabulary-kind", "“{value}” is none of acronym, synonym, spelling.")
QUERY = rule("search.query", "{field}: “{value}” cannot be searched for. {right}")
UNAVAILABLE = rule(
    "search.index-unavailable", "The search index cannot be read just now: {why}. Lists and records work all the same."
)


class EntryKind(StrEnum):
    """What an entry of the vocabulary says of its word and forms."""

    ACRONYM = "acronym"
    SYNONYM = "synonym"
    SPELLING = "spelling"


class Origin(StrEnum):
    """Who entered it: the secretariat, or the machine from titles and summaries."""

    SECRETARIAT = "secretariat"
    HARVESTED = "harvested"


def why_not_entry(kind: str, word: str, forms: Sequence[str]) -> Refusal | None:
    """The reason why an entry cannot be taken, None when it can."""
    if kind not in set(EntryKind):
        return Refusal(KIND, {"value": kind}, "kind")
    bad = next((each for each in (word, *forms) if not _is_word(each)), None)
    if bad is not None:
        return Refusal(WORD, {"value": bad}, "word" if bad == word else "forms")
    if not 1 <= len(forms) <= MOST_FORMS or word.casefold() in {form.casefold() for form in forms}:
        return Refusal(FORMS, {"word": word}, "forms")
    return None


def _is_word(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_WORD and any(c.isalpha() for c in text)
