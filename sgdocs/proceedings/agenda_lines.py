"""A line of an agenda that is no document: a text, or a liaison statement. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handle:
    """By what a work item is found."""

    number: int
    acronym: str


@dataclass(frozen=True)
class Line:
    """One text or statement. item: its work item; process: number of its approval, statement: its name, "" for none of
    them; because: why it stands here."""

    name: str
    title: str
    because: str
    item: Handle | None = None
    process: str = ""
    statement: str = ""
