"""The gap report: which numbers of a series have no document that one could read, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.documents.rules import Status
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope


class Why(StrEnum):
    """unknown: no row at all, as in an old series that was not brought over whole."""

    RESERVED = "reserved"
    EXPIRED = "expired"
    DELETED = "deleted"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    QUARANTINE = "quarantine"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Gap:
    """A number without a readable document. since: when it came to that; until: when a reservation ends;
    reason: of a withdrawal; owner: for those who keep the numbers, else "".
    """

    series: str
    number: int
    label: str
    why: Why
    since: datetime | None = None
    until: datetime | None = None
    reason: str = ""
    owner: str = ""


def gaps(act: Act, series: NumberSeries) -> list[Gap]:
    """The gaps of one series, by number. For its readers; the owners' names for its officers. Two queries."""
    _require_reader(act, series)
    sees_owners = policy.may_read(act.actor, Permission.DIRECT_DOCUMENTS, _scope(act, series))
    told = (
        select(Document, Person.name)
        .outerjoin(Person, col(Person.id) == Document.owner_id)
        .where(Document.series_id == series.id)
        .order_by(col(Document.number))
    )
    rows = {document.number: (document, owner) for document, owner in act.session.exec(told)}
    return [
        _gap(series, n, *rows[n], sees_owners=sees_owners) if n in rows else Gap(series.key, n, "", Why.UNKNOWN)
        for n in range(_first(series), series.last + 1)
        if n not in rows or _is_gap(rows[n][0])
    ]


def series_for(act: Act, *, meeting: Meeting | None = None, group: Group | None = None) -> list[NumberSeries]:
    """The series of a group, or those that the documents of a meeting use, by key."""
    wanted = select(NumberSeries)
    if meeting is not None:
        used = select(Document.series_id).where(Document.meeting_id == meeting.id)
        wanted = wanted.where(col(NumberSeries.id).in_(used))
    if group is not None:
        wanted = wanted.where(NumberSeries.group_id == group.id)
    rows = act.session.exec(wanted.order_by(NumberSeries.key)).all()
    return [row for row in rows if policy.reads(act.actor, _audience(act, row))]


def series_by_key(act: Act, key: str) -> NumberSeries:
    row = act.session.exec(select(NumberSeries).where(NumberSeries.key == key)).first()
    if row is None:
        missing("series", key)
    _require_reader(act, row)
    return row


def _first(series: NumberSeries) -> int:
    return 1001 if series.key.endswith("-RA") else 1


def _is_gap(document: Document) -> bool:
    return document.deleted_at is not None or document.status != Status.POSTED


def _gap(series: NumberSeries, n: int, document: Document, owner: str | None, *, sees_owners: bool) -> Gap:
    why = Why.DELETED if document.deleted_at is not None else Why(document.status)
    since = document.deleted_at or document.posted_at or document.received_at or document.reserved_at
    until = document.expires_at if why is Why.RESERVED else None
    reason = document.withdrawn_reason if why is Why.WITHDRAWN else ""
    return Gap(series.key, n, document.label, why, since, until, reason, (owner or "") if sees_owners else "")


def _scope(act: Act, series: NumberSeries) -> Scope:
    group = act.session.get(Group, series.group_id) if series.group_id else None
    return Scope(group.path if group else "")


def _audience(act: Act, series: NumberSeries) -> str:
    """Who may know of a series: the readers of its papers; circulars are public."""
    meeting = act.session.get(Meeting, series.meeting_id) if series.meeting_id else None
    if meeting is not None:
        return papers_audience(act.session, meeting)
    group = act.session.get(Group, series.group_id) if series.group_id else None
    return audience_of(act.session, group) if group else policy.PUBLIC


def _require_reader(act: Act, series: NumberSeries) -> None:
    if not policy.reads(act.actor, _audience(act, series)):
        missing("series", series.key)
