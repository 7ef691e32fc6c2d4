"""Under which agenda items a document stands, and why: one ordered table of reasons. Pure. Source: domain 5.2 M-1.

Two questions are asked of each document: with which group it goes (`GOES_WITH`), and as what (`allotment_sorts.SORTS`).
The first reason that finds something answers. A later subject adds a field to `Paper` and a row to a table.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sgdocs.base.text import folded
from sgdocs.documents.allotment_facts import Kept, Paper, Slot, Table, drafts_in
from sgdocs.documents.allotment_sorts import AS_OTHER, KEPT_SORT, SORTS, Reach, Sorted
from sgdocs.i18n import N_
from sgdocs.meetings.agenda_rules import ItemKind as K


@dataclass(frozen=True)
class Found:
    """group_id: of a group that sits in the meeting; words: what led there, as shown after the reason."""

    group_id: int
    words: str = ""


@dataclass(frozen=True)
class Reason:
    """One row: id, permanent; says: the sentence, with {words}; find: groups it leads to, the first is primary."""

    id: str
    says: str
    find: Callable[[Paper, Table], Sequence[Found]]


@dataclass(frozen=True)
class Proposal:
    """A document under an item. reasons: ids of the rows that led there; because: their words, in the same order."""

    slot_id: int
    is_primary: bool
    reasons: tuple[str, str]
    because: tuple[str, str]


def proposals(paper: Paper, table: Table) -> list[Proposal]:
    """Where the document stands: the primary place first. Empty only when no agenda has an item."""
    found, reason = _with_whom(paper, table)
    places: dict[int, Proposal] = {}
    for each in found:
        sort = _as_what(paper, table, each.group_id)
        for slot in _slots(table, each.group_id, sort):
            words = (each.words, sort.words)
            places.setdefault(slot.id, Proposal(slot.id, not places, (reason.id, sort.id), words))
            if sort.reach is not Reach.ABOVE_AND_OWN:
                break
    return list(places.values())


def _with_whom(paper: Paper, table: Table) -> tuple[Sequence[Found], Reason]:
    for reason in GOES_WITH:
        found = reason.find(paper, table)
        if found:
            return found, reason
    return [Found(table.own_id)], PLENARY


def _as_what(paper: Paper, table: Table, group_id: int) -> Sorted:
    for kept in table.kept:
        if kept.group_id == group_id and kept.item_kind and fits(kept, paper):
            return Sorted(KEPT_SORT.id, (K(kept.item_kind),), kept.value)
    return next((sort for row in SORTS if (sort := row.sort(paper, table)) is not None), AS_OTHER)


def fits(kept: Kept, paper: Paper) -> bool:
    """Whether a kept correction speaks of this document."""
    value = folded(kept.value)
    if kept.feature == "source":
        return folded(paper.source) == value
    if kept.feature == "words":
        return bool(value) and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", folded(paper.title)) is not None
    return kept.feature == "kind" and value == folded(paper.kind_and_stream)


# With which group


def _kept(paper: Paper, table: Table) -> list[Found]:
    return [Found(k.draws_to, k.value) for k in table.kept if k.draws_to and table.sits(k.draws_to) and fits(k, paper)]


def _named_by(field: str) -> Callable[[Paper, Table], list[Found]]:
    """Groups that a later subject found for the document: (words, group id) pairs in that field."""

    def find(paper: Paper, table: Table) -> list[Found]:
        return [Found(id, words) for words, id in getattr(paper, field) if table.sits(id)]

    return find


def _on_cover(paper: Paper, table: Table) -> list[Found]:
    return [Found(id, table.label(id)) for id in paper.questions if table.sits(id)]


def _in_words(field: str) -> Callable[[Paper, Table], list[Found]]:
    def find(paper: Paper, table: Table) -> list[Found]:
        named = dict.fromkeys(_named(getattr(paper, field), table))
        return [Found(id, table.label(id)) for id in named]

    return find


_NAMES: Final = re.compile(
    r"\b(?:(?P<kind>Q|WP)\s?|(?P<long>Question|Working Party)s?\s)(?P<number>\d{1,2})(?:/(?P<of>\w+))?", re.I
)


def _named(text: str, table: Table) -> Iterator[int]:
    """Ids of the groups of the meeting that the text names: `Q2/13`, `Question 2/13`, `Q2`, `WP1/13`."""
    for match in _NAMES.finditer(text):
        short = (match["kind"] or {"q": "Q", "w": "WP"}[match["long"][0].lower()]).upper()
        of = match["of"]
        for seat in table.seats:
            if seat.code == f"{short}{match['number']}" and (of is None or seat.label == f"{seat.code}/{of}"):
                yield seat.group_id


def _by_subject(paper: Paper, table: Table) -> list[Found]:
    """The title names a draft that other documents of the meeting bring to one Question."""
    known = dict(table.subjects)
    found = [Found(known[name], name) for name in drafts_in(paper.title) if name in known and table.sits(known[name])]
    return found[:1]


def _by_stream(paper: Paper, table: Table) -> list[Found]:
    """A TD of the stream of a working party goes to it."""
    stream = paper.stream.upper().removeprefix("WP")
    found = [s for s in table.seats if stream.isdigit() and s.code == f"WP{stream}"]
    return [Found(seat.group_id, seat.label) for seat in found]


def _only_group(paper: Paper, table: Table) -> list[Found]:
    return [Found(table.own_id, table.label(table.own_id))] if len(table.seats) == 1 else []


PLENARY = Reason("plenary", N_("nothing names a Question or working party, so it is for the plenary"), lambda *_: [])
GOES_WITH: Final[tuple[Reason, ...]] = (
    Reason("kept-correction", N_("the group keeps a correction: “{words}”"), _kept),
    Reason("allotted", N_("it is allotted to {words}"), _named_by("allotted")),
    Reason("answers-liaison", N_("answers the liaison statement {words}"), _named_by("answers")),
    Reason("work-item", N_("belongs to the work item {words}"), _named_by("work_items")),
    Reason("question-on-cover", N_("{words} stands on the cover"), _on_cover),
    Reason("question-in-title", N_("the title names {words}"), _in_words("title")),
    Reason("question-in-source", N_("the source names {words}"), _in_words("source")),
    Reason("same-draft", N_("other documents on {words} are addressed to the same Question"), _by_subject),
    Reason("stream", N_("it is of the stream of {words}"), _by_stream),
    Reason("only-group", N_("the meeting is of {words} alone"), _only_group),
    PLENARY,
)


# At which item

FALLBACKS: Final[dict[K, tuple[K, ...]]] = {
    K.INTERIM_REPORT: (K.REPORTS, K.RG_REPORTS),
    K.REPORTS: (K.WP_REPORTS, K.REPORT),
    K.WP_REPORTS: (K.REPORTS,),
    K.RG_REPORTS: (K.REPORTS,),
    K.JCA_REPORTS: (K.REPORTS,),
    K.FG_REPORTS: (K.REPORTS,),
    K.NEW_WORK: (K.CONTRIBUTIONS,),
    K.PLAN: (K.AGENDA,),
    K.ALLOCATION: (K.DOCUMENTS, K.PLAN, K.AGENDA),
    K.WORK_PROGRAMME: (K.FUTURE_WORK,),
    K.FUTURE_MEETINGS: (K.FUTURE_WORK,),
}
ANYWHERE: Final = (K.OTHER, K.DOCUMENTS, K.CONTRIBUTIONS, K.QUESTIONS, K.AOB)


def _slots(table: Table, group_id: int, sort: Sorted) -> Iterator[Slot]:
    """The items for it: in the agenda of the group that takes such papers, else where another agenda names the group."""
    for host in _hosts(table, group_id, sort):
        own = [slot for slot in table.slots if slot.group_id == host]
        named = [slot for slot in own if slot.question_id == group_id and host != group_id]
        slot = (named[0] if named and sort.reach is Reach.OWN else None) or _of_kinds(own, _chain(sort.kinds))
        if slot is not None:
            yield slot


def _hosts(table: Table, group_id: int, sort: Sorted) -> Iterator[int]:
    """Whose agenda to look at: the group's own, then its working party's, then the plenary's; papers for the agenda
    above look there first, those for the plenary at the plenary's alone."""
    above = [id for id in table.above(group_id) if any(slot.group_id == id for slot in table.slots)]
    if sort.reach is Reach.PLENARY:
        yield from dict.fromkeys((table.own_id, *above, group_id))
    elif sort.reach is Reach.ABOVE_AND_OWN:
        yield from (*above[:1], group_id)
    else:
        yield from (group_id, *above)


def _chain(kinds: Iterable[K]) -> tuple[K, ...]:
    named = [kind for each in kinds for kind in (each, *FALLBACKS.get(each, ()))]
    return tuple(dict.fromkeys((*named, *ANYWHERE)))


def _of_kinds(slots: Sequence[Slot], kinds: Sequence[K]) -> Slot | None:
    for kind in kinds:
        for slot in slots:
            if slot.kind == kind:
                return slot
    return slots[0] if slots else None
