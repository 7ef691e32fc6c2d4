"""What the allotment of documents is decided from: values, no rows. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Named = tuple[tuple[str, int], ...]
"""(words, group id) pairs: what a later subject found out about a document."""


@dataclass(frozen=True)
class Paper:
    """A document. questions: ids of the groups on cover and form, the primary first; kind, stream: of its number.

    work_items, answers, allotted: given by the subjects above documents when they know more.
    """

    id: int
    kind: str
    stream: str
    title: str
    source: str = ""
    purpose: str = ""
    questions: tuple[int, ...] = ()
    work_items: Named = ()
    answers: Named = ()
    allotted: Named = ()

    @property
    def kind_and_stream(self) -> str:
        return f"{self.kind} {self.stream}".strip()


@dataclass(frozen=True)
class Seat:
    """A group that sits in the meeting. above_ids: its working party and study group, the nearest first."""

    group_id: int
    code: str
    label: str
    kind: str
    above_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Slot:
    """An agenda item, in the order of its agenda. question_id: the group it is for."""

    id: int
    group_id: int
    kind: str
    question_id: int | None = None


@dataclass(frozen=True)
class Kept:
    """A correction that a group keeps. feature: source, words (of the title) or kind; draws_to: to that group."""

    group_id: int
    feature: str
    value: str
    item_kind: str = ""
    draws_to: int | None = None


@dataclass(frozen=True)
class Table:
    """The meeting: who sits, what the agendas have, what was kept. own_id: the group of the meeting; sector: T or R.

    subjects: names of drafts (`Y.slice`), each with the Question that the other documents on it are addressed to.
    """

    own_id: int
    sector: str
    seats: tuple[Seat, ...]
    slots: tuple[Slot, ...]
    kept: tuple[Kept, ...] = ()
    subjects: Named = ()

    def seat(self, group_id: int) -> Seat | None:
        return next((seat for seat in self.seats if seat.group_id == group_id), None)

    def sits(self, group_id: int) -> bool:
        return self.seat(group_id) is not None

    def label(self, group_id: int) -> str:
        seat = self.seat(group_id)
        return seat.label if seat else ""

    def above(self, group_id: int) -> tuple[int, ...]:
        """Groups whose agenda may name it: its working party, its study group, the group of the meeting."""
        seat = self.seat(group_id)
        found = (*(seat.above_ids if seat else ()), self.own_id)
        return tuple(dict.fromkeys(id for id in found if id != group_id))


_DRAFT: Final = re.compile(r"\b[A-Z]{1,2}\.(?:[A-Za-z][\w-]*|\d+(?:\.\d+)*)\b")
AGREED_SHARE: Final = 0.8


def drafts_in(title: str) -> list[str]:
    """Names of drafts and Recommendations in a title, as written: `Y.slice-arch`, `X.509`."""
    return list(dict.fromkeys(_DRAFT.findall(title)))


def subjects_of(papers: Iterable[Paper]) -> Named:
    """Which Question a name belongs to, as four in five of the documents that name it say on their covers."""
    seen: dict[str, Counter[int]] = {}
    for paper in papers:
        for name in drafts_in(paper.title) if paper.questions else ():
            seen.setdefault(name, Counter())[paper.questions[0]] += 1
    most = {name: counted.most_common(1)[0] for name, counted in seen.items()}
    return tuple((name, id) for name, (id, times) in most.items() if times >= AGREED_SHARE * seen[name].total())
