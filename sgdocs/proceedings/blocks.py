"""What a section of a report is made of. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Para:
    text: str


@dataclass(frozen=True)
class Bullets:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """headings and rows of as many cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Para | Bullets | Grid
