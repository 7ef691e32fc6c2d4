"""What is asked of the notices of the service: one, those shown now, the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select, true

from sgdocs import policy
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import Kind, State
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.policy import Permission

MOST_AT_ONCE = 20


@dataclass(frozen=True)
class NoticeFilter:
    """None: of every kind, in every state."""

    kind: Kind | None = None
    state: State | None = None

    def conditions(self, now: datetime) -> list[ColumnElement[bool]]:
        by_kind = [col(ServiceNotice.kind) == self.kind.value] if self.kind else []
        return [*by_kind, *([_in(self.state, now)] if self.state else [])]


def visible(act: Act) -> ColumnElement[bool]:
    """What has begun is for everybody, and stays; what is planned, or was ended before it began, is for the office."""
    if policy.may_read(act.actor, Permission.ANNOUNCE_SERVICE):
        return true()
    begun = col(ServiceNotice.begins_at) <= act.now
    return and_(
        begun, or_(col(ServiceNotice.ended_at).is_(None), col(ServiceNotice.ended_at) > col(ServiceNotice.begins_at))
    )


def by_id(act: Act, id: int) -> ServiceNotice:
    found = select(ServiceNotice).where(ServiceNotice.id == id, visible(act))
    return act.session.exec(found).first() or missing("announcement", id)


def listing(act: Act, wanted: NoticeFilter = NoticeFilter(), *, number: int = 1, size: int = 50) -> Page[ServiceNotice]:
    """The latest beginning first. Two queries."""
    rows, total = after(act, wanted, skip=(number - 1) * size, limit=size)
    return Page(rows, total, number, size)


def after(act: Act, wanted: NoticeFilter, *, skip: int, limit: int) -> tuple[Sequence[ServiceNotice], int]:
    conditions = (visible(act), *wanted.conditions(act.now))
    total = act.session.exec(select(func.count()).select_from(ServiceNotice).where(*conditions)).one()
    newest = (
        select(ServiceNotice)
        .where(*conditions)
        .order_by(col(ServiceNotice.begins_at).desc(), col(ServiceNotice.id).desc())
    )
    return act.session.exec(newest.offset(skip).limit(limit)).all(), total


def shown_between(session: Session, since: datetime, until: datetime) -> list[ServiceNotice]:
    """Those that are shown at some instant from since to until, the latest first. For everybody. One query."""
    found = select(ServiceNotice).where(
        ServiceNotice.ends_at > since, ServiceNotice.begins_at <= until, col(ServiceNotice.ended_at).is_(None)
    )
    return list(session.exec(found.order_by(col(ServiceNotice.begins_at).desc()).limit(MOST_AT_ONCE)))


def untold(session: Session, now: datetime) -> list[ServiceNotice]:
    """Those that have begun and were not told of to anybody yet."""
    found = select(ServiceNotice).where(
        col(ServiceNotice.told_at).is_(None), col(ServiceNotice.ended_at).is_(None), ServiceNotice.begins_at <= now
    )
    return list(session.exec(found.order_by(col(ServiceNotice.id))))


def _in(state: State, now: datetime) -> ColumnElement[bool]:
    over = or_(col(ServiceNotice.ended_at).is_not(None), col(ServiceNotice.ends_at) <= now)
    if state is State.ENDED:
        return over
    begun = col(ServiceNotice.begins_at) <= now
    return and_(~over, begun if state is State.CURRENT else ~begun)
