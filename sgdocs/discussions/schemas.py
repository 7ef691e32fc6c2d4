"""What comes in about discussions, and what the API gives out."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints

from sgdocs.base.text import one_line
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rows import Shown
from sgdocs.discussions.rules import LONGEST_REASON, LONGEST_TITLE, Kind

_BETWEEN = re.compile(r"[,;\n]+")


def _names(given: Any) -> Any:
    """A line of numbers, or a list of them."""
    parts = _BETWEEN.split(given) if isinstance(given, str) else given
    return [each.strip() for each in parts if str(each).strip()] if isinstance(parts, list) else parts


Names = Annotated[list[Annotated[str, StringConstraints(max_length=120)]], BeforeValidator(_names)]
Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MessageForm(BaseModel):
    """text: Markdown, its length is a rule of its own; answers: number of a message of the thread; papers: numbers of documents."""

    text: str
    answers: int | None = None
    papers: Names = []


class AboutForm(MessageForm):
    """A message on a thing. ref: how it is called (path, code, name, `CODE/17` of an agenda item); anchor: of a clause.

    title: a further thread of a group or meeting begins with it."""

    kind: Kind
    ref: Ref
    anchor: Annotated[str, StringConstraints(max_length=100)] = ""
    title: Annotated[str, AfterValidator(one_line), StringConstraints(max_length=LONGEST_TITLE)] = ""


class EditForm(BaseModel):
    """texts: how many there were when the author began."""

    text: str
    texts: int | None = None


class ReasonForm(BaseModel):
    reason: Annotated[str, AfterValidator(one_line), StringConstraints(max_length=LONGEST_REASON)] = ""


class ThreadOut(BaseModel):
    """subject: what it is about in words; count: messages that are not hidden."""

    id: int
    kind: str
    subject: str
    title: str
    anchor: str
    count: int
    last_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    closed_reason: str
    url: str

    @classmethod
    def of(cls, row: Thread, url: str) -> "ThreadOut":
        given = {name: getattr(row, name) for name in cls.model_fields if name not in ("id", "url")}
        return cls(id=row.id or 0, url=url, **given)


class AnswerOut(BaseModel):
    number: int
    author: str


class MessageOut(BaseModel):
    """A message. html: "" and hidden_reason set for one that is hidden; papers: numbers of documents."""

    number: int
    author: str
    person: str
    entity: str
    at: datetime
    edited_at: datetime | None
    texts: int
    html: str
    is_hidden: bool
    hidden_reason: str
    answers: AnswerOut | None
    papers: list[str]
    url: str

    @classmethod
    def of(cls, row: Shown, url: str) -> "MessageOut":
        answers = AnswerOut(number=row.answers[0], author=row.answers[1]) if row.answers else None
        same = ("number", "author", "entity", "at", "edited_at", "texts", "html", "is_hidden", "hidden_reason")
        given = {name: getattr(row, name) for name in same}
        return cls(**given, person=row.slug, answers=answers, papers=[each.label for each in row.papers], url=url)


COLUMNS = {
    "number": "Number",
    "at": "When",
    "author": "Who",
    "entity": "Entity",
    "answers": "Answers",
    "text": "Text",
    "papers": "Documents",
    "hidden_reason": "Hidden",
    "url": "Address",
}
LIST_COLUMNS = {
    "subject": "On",
    "title": "Title",
    "kind": "Kind",
    "count": "Messages",
    "last_at": "Last message",
    "closed_reason": "Closed",
    "url": "Address",
}
