"""Tables of the workspace. Every row has one owner; nobody else reads it but what is shared with the delegation."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.workspace.rules import Alert, Stance


class Kept(SQLModel, table=True):
    """A person keeps a thing: as favourite, with a stance, with a note. Source: feature N5.

    kind: a row of `kinds.KINDS` (document, family, item, statement, agenda); thing_id: its row there.
    mark: the state of the text on which note and stance were written (`R1` of a document), mark_label: as people write it.
    changes: how the text went on since (`rules.Moved` as JSON), {} while it stands as it was.
    is_shared: note and stance are shown to the delegation; covers: the person sees to it for the delegation, which says
    the name alone. organisation_id: the delegation they were shared with; who changes the organisation takes nothing along.
    carried_from: label of the older document from which note and stance came here.
    """

    __tablename__ = "kept"
    __table_args__ = (
        CheckConstraint(f"stance IN ({', '.join(repr(each.value) for each in Stance)})", name="stance"),
        UniqueConstraint("person_id", "kind", "thing_id"),
        Index("ix_kept_thing", "kind", "thing_id"),
        Index("ix_kept_organisation", "organisation_id", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    thing_id: int
    is_favourite: bool = False
    stance: str = ""
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    mark: str = ""
    mark_label: str = ""
    changes: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    is_shared: bool = False
    covers: bool = False
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    carried_from: str = ""
    created_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())


class Looked(SQLModel, table=True):
    """Up to which entry of the journal a person has seen a place. place: `documents`, `meeting:4`, `document:12`, or
    `all`, which holds for every place. position: sealed position of the newest entry seen; it only grows, whatever
    device says it last. Source: feature N6."""

    __tablename__ = "looked"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    place: str = Field(primary_key=True)
    position: int
    at: datetime = Field(sa_column=instant_column())


class MyCard(SQLModel, table=True):
    """How a person set a card of their own page: its place among the others, and whether it is hidden. card: id of
    `web.my_page.CARDS`; one that is not here stands in its usual place, after those that are."""

    __tablename__ = "my_card"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    card: str = Field(primary_key=True)
    position: int
    is_hidden: bool = False


class TrackedList(SQLModel, table=True):
    """A list of a person's own: what its rules find (saved searches that belong to it), and what was added by hand."""

    __tablename__ = "tracked_list"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    created_at: datetime = Field(sa_column=instant_column())


class TrackedThing(SQLModel, table=True):
    """A thing put on a list by hand, or taken off it though a rule finds it (is_out). because: label of the older
    document in whose place it came."""

    __tablename__ = "tracked_thing"

    list_id: int = Field(primary_key=True, foreign_key="tracked_list.id")
    kind: str = Field(primary_key=True)
    thing_id: int = Field(primary_key=True)
    is_out: bool = False
    because: str = ""
    added_at: datetime = Field(sa_column=instant_column())


class SavedSearch(SQLModel, table=True):
    """A search, or a list with its filters, under a name. path: of `lists.LISTS` (`/search`, `/doc`, `/wi` …); query: the
    query string as it was, also with fields that do not exist any more. list_id: it is a rule of that list.

    often: of `rules.Alert`; seen: keys of the hits known; new: keys found since the person looked; checked_at: when it was
    last looked through; problem: why it could not be.
    """

    __tablename__ = "saved_search"
    __table_args__ = (
        CheckConstraint(f"often IN ({', '.join(repr(each.value) for each in Alert)})", name="often"),
        Index("ix_saved_search_due", "often", "checked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    list_id: int | None = Field(default=None, foreign_key="tracked_list.id", index=True)
    name: str
    path: str
    query: str = Field(default="", sa_column=Column(Text, nullable=False))
    often: str = Alert.OFF.value
    seen: list[str] = Field(default_factory=list, sa_column=json_column())
    new: list[str] = Field(default_factory=list, sa_column=json_column())
    problem: str = ""
    created_at: datetime = Field(sa_column=instant_column())
    checked_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
