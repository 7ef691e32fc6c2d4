"""Rows as lists of mailing lists, threads and members show them."""

from dataclasses import dataclass
from datetime import datetime

from sgdocs.groups.models import Group
from sgdocs.mailing_lists.models import ListMember, ListMessage, MailingList
from sgdocs.people.models import Organisation, Person


@dataclass(frozen=True)
class ListRow:
    """A list as it is shown. members: how many; posted: messages; last_at: of the newest; is_mine: the actor is on it."""

    list: MailingList
    group: Group
    members: int
    posted: int
    last_at: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class ThreadRow:
    first: ListMessage
    messages: int
    last_at: datetime
    last_from: str


@dataclass(frozen=True)
class MemberRow:
    person: Person
    organisation: Organisation | None
    member: ListMember
