"""What was in force on a day: yes, no, or not known, because … Pure. Source: domain 2.4, INV-1 to INV-5.

Supersession takes effect on the approval date of the new edition (INV-5). The day of a withdrawal is mostly not
recorded, so after it the honest answer is "not known".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sgdocs.recommendations.rules import APART, CHANGES, IN_FORCE, REPLACED, Span, Status, span_of


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the rules need of one text. Dates as given (`2019-11`, ""); `apart`: "" for the main line."""

    id: int
    kind: str
    status: str
    approved: str = ""
    withdrawn: str = ""
    apart: str = ""
    part: str = ""
    identifier: str = ""
    sort_key: str = ""
    edition: str = ""
    revision: int | None = None
    modifies: int | None = None
    superseded_by: int | None = None
    base_year: int | None = None


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Reason(StrEnum):
    """Why the answer is what it is; templates word it."""

    IN_FORCE = "in-force"
    NO_TEXTS = "no-texts"
    BEFORE_FIRST = "before-first"
    WITHDRAWN_BY_THEN = "withdrawn-by-then"
    IN_FUTURE = "in-future"
    DATE_MISSING = "date-missing"
    DATE_NOT_EXACT = "date-not-exact"
    STATUS_UNKNOWN = "status-unknown"
    WITHDRAWAL_NOT_DATED = "withdrawal-not-dated"
    SUCCESSOR_UNKNOWN = "successor-unknown"
    TWO_IN_FORCE = "two-in-force"


@dataclass(frozen=True)
class Answer:
    """verdict with its reason; text: the edition that was in force, or the one that the doubt is about.

    parts: the amendments, corrigenda, errata and separate annexes that applied with it;
    doubtful: those of which it is not known; since: what replaced it later, None when it stands today.
    """

    verdict: Verdict
    reason: Reason
    text: TextFacts | None = None
    parts: tuple[TextFacts, ...] = ()
    doubtful: tuple[tuple[TextFacts, Reason], ...] = field(default=())
    since: TextFacts | None = None


def standing_on(texts: Sequence[TextFacts], day: date, today: date, *, apart: str = "") -> Answer:
    """What was in force on that day of one family: at most one edition, and what applied with it.

    today: answers for later days are not known. apart: ask of that separate part instead of the main line.
    """
    line = line_of(texts, apart)
    if not line:
        return Answer(Verdict.NO, Reason.NO_TEXTS)
    if day > today:
        return Answer(Verdict.NOT_KNOWN, Reason.IN_FUTURE)
    answer = _of_line(line, day)
    if answer.verdict is not Verdict.YES or answer.text is None:
        return answer
    parts, doubtful = _applying(texts, answer.text, day)
    return Answer(answer.verdict, answer.reason, answer.text, parts, doubtful, answer.since)


def line_of(texts: Sequence[TextFacts], apart: str = "") -> list[TextFacts]:
    """The full editions of the main line, or of one part published apart, the oldest first."""
    return sorted((t for t in texts if t.apart == apart and t.kind not in CHANGES), key=lambda t: t.sort_key)


def _of_line(line: Sequence[TextFacts], day: date) -> Answer:
    """From the newest edition down: the first one that had begun decides, a doubtful one ends the search."""
    for index in range(len(line) - 1, -1, -1):
        begun = _begun(line, index, day)
        if begun is True:
            return _from(line, index, day)
        if begun is not False:
            return Answer(Verdict.NOT_KNOWN, begun, line[index])
    return Answer(Verdict.NO, Reason.BEFORE_FIRST, since=line[0])


def _begun(line: Sequence[TextFacts], index: int, day: date) -> bool | Reason:
    """Whether the edition was approved by that day; an undated one was not before its forerunner was."""
    span = _span(line[index])
    if span is not None:
        return span.last <= day if span.last <= day or day < span.first else Reason.DATE_NOT_EXACT
    earlier = next((s for s in map(_span, reversed(line[:index])) if s is not None), None)
    return False if earlier is not None and day < earlier.first else Reason.DATE_MISSING


def _from(line: Sequence[TextFacts], index: int, day: date) -> Answer:
    """The answer once the newest edition that had begun is known: had it ended otherwise?"""
    text, later = line[index], line[index + 1 :]
    since = later[0] if later else None
    if text.withdrawn:
        ended = span_of(text.withdrawn)
        if ended is not None and day >= ended.last:
            return Answer(Verdict.NO, Reason.WITHDRAWN_BY_THEN, text, since=since)
        if ended is not None and day >= ended.first:
            return Answer(Verdict.NOT_KNOWN, Reason.DATE_NOT_EXACT, text, since=since)
        return Answer(Verdict.YES, Reason.IN_FORCE, text, since=since)
    doubt = _doubt(text, line, index)
    if doubt is not None:
        return Answer(Verdict.NOT_KNOWN, doubt, text, since=since)
    return Answer(Verdict.YES, Reason.IN_FORCE, text, since=since)


def _doubt(text: TextFacts, line: Sequence[TextFacts], index: int) -> Reason | None:
    """Why the newest edition that had begun may all the same not have been in force; None when it was."""
    later = line[index + 1 :]
    if text.status == Status.WITHDRAWN:
        return Reason.WITHDRAWAL_NOT_DATED
    if text.status in IN_FORCE:
        others = any(t.status in IN_FORCE for t in line[:index])
        return Reason.TWO_IN_FORCE if others and not later else None
    if text.status in REPLACED:
        return None if later else Reason.SUCCESSOR_UNKNOWN
    if text.status == Status.SUPERSEDED_OR_WITHDRAWN:
        return None if text.superseded_by is not None and later else Reason.WITHDRAWAL_NOT_DATED
    return Reason.STATUS_UNKNOWN


