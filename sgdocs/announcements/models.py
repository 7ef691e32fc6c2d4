"""Tables: notices of the service itself: maintenance, releases, news, with from and until."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from sgdocs.announcements.rules import Kind, Severity
from sgdocs.base.db import instant_column, json_column


class ServiceNotice(SQLModel, table=True):
    """words: by language, `{"en": {"title": …, "text": Markdown}}`; shown from begins_at until just before ends_at.

    ended_at: when somebody ended it before its time; told_at: when it was put into the journal for those who follow;
    version: raised by each change.
    """

    __tablename__ = "service_notice"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in Kind)})", name="kind"),
        CheckConstraint(f"severity IN ({', '.join(repr(s.value) for s in Severity)})", name="severity"),
        CheckConstraint("begins_at < ends_at", name="times"),
        Index("ix_service_notice_shown", "ends_at", "begins_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    severity: str = Severity.NOTICE.value
    words: dict[str, dict[str, str]] = Field(sa_column=json_column())
    begins_at: datetime = Field(sa_column=instant_column(index=True))
    ends_at: datetime = Field(sa_column=instant_column())
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    told_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    posted_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    posted_at: datetime = Field(sa_column=instant_column())
    changed_at: datetime = Field(sa_column=instant_column())
    version: int = 1
