"""The words that the secretariat teaches the search: acronyms, synonyms, spellings. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_FORMS = 12


@dataclass(frozen=True)
class Vocabulary:
    """acronyms: short form -> full forms ("HEVC" -> ("high efficiency video coding", "H.265")).
    synonyms: groups of words or phrases that mean the same. spellings: groups of spellings of one
    word ("fibre", "fiber"). Keys and words are compared without case and accents.
    """

    acronyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()

    def merged(self, other: "Vocabulary") -> "Vocabulary":
        """This one with the entries of another added."""
        acronyms = dict(self.acronyms)
        for short, full in other.acronyms.items():
            acronyms[short] = tuple(dict.fromkeys((*acronyms.get(short, ()), *full)))
        return Vocabulary(acronyms, self.synonyms + other.synonyms, self.spellings + other.spellings)


def both_ways(groups: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each word of a group -> the other words of its groups, at most `MOST_FORMS`."""
    others: dict[str, dict[str, None]] = {}
    for group in groups:
        for word in group:
            others.setdefault(word, {}).update(dict.fromkeys(w for w in group if w != word))
    return {word: tuple(forms)[:MOST_FORMS] for word, forms in others.items()}