def _applying(
    texts: Sequence[TextFacts], edition: TextFacts, day: date
) -> tuple[tuple[TextFacts, ...], tuple[tuple[TextFacts, Reason], ...]]:
    """What hung on that edition and applied on the day; then, on the same terms, what hung on those."""
    sure: list[TextFacts] = []
    doubtful: list[tuple[TextFacts, Reason]] = []
    by_id = {t.id: t for t in texts}
    for text in sorted(texts, key=lambda t: t.sort_key):
        if not _hangs_on(text, edition, by_id):
            continue
        applied = _applied(text, texts, by_id, edition, day)
        if applied is True:
            sure.append(text)
        elif applied is not False:
            doubtful.append((text, applied))
    return tuple(sure), tuple(doubtful)


def _hangs_on(text: TextFacts, edition: TextFacts, by_id: dict[int, TextFacts]) -> bool:
    """Whether a text hangs on the edition, directly or through another part (a corrigendum to its annex)."""
    seen = {text.id}
    above = text.modifies
    while above is not None and above not in seen:
        if above == edition.id:
            return True
        seen.add(above)
        above = by_id[above].modifies if above in by_id else None
    return False


def _applied(
    text: TextFacts, texts: Sequence[TextFacts], by_id: dict[int, TextFacts], edition: TextFacts, day: date
) -> bool | Reason:
    """Whether a part applied on the day. It takes the fate of its edition (INV-2) unless it ended before (INV-3)."""
    span = _span(text)
    if span is None:
        return Reason.DATE_MISSING
    if day < span.last:
        return False if day < span.first else Reason.DATE_NOT_EXACT
    replaced = _replaced(text, texts, by_id, day)
    if replaced is not False:
        return False if replaced is True else replaced
    return _not_ended(text, edition, day)


def _not_ended(text: TextFacts, edition: TextFacts, day: date) -> bool | Reason:
    """Whether a part that nothing had replaced by then still applied with its edition."""
    ended = span_of(text.withdrawn)
    if ended is not None:
        return day < ended.first
    if text.status == Status.WITHDRAWN and edition.status != Status.WITHDRAWN:
        return Reason.WITHDRAWAL_NOT_DATED
    if text.status in (Status.UNKNOWN, Status.NOT_POSTED):
        return Reason.STATUS_UNKNOWN
    if text.status in REPLACED and edition.status in IN_FORCE and text.superseded_by is None and text.kind not in APART:
        return Reason.SUCCESSOR_UNKNOWN
    return True


def _replaced(text: TextFacts, texts: Sequence[TextFacts], by_id: dict[int, TextFacts], day: date) -> bool | Reason:
    """Whether another text had taken its place: the named successor, or a newer edition of the same separate part."""
    successors = [by_id[text.superseded_by]] if text.superseded_by in by_id else []
    if text.apart and text.kind not in CHANGES:
        successors += [t for t in line_of(texts, text.apart) if t.sort_key > text.sort_key]
    verdicts = [_before(t, day) for t in successors]
    if True in verdicts:
        return True
    return Reason.DATE_NOT_EXACT if None in verdicts else False


def _before(text: TextFacts, day: date) -> bool | None:
    """Whether it was approved by the day; None when its date is too vague to tell."""
    span = _span(text)
    if span is None:
        return None
    return True if span.last <= day else False if day < span.first else None


def _span(text: TextFacts) -> Span | None:
    return span_of(text.approved)


def succession(texts: Sequence[TextFacts], new: TextFacts) -> tuple[TextFacts, ...]:
    """What a newly approved text replaces, in its family. Source: INV-2, INV-5.

    A new edition replaces the editions of its line that are in force, with their amendments, corrigenda and errata;
    annexes published apart survive (INV-4). Other kinds replace nothing by themselves.
    """
    if new.kind in CHANGES:
        return ()
    gone = [t for t in line_of(texts, new.apart) if t.status in IN_FORCE and t.id != new.id]
    ids = {t.id for t in gone}
    hanging = [t for t in texts if t.kind in CHANGES and t.status in IN_FORCE and t.modifies in ids and t.id != new.id]
    nested = {t.id for t in hanging}
    deeper = [t for t in texts if t.kind in CHANGES and t.status in IN_FORCE and t.modifies in nested]
    return (*gone, *hanging, *(t for t in deeper if t.id not in nested))


def fate_of_parts(texts: Sequence[TextFacts], base: TextFacts) -> tuple[TextFacts, ...]:
    """The amendments, corrigenda and errata in force that go with a base edition when it goes. Source: INV-2."""
    by_id = {t.id: t for t in texts}
    return tuple(t for t in texts if t.kind in CHANGES and t.status in IN_FORCE and _hangs_on(t, base, by_id))


def current(texts: Sequence[TextFacts], apart: str = "") -> TextFacts | None:
    """The newest edition in force of a line."""
    return next((t for t in reversed(line_of(texts, apart)) if t.status in IN_FORCE), None)
