"""What a report tells of texts and work items, row by row. Pure. Source: domain 3.3, WI-7."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TextRow:
    """A text that the meeting moved. step: title of the step (`Consent`); state: title of where it came to."""

    step: str
    question: str
    item: str
    state: str
    title: str
    final_text: str
    justification: str
    equivalent: str


@dataclass(frozen=True)
class ItemRow:
    """A work item that is new, deleted, or comes up at the next meeting. note: reason, or when it is due."""

    question: str
    name: str
    version: str
    status: str
    title: str
    editor: str
    base_text: str
    justification: str
    equivalent: str
    note: str = ""


@dataclass(frozen=True)
class WorkFacts:
    """next: code and days of the meeting for which the candidates are, "" when none is convened."""

    texts: tuple[TextRow, ...] = ()
    new: tuple[ItemRow, ...] = ()
    deleted: tuple[ItemRow, ...] = ()
    candidates: tuple[ItemRow, ...] = ()
    next: str = field(default="")
