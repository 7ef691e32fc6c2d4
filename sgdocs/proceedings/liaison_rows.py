"""What a report tells of liaison statements, and its tables. Pure. English, as filed. Source: domain 5.3, 7.1."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sgdocs.proceedings.blocks import Block, Grid


@dataclass(frozen=True)
class InRow:
    """A statement that came in. document: as the group filed it; asked: for what, by when; result: what became of it."""

    document: str
    number: str
    source: str
    title: str
    asked: str
    result: str


@dataclass(frozen=True)
class OutRow:
    """A statement that the meeting prepared or agreed, for one of those it goes to."""

    number: str
    to: str
    title: str
    asked: str
    state: str


@dataclass(frozen=True)
class LiaisonFacts:
    incoming: tuple[InRow, ...] = ()
    outgoing: tuple[OutRow, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """Labels of the documents that the table of incoming statements names."""
        return frozenset(row.document for row in self.incoming if row.document)


IN_HEADINGS: Final = ("Document", "Number", "From", "Title", "Asked", "Result")
OUT_HEADINGS: Final = ("Number", "To", "Title", "For", "State")


def incoming(facts: LiaisonFacts) -> Iterable[Block]:
    if facts.incoming:
        rows = tuple((r.document, r.number, r.source, r.title, r.asked, r.result) for r in facts.incoming)
        yield Grid(IN_HEADINGS, rows)


def outgoing(facts: LiaisonFacts) -> Iterable[Block]:
    if facts.outgoing:
        yield Grid(OUT_HEADINGS, tuple((r.number, r.to, r.title, r.asked, r.state) for r in facts.outgoing))
