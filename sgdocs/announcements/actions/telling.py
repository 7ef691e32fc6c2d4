"""Put a notice that has begun into the journal, where feeds and those who follow read it."""

from sqlmodel import col, update

from sgdocs.announcements import queries, rules
from sgdocs.announcements.models import ServiceNotice
from sgdocs.base.act import Act
from sgdocs.journal.record import record
from sgdocs.policy import Permission, require


def tell_due(act: Act) -> int:
    """Tell of what has begun since the last look; how many. What has ended meanwhile is news no more, and told to nobody."""
    require(act.actor, Permission.TELL)
    return sum(tell(act, row) for row in queries.untold(act.session, act.now))


def tell(act: Act, row: ServiceNotice) -> bool:
    """Once for each notice, whoever is faster."""
    claimed = update(ServiceNotice).where(col(ServiceNotice.id) == row.id, col(ServiceNotice.told_at).is_(None))
    if not act.session.exec(claimed.values(told_at=act.now)).rowcount:
        return False
    act.session.refresh(row)
    if row.ends_at <= act.now:
        return False
    record(act, "announcements.begun", row, kind=rules.TITLES[rules.Kind(row.kind)])
    return True
