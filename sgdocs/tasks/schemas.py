"""What comes in to keep tasks, and what the lists give out."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.tasks.rules import State

Line = Annotated[str, AfterValidator(one_line), StringConstraints(max_length=300)]
Words = Annotated[str, AfterValidator(clean), StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


class TaskForm(BaseModel):
    """owner: slug or e-mail of a person, or words (`Editors of Y.slice`); document: its name; item: number or name of a
    work item; came_from: address of the message it comes from; version: of the task that was seen, None when it is new."""

    model_config = ConfigDict(extra="ignore")

    text: Words
    owner: Line = ""
    due_on: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2150, 1, 1))] | None = None
    document: Line = ""
    item: Line = ""
    came_from: Line = ""
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


class MoveForm(BaseModel):
    """to: the state it gets; seen: the state it had on the page."""

    model_config = ConfigDict(extra="ignore")

    to: State
    seen: State | None = None
    reason: Line = ""


class TaskOut(BaseModel):
    """A task, or an action item of a meeting (`meeting` is its code then)."""

    kind: str
    group: str
    number: int
    text: str
    owner: str
    due_on: date | None
    state: State
    is_late: bool
    meeting: str
    document: str
    work_item: str
    changed_at: datetime
    reason: str
    address: str
    version: int | None


COLUMNS = {
    "group": "Group",
    "kind": "Kind",
    "number": "Number",
    "state": "State",
    "text": "What is to be done",
    "owner": "Who",
    "due_on": "By",
    "is_late": "Overdue",
    "meeting": "Meeting",
    "document": "Document",
    "work_item": "Work item",
    "reason": "Reason",
    "address": "Address",
}
