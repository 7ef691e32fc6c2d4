"""Whether a reference still stands: the text that it names against the texts of that number. Pure. Source: domain 2.4, 2.5."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sgdocs.identifiers import CHANGES, Identifier
from sgdocs.recommendations.rules import IN_FORCE, REPLACED, Kind, Status
from sgdocs.recommendations.standing import TextFacts, current, fate_of_parts, line_of


class ReferenceStatus(StrEnum):
    """What a report says of a reference. elsewhere: of a body whose texts are not kept here, so nobody can say."""

    CURRENT = "current"
    AMENDED = "amended"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    NOT_FOUND = "not-found"
    NOT_KNOWN = "not-known"
    ELSEWHERE = "elsewhere"


STALE = frozenset(
    {ReferenceStatus.SUPERSEDED, ReferenceStatus.WITHDRAWN, ReferenceStatus.NOT_FOUND, ReferenceStatus.AMENDED}
)


@dataclass(frozen=True)
class Judged:
    """text: the one that is named, or for a reference without date the one in force; instead: what stands now;
    since: amendments and corrigenda in force that the reference does not name."""

    status: ReferenceStatus
    text: TextFacts | None = None
    instead: TextFacts | None = None
    since: tuple[TextFacts, ...] = ()


def is_dated(identifier: Identifier) -> bool:
    """Whether a reference names one edition: by its year, by its revision (ITU-R), by the amendment it names."""
    return identifier.year is not None or identifier.revision is not None or identifier.base_year is not None


def judge(texts: Sequence[TextFacts], identifier: Identifier) -> Judged:
    """What has become of the text that an identifier names. texts: of its family, those that the reader may see."""
    apart = _apart(texts, identifier)
    now = current(texts, apart)
    if not is_dated(identifier):
        return _undated(texts, apart, now)
    named = [text for text in texts if _names(identifier, text, apart, texts)]
    if not named:
        return Judged(ReferenceStatus.NOT_FOUND, None, now)
    return _dated(texts, max(named, key=lambda text: text.sort_key), now)


def _undated(texts: Sequence[TextFacts], apart: str, now: TextFacts | None) -> Judged:
    """Without a date the newest edition is meant, whatever is changed in it."""
    if now is not None:
        return Judged(ReferenceStatus.CURRENT, now)
    line = line_of(texts, apart)
    if not line:
        return Judged(ReferenceStatus.NOT_FOUND)
    return Judged(_ended(line[-1]), line[-1])


def _dated(texts: Sequence[TextFacts], text: TextFacts, now: TextFacts | None) -> Judged:
    if text.status in IN_FORCE:
        edition = _edition(texts, text)
        since = tuple(
            part for part in fate_of_parts(texts, edition) if part.sort_key > text.sort_key or text is edition
        )
        since = tuple(part for part in since if part.id != text.id)
        return Judged(ReferenceStatus.AMENDED if since else ReferenceStatus.CURRENT, text, None, since)
    instead = next((other for other in texts if other.id == text.superseded_by), None) or now
    if instead is not None and instead.id != text.id and text.status != Status.WITHDRAWN:
        return Judged(ReferenceStatus.SUPERSEDED, text, _last(texts, instead))
    return Judged(_ended(text), text, instead if instead is not text else None)


def _ended(text: TextFacts) -> ReferenceStatus:
    """Of a text without a known successor."""
    if text.status in REPLACED:
        return ReferenceStatus.SUPERSEDED
    gone = (Status.WITHDRAWN, Status.SUPERSEDED_OR_WITHDRAWN)
    return ReferenceStatus.WITHDRAWN if text.status in gone else ReferenceStatus.NOT_KNOWN


def _last(texts: Sequence[TextFacts], text: TextFacts) -> TextFacts:
    """The end of a chain of successors: who cites the edition of 2012 is to cite that of 2020, not that of 2016."""
    by_id, seen = {each.id: each for each in texts}, {text.id}
    while text.superseded_by in by_id and text.superseded_by not in seen:
        text = by_id[text.superseded_by]
        seen.add(text.id)
    return text


def _edition(texts: Sequence[TextFacts], text: TextFacts) -> TextFacts:
    """The edition that a text hangs on, or the text itself."""
    by_id, seen = {each.id: each for each in texts}, {text.id}
    while text.kind in CHANGES_OF_TEXTS and text.modifies in by_id and text.modifies not in seen:
        text = by_id[text.modifies]
        seen.add(text.id)
    return text


CHANGES_OF_TEXTS = frozenset({Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ADDENDUM})


def _apart(texts: Sequence[TextFacts], identifier: Identifier) -> str:
    """The line of texts that the identifier belongs to: a part published on its own, or the main line."""
    labels = [part.label.casefold() for part in identifier.parts if part.kind not in CHANGES and part.label]
    if not labels:
        return ""
    lines = {text.apart for text in texts if text.apart}
    return next((line for line in sorted(lines) if line.casefold().endswith(labels[-1])), "")


def _names(identifier: Identifier, text: TextFacts, apart: str, texts: Sequence[TextFacts]) -> bool:
    changes = [part for part in identifier.parts if part.kind in CHANGES]
    if text.apart != apart or (text.kind in CHANGES_OF_TEXTS) != bool(changes):
        return False
    if changes:
        return _names_change(identifier, text, texts)
    if identifier.revision is not None and text.revision != identifier.revision:
        return False
    return _is_of(text.approved, identifier.year, identifier.month)


def _names_change(identifier: Identifier, text: TextFacts, texts: Sequence[TextFacts]) -> bool:
    last = identifier.parts[-1]
    if text.part.casefold() != last.label.casefold() or text.kind != last.kind.value:
        return False
    edition = _edition(texts, text)
    base = identifier.modified_year
    if base is not None and edition.approved[:4] != str(base) and text.base_year != base:
        return False
    return identifier.year in (None, base) or _is_of(text.approved, identifier.year, identifier.month)


def _is_of(approved: str, year: int | None, month: int | None) -> bool:
    if year is not None and approved[:4] != f"{year:04d}":
        return False
    return month is None or approved[5:7] in ("", f"{month:02d}")
