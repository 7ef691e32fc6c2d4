"""The Whoosh schema, and a record as a Whoosh document."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from whoosh import columns, fields, formats

from sgdocs.search.analysis import PLAIN, surfaces, tokens, wholes
from sgdocs.search.engine import FACETS, LANGUAGES, Record

VERSION: Final = "2"
TEXT_LANGUAGES: Final = (*LANGUAGES, PLAIN)
TITLES: Final = {language: f"title_{language}" for language in TEXT_LANGUAGES}
BODIES: Final = {language: f"body_{language}" for language in TEXT_LANGUAGES}
OF_FAMILY: Final = "of_family"
NUMBER, NUMBER_PARTS, NAMES, WORDS, HEAD_WORDS = "number", "number_parts", "names", "words", "head_words"
POSITIONED: Final = (NAMES, *TITLES.values(), *BODIES.values())
SEPARATOR: Final = "\x1f"
_GAP = 100
Postings = Mapping[str, Sequence[int]]


class _RawPositions(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Positions as plain unsigned integers, four bytes each: read by arrays without unpickling."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return list(array("I", valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field that is given its terms with their positions; the analysis was done before."""

    def __init__(self, *, positions: bool) -> None:
        form = _RawPositions() if positions else formats.Existence()
        super().__init__(format=form, analyzer=None, scorable=False)

    def index(self, value: Postings, **kwargs: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, places in value.items():
            kept = self.format.encode(places) if isinstance(self.format, _RawPositions) else b""
            yield term.encode(), len(places) or 1, float(len(places) or 1), kept


def schema() -> fields.Schema:
    """One for all indexes of this version."""
    kept = {
        "key": fields.ID(unique=True),
        OF_FAMILY: fields.ID(),
        "brief": fields.COLUMN(columns.VarBytesColumn()),
        "audience": fields.COLUMN(columns.RefBytesColumn()),
        "family": fields.COLUMN(columns.NumericColumn("q")),
        "day": fields.COLUMN(columns.NumericColumn("i")),
        "standing": fields.COLUMN(columns.NumericColumn("i")),
        "text": fields.STORED(),
        NUMBER: Terms(positions=False),
        NUMBER_PARTS: Terms(positions=False),
        WORDS: Terms(positions=False),
        HEAD_WORDS: Terms(positions=False),
    }
    kept |= {f"facet_{facet}": Terms(positions=False) for facet in FACETS}
    kept |= {name: Terms(positions=True) for name in POSITIONED}
    kept |= {length_of(name): fields.COLUMN(columns.NumericColumn("i")) for name in POSITIONED}
    return fields.Schema(**kept)


def length_of(field: str) -> str:
    """The column with the number of words in a field."""
    return f"n_{field}"


def document(record: Record) -> dict[str, object]:
    """The keyword arguments of `writer.add_document`."""
    head = [record.identifier, *record.numbers, *record.names, *record.titles.values()]
    numbers = (record.identifier, *record.numbers)
    head_words = _without_places(word for text in head for word in surfaces(text))
    body_words = (word for text in record.bodies.values() for word in surfaces(text))
    made: dict[str, object] = {
        "key": record.key,
        OF_FAMILY: record.family,
        "brief": SEPARATOR.join((record.key, record.family, record.kind, record.identifier)).encode(),
        "audience": record.audience.encode(),
        "family": family_number(record.family),
        "day": record.day.toordinal() if record.day else 0,
        "standing": int(record.standing),
        "text": {"titles": dict(record.titles), "bodies": dict(record.bodies)},
        NUMBER: _without_places(whole for number in numbers for whole in wholes(number)),
        NUMBER_PARTS: _without_places(token.term for number in numbers for token in tokens(number)),
        HEAD_WORDS: head_words,
        WORDS: _without_places(word for word in body_words if word not in head_words),
    }
    for facet, values in record.facets.items():
        made[f"facet_{facet}"] = _without_places(values)
    _add(made, NAMES, [(name, PLAIN) for name in record.names])
    for named, texts in ((TITLES, record.titles), (BODIES, record.bodies)):
        for language, text in texts.items():
            _add(made, named.get(language, named[PLAIN]), [(text, language if language in named else PLAIN)])
    return made


def family_number(family: str) -> int:
    """A family as a number of 63 bits; two families share one with a chance of about 1 in 10^10 at 40,000."""
    return int.from_bytes(hashlib.blake2b(family.encode(), digest_size=8).digest(), "big") >> 1


def _add(made: dict[str, object], field: str, texts: list[tuple[str, str]]) -> None:
    postings, width = _places(texts)
    if postings:
        made[field] = postings
        made[length_of(field)] = width


def _places(texts: list[tuple[str, str]]) -> tuple[Postings, int]:
    """The terms of several texts with their places, a gap between the texts so that no phrase spans two."""
    found: dict[str, list[int]] = {}
    start = width = 0
    for text, language in texts:
        last = -1
        for token in tokens(text, language):
            found.setdefault(token.term, []).append(start + token.position)
            last = max(last, token.position)
        start, width = start + last + 1 + _GAP, width + last + 1
    return found, width


def _without_places(words: Iterable[str]) -> Postings:
    return dict.fromkeys(words, ())
