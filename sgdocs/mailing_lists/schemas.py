"""What comes in about mailing lists, and what the API gives out."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, StringConstraints

from sgdocs.base.text import clean, one_line
from sgdocs.mailing_lists.models import ListMessage
from sgdocs.mailing_lists.rows import ListRow
from sgdocs.mailing_lists.rules import ListKind

Subject = Annotated[str, AfterValidator(one_line), StringConstraints(min_length=1, max_length=300)]
Words = Annotated[str, AfterValidator(clean), StringConstraints(min_length=1, max_length=200_000)]


class MessageForm(BaseModel):
    """A message written on the page. answers: number of the one it answers, None for a new thread."""

    subject: Subject
    text: Words
    answers: int | None = None


class ListForm(BaseModel):
    kind: ListKind = ListKind.GROUP


class MemberForm(BaseModel):
    """person: address part of the person's page, or e-mail address."""

    person: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ReasonForm(BaseModel):
    reason: Annotated[str, AfterValidator(one_line), StringConstraints(max_length=500)] = ""


class ListOut(BaseModel):
    """A list. address: the whole e-mail address; is_mine: the caller is on it."""

    local: str
    address: str
    kind: str
    group: str
    members: int
    messages: int
    last_at: datetime | None
    is_mine: bool
    closed_at: datetime | None

    @classmethod
    def of(cls, row: ListRow, domain: str) -> "ListOut":
        return cls(
            local=row.list.local,
            address=f"{row.list.local}@{domain}",
            kind=row.list.kind,
            group=row.group.path,
            members=row.members,
            messages=row.posted,
            last_at=row.last_at,
            is_mine=row.is_mine,
            closed_at=row.list.closed_at,
        )


class MessageOut(BaseModel):
    number: int
    thread: int
    from_name: str
    subject: str
    text: str
    at: datetime

    @classmethod
    def of(cls, row: ListMessage) -> "MessageOut":
        return cls.model_validate(row, from_attributes=True)
