"""INV-1 to INV-9 as pure functions over the texts of one family. Source: domain 2.4.

They bind our own actions; what is imported stays as given and is flagged.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sgdocs.base.rulebook import Rule, rule
from sgdocs.recommendations.rules import CHANGES, IN_FORCE, OUT_OF_FORCE, REPLACED, Kind, Status, span_of
from sgdocs.recommendations.standing import TextFacts, line_of

SOURCE = "sgdocs domain 2.4"
ONE_IN_FORCE = rule(
    "recommendations.inv-1", "At most one full edition of a number is in force: {detail}.", f"{SOURCE}, INV-1"
)
FATE = rule(
    "recommendations.inv-2",
    "Amendments, corrigenda and errata take the fate of the edition they hang on: {detail}.",
    f"{SOURCE}, INV-2",
)
ALONE = rule(
    "recommendations.inv-3",
    "An amendment is superseded before its edition only by a later amendment: {detail}.",
    f"{SOURCE}, INV-3",
)
ATTACHED = rule(
    "recommendations.inv-4",
    "A part published apart survives its edition only when it hangs on one that exists: {detail}.",
    f"{SOURCE}, INV-4",
)
ORDER = rule(
    "recommendations.inv-5",
    "A text is superseded on the day its successor is approved, not before it was approved itself: {detail}.",
    f"{SOURCE}, INV-5",
)
TWO_FAMILIES = rule("recommendations.inv-6", "One number in force belongs to one family: {detail}.", f"{SOURCE}, INV-6")
WHICH_BASE = rule(
    "recommendations.inv-7", "The edition that a part changes is not certain: {detail}.", f"{SOURCE}, INV-7"
)
LABEL = rule(
    "recommendations.inv-8",
    "The edition label of a part begins with that of its edition: {detail}.",
    f"{SOURCE}, INV-8",
)
HIGHEST = rule(
    "recommendations.inv-9",
    "Of ITU-R revisions the highest is in force, lower ones are superseded: {detail}.",
    f"{SOURCE}, INV-9",
)
AS_SOURCE_SAYS = rule("recommendations.source-note", "The source itself has a doubt: {detail}.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach. text_id: the text it is about."""

    rule: Rule
    text_id: int
    detail: str


Check = Callable[[Sequence[TextFacts]], Iterator[Finding]]


def breaches(texts: Sequence[TextFacts]) -> tuple[Finding, ...]:
    """Every breach among the texts of one family; INV-6 needs other families and is `shared_numbers`."""
    return tuple(finding for check in CHECKS for finding in check(texts))


def two_in_force(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-1, for the main line and for each part published apart."""
    for apart in sorted({t.apart for t in texts}):
        standing = [t for t in line_of(texts, apart) if t.status in IN_FORCE]
        for text in standing[:-1]:
            yield Finding(ONE_IN_FORCE, text.id, f"{text.identifier}, {standing[-1].identifier}")


def other_fate(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-2; an amendment may go before its edition, which is INV-3."""
    by_id = {t.id: t for t in texts}
    for text in texts:
        base = by_id.get(text.modifies) if text.modifies is not None else None
        if text.kind not in CHANGES or base is None:
            continue
        survives = text.status in IN_FORCE and base.status in OUT_OF_FORCE
        goes_first = text.kind != Kind.AMENDMENT and text.status in REPLACED and base.status in IN_FORCE
        if survives or (goes_first and text.superseded_by is None):
            yield Finding(FATE, text.id, f"{text.identifier} ({text.status}), {base.identifier} ({base.status})")


def superseded_alone(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-3."""
    by_id = {t.id: t for t in texts}
    for text in texts:
        base = by_id.get(text.modifies) if text.modifies is not None else None
        if text.kind != Kind.AMENDMENT or base is None or text.status not in REPLACED or base.status not in IN_FORCE:
            continue
        if not any(t.modifies == base.id and t.kind == Kind.AMENDMENT and t.sort_key > text.sort_key for t in texts):
            yield Finding(ALONE, text.id, f"{text.identifier}, {base.identifier}")


def hangs_on_nothing(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-4: an annex or appendix in force without any edition in its family."""
    has_edition = bool(line_of(texts))
    for text in texts:
        if text.kind in (Kind.ANNEX, Kind.APPENDIX) and text.status in IN_FORCE and not has_edition:
            yield Finding(ATTACHED, text.id, text.identifier)


def successor_is_older(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-5."""
    by_id = {t.id: t for t in texts}
    for text in texts:
        successor = by_id.get(text.superseded_by) if text.superseded_by is not None else None
        if successor is None:
            continue
        own, other = span_of(text.approved), span_of(successor.approved)
        if own is not None and other is not None and other.last < own.first:
            yield Finding(ORDER, text.id, f"{text.identifier} → {successor.identifier}")


def base_not_certain(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-7: a change whose edition was not found, or may be one of two of the same year."""
    for text in texts:
        if text.kind in CHANGES and text.modifies is None:
            yield Finding(WHICH_BASE, text.id, f"{text.identifier}, {text.base_year or '?'}")


def label_differs(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-8, for changes that hang directly on a full edition of the main line."""
    by_id = {t.id: t for t in texts}
    for text in texts:
        base = by_id.get(text.modifies) if text.modifies is not None else None
        if text.kind not in CHANGES or base is None or base.apart or not (text.edition and base.edition):
            continue
        if text.edition.split(".")[0] != base.edition.split(".")[0]:
            yield Finding(LABEL, text.id, f"{text.identifier} ({text.edition}), {base.identifier} ({base.edition})")


def revision_order(texts: Sequence[TextFacts]) -> Iterator[Finding]:
    """INV-9; a withdrawn number is withdrawn as a whole."""
    revisions = [t for t in line_of(texts) if t.revision is not None and t.kind == Kind.RECOMMENDATION]
    for text in revisions[:-1]:
        if text.status in IN_FORCE:
            yield Finding(HIGHEST, text.id, f"{text.identifier}, {revisions[-1].identifier}")
    if revisions and revisions[-1].status == Status.SUPERSEDED:
        yield Finding(HIGHEST, revisions[-1].id, revisions[-1].identifier)


CHECKS: tuple[Check, ...] = (
    two_in_force,
    other_fate,
    superseded_alone,
    hangs_on_nothing,
    successor_is_older,
    base_not_certain,
    label_differs,
    revision_order,
)
