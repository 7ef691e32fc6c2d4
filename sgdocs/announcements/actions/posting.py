"""Post a notice, change it, end it before its time."""

from sqlmodel import col, update

from sgdocs.announcements import rules
from sgdocs.announcements.actions.telling import tell
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.schemas import NoticeForm
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Closed, Conflict, Invalid, refuse
from sgdocs.journal.record import record
from sgdocs.policy import Permission, require

OFFICE = "secretariat"


def post(act: Act, form: NoticeForm) -> ServiceNotice:
    """The notice; those who follow are told when it begins, which may be now."""
    require(act.actor, Permission.ANNOUNCE_SERVICE)
    _decide(act, form)
    row = ServiceNotice(
        kind=form.kind,
        severity=form.severity,
        words=form.told(),
        begins_at=form.begins_at,
        ends_at=form.ends_at,
        posted_by=act.actor.person_id,
        posted_at=act.now,
        changed_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    record(act, "announcements.posted", row, audience=OFFICE, kind=row.kind)
    if row.begins_at <= act.now:
        tell(act, row)
    return row


def edit(act: Act, row: ServiceNotice, form: NoticeForm) -> ServiceNotice:
    """The notice as it shall be. Conflict when somebody changed it since `version`; Closed when it has ended."""
    require(act.actor, Permission.ANNOUNCE_SERVICE)
    _not_over(act, row)
    _decide(act, form)
    values: dict[str, object] = {
        "kind": form.kind.value,
        "severity": form.severity.value,
        "words": form.told(),
        "begins_at": form.begins_at,
        "ends_at": form.ends_at,
    }
    _change(act, row, form.version or row.version, values)
    record(act, "announcements.edited", row, audience=OFFICE, kind=row.kind)
    if row.told_at is None and row.begins_at <= act.now:
        tell(act, row)
    return row


def end(act: Act, row: ServiceNotice) -> ServiceNotice:
    """Not shown from now on; what had not begun is never shown."""
    require(act.actor, Permission.ANNOUNCE_SERVICE)
    _not_over(act, row)
    _change(act, row, row.version, {"ended_at": act.now})
    record(act, "announcements.ended", row, audience=OFFICE, kind=row.kind)
    return row


def _decide(act: Act, form: NoticeForm) -> None:
    refuse(rules.why_not_words(form.told()), Invalid)
    refuse(rules.why_not_times(form.begins_at, form.ends_at, act.now), Invalid)


def _not_over(act: Act, row: ServiceNotice) -> None:
    if rules.state(row.begins_at, row.ends_at, row.ended_at, act.now) is rules.State.ENDED:
        raise Closed(rules.OVER, ended=row.ended_at or row.ends_at)


def _change(act: Act, row: ServiceNotice, seen: int, values: dict[str, object]) -> None:
    """In one statement, so that of two who change the same version one is told."""
    changed = update(ServiceNotice).where(col(ServiceNotice.id) == row.id, col(ServiceNotice.version) == seen)
    done = act.session.exec(changed.values(**values, version=seen + 1, changed_at=act.now))
    if not done.rowcount:
        raise Conflict(CHANGED)
    act.session.refresh(row)
