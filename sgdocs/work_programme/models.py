"""Tables of the work programme: items, who edits and supports them, their texts, changes and dependencies."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


def _bytewise() -> Column[str]:
    return Column(String().with_variant(String(collation="C"), "postgresql"), nullable=False)


def _long() -> Column[str]:
    return Column(Text, nullable=False)


class WorkItem(SQLModel, table=True):
    """One text in the making. number: permanent, first part of the address (`/wi/4711-Y.slice`); external_id: `isn` of
    an imported one.

    acronym: provisional name or number (`Y.slice`, `G.709`); former_names: earlier ones, for ever found;
    identifier: the number given at approval. kind, version, process, status, stage, priority: `rules`; version_part:
    number of the amendment. family_id: what is changed; text_id: the text that is amended; approved_text_id: what came of
    it. timing: `2026`, `2026-Q2`, `2026-05` as given; timing_on: its last day. base_…: the text that is worked on now
    (moves with each output; `ItemBase` has all). issued_from_id: period of the first registration, if an older one.
    origin_…: the focus group whose deliverable it was. Source: domain 3.1.
    """

    __tablename__ = "work_item"
    __table_args__ = (
        CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),
        Index("ix_work_item_list", "group_id", "status", "sort_key"),
        Index("ix_work_item_question", "question_id", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    external_id: int | None = Field(default=None, index=True)
    sector: str
    acronym: str
    acronym_key: str = Field(index=True)
    sort_key: str = Field(sa_column=_bytewise())
    former_names: list[str] = Field(default_factory=list, sa_column=json_column())
    title: str
    titles: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    kind: str = "recommendation"
    version: str = "new"
    version_part: str = ""
    family_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    approved_text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    identifier: str = ""
    group_id: int = Field(foreign_key="group.id")
    question_id: int | None = Field(default=None, foreign_key="group.id")
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    issued_from_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    process: str = ""
    status: str = Field(default="under-study", index=True)
    status_on: date | None = None
    status_reason: str = ""
    stage: str = ""
    timing: str = ""
    timing_on: date | None = Field(default=None, index=True)
    priority: str = ""
    liaison_to: list[str] = Field(default_factory=list, sa_column=json_column())
    equivalents: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    scope: str = Field(default="", sa_column=_long())
    summary: str = Field(default="", sa_column=_long())
    relations: str = Field(default="", sa_column=_long())
    comment: str = Field(default="", sa_column=_long())
    base_document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    base_part: str = ""
    base_sha256: str = ""
    ipr_asked_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    ipr_note: str = ""
    origin_group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    origin_document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    merged_into_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    continues_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    registered_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    proposed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    audience: str = Field(default="public", index=True)
    registered_at: datetime = Field(sa_column=instant_column(index=True))
    changed_at: datetime = Field(sa_column=instant_column())


class ItemName(SQLModel, table=True):
    """A name by which an item is found for ever: its present one, former ones, the number given at approval.

    kind: acronym, former, identifier; key: `rules.name_key`.
    """

    __tablename__ = "work_item_name"
    __table_args__ = (UniqueConstraint("work_item_id", "key"), Index("ix_work_item_name_key", "key"))

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id")
    name: str
    key: str
    kind: str = "acronym"


class ItemStep(SQLModel, table=True):
    """One change of status: on which day, at which meeting, why. Import keeps days as given."""

    __tablename__ = "work_item_step"

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id", index=True)
    from_status: str = ""
    status: str
    happened_on: date | None = None
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    reason: str = ""
    at: datetime = Field(sa_column=instant_column())


class ItemEditor(SQLModel, table=True):
    """Who edits: a person we know, or a name as given. role: editor, co-editor, contact."""

    __tablename__ = "work_item_editor"

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id", index=True)
    position: int = 0
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = ""
    entity: str = ""
    email: str = ""
    role: str = "editor"


class Supporter(SQLModel, table=True):
    """An entity that commits itself. support: work (contributes), consent. confirmed_by: who said so. Source: WI-3, WI-4."""

    __tablename__ = "work_item_supporter"
    __table_args__ = (UniqueConstraint("work_item_id", "support", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id")
    support: str = "work"
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    name: str
    country: str = ""
    confirmed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    confirmed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class ItemBase(SQLModel, table=True):
    """A base text, the newest is the pointer. document_id: None for one given in words (`note`) only."""

    __tablename__ = "work_item_base_text"

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    part: str = ""
    sha256: str = ""
    note: str = ""
    happened_on: date
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    set_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    set_at: datetime = Field(sa_column=instant_column())


class ItemPaper(SQLModel, table=True):
    """A document belongs to an item. role: contribution, output, liaison, justification (A.5; `about` names the
    reference), minutes-of-ipr, other. by_hand: a person said so; otherwise `because` names the sign.
    removed_at: a person said that it does not belong there; the row stays, so that no sign brings it again."""

    __tablename__ = "work_item_paper"
    __table_args__ = (UniqueConstraint("work_item_id", "document_id", "role", "about"),)

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id")
    document_id: int = Field(foreign_key="document.id", index=True)
    role: str = "contribution"
    about: str = ""
    because: str = ""
    by_hand: bool = False
    added_at: datetime = Field(sa_column=instant_column())
    removed_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class Dependency(SQLModel, table=True):
    """An item waits for another one, or for a text named in words. released_at: when that was there."""

    __tablename__ = "work_item_dependency"

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id", index=True)
    on_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    words: str = ""
    note: str = ""
    released_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class AcceptedChange(SQLModel, table=True):
    """A change that a meeting accepted into the base text: from which document, in which clause, which sentences.

    change: `replaces`, `adds`, `removes`; before, after: the words; base_id: the base text that it changes; undone_at: the
    meeting thought otherwise.
    """

    __tablename__ = "work_item_change"
    __table_args__ = (UniqueConstraint("work_item_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    work_item_id: int = Field(foreign_key="work_item.id", index=True)
    number: int
    document_id: int = Field(foreign_key="document.id", index=True)
    part: str = ""
    sha256: str = ""
    base_id: int | None = Field(default=None, foreign_key="work_item_base_text.id", index=True)
    clause: str = ""
    change: str = "replaces"
    before: str = Field(default="", sa_column=_long())
    after: str = Field(default="", sa_column=_long())
    note: str = ""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    accepted_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    accepted_at: datetime = Field(sa_column=instant_column())
    undone_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    undone_reason: str = ""


class ItemImport(SQLModel, table=True):
    """What an export said last about one item; by its digest a second run knows that nothing changed."""

    __tablename__ = "work_item_import"

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    given: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
