"""Tables of the structure: periods, groups, their terms and successions, memberships, appointments."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Date, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


class StudyPeriod(SQLModel, table=True):
    """The time between two assemblies, as a row: lengths differ. number: the legacy one of old addresses.

    starts_on: the day from which documents carry the code; ends_on: None while it is not fixed.
    Source: domain 1.1.
    """

    __tablename__ = "study_period"
    __table_args__ = (CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),)

    id: int | None = Field(default=None, primary_key=True)
    sector: str = Field(index=True)
    code: str = Field(unique=True)
    title: str
    number: int | None = None
    starts_on: date
    ends_on: date | None = None
    assembly: str = ""
    assembly_opens_on: date | None = None
    assembly_closes_on: date | None = None


class Group(SQLModel, table=True):
    """A group of any kind, with one identity through all its periods.

    code: `SG15`, `WP5D`, `Q2`; label: as people write it (`ITU-T SG15`, `WP 5D`, `Q2/15`); path: permanent address
    (`T/SG15`, `R/WP5D`, `T/SG15/T25/Q2`). parent_id: the group that set it up; working_party_id: for a Question,
    the working party it is allocated to (None: the plenary). period_id: set where numbers restart each period.
    sort_key: `SG9` before `SG13`.
    """

    __tablename__ = "group"
    __table_args__ = (
        CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),
        Index("ix_group_list", "sector", "kind", "sort_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sector: str
    kind: str = Field(index=True)
    code: str = Field(index=True)
    label: str
    path: str = Field(unique=True)
    sort_key: str
    code_key: str = Field(index=True)
    label_key: str = Field(index=True)
    parent_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    working_party_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    starts_on: date | None = None
    ends_on: date | None = None
    ended_reason: str = ""


class GroupTerm(SQLModel, table=True):
    """What a group is called and charged with in one period. title: "" when not recorded.

    titles: other languages, `{"fr": …}`; source: where title and mandate come from; is_confirmed: False where the
    wording is uncertain.
    """

    __tablename__ = "group_term"

    group_id: int = Field(primary_key=True, foreign_key="group.id")
    period_id: int = Field(primary_key=True, foreign_key="study_period.id", index=True)
    title: str = ""
    titles: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    mandate: str = ""
    source: str = ""
    is_confirmed: bool = True


class JointParent(SQLModel, table=True):
    """A further parent of a joint group (IRG, joint rapporteur group, collaborative team)."""

    __tablename__ = "group_joint_parent"

    group_id: int = Field(primary_key=True, foreign_key="group.id")
    parent_id: int = Field(primary_key=True, foreign_key="group.id", index=True)


class Succession(SQLModel, table=True):
    """The work of one group went to another (n:m: merges and splits). Source: domain S1.1."""

    __tablename__ = "group_succession"

    from_id: int = Field(primary_key=True, foreign_key="group.id")
    to_id: int = Field(primary_key=True, foreign_key="group.id", index=True)
    on: date = Field(sa_column=Column("happened_on", Date, nullable=False))


class Continuation(SQLModel, table=True):
    """A Question goes on with the work of one of the period before (n:m). Source: domain 1.5."""

    __tablename__ = "group_continuation"

    question_id: int = Field(primary_key=True, foreign_key="group.id")
    continues_id: int = Field(primary_key=True, foreign_key="group.id", index=True)


class Membership(SQLModel, table=True):
    """An organisation is a member of a Sector; an Associate of one study group of it. Source: domain 1.7."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),
        UniqueConstraint("organisation_id", "sector", "group_id", "starts_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    sector: str
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    starts_on: date
    ends_on: date | None = None


class Appointment(SQLModel, table=True):
    """A person holds a role, in a group or (secretariat, focal point …) everywhere, from one day to another.

    ends_on: the last day; None while open. note: what the role is for (`AAP`, `liaison to SG13`).
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_group", "group_id", "role", "starts_on"),
        Index("ix_appointment_person", "person_id", "starts_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="group.id")
    role: str
    note: str = ""
    starts_on: date
    ends_on: date | None = None
    ended_reason: str = ""
    created_at: datetime = Field(sa_column=instant_column())
