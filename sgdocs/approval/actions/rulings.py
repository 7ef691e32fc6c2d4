"""Set the dated settings of the procedures, and the official holidays: the secretariat's table."""

from datetime import date

from sqlmodel import select

from sgdocs import policy
from sgdocs.approval import ruling_rules, rulings
from sgdocs.approval.models import Holiday, RuleValue
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, Refusal, missing, refuse
from sgdocs.base.text import one_line
from sgdocs.journal.record import record
from sgdocs.policy import Permission


def set_ruling(act: Act, name: str, value: str, from_on: date, source: str) -> RuleValue:
    """A value from a day on, in place of one set for that very day. Processes that run keep the values they began with."""
    policy.require(act.actor, Permission.SET_RULING)
    ruling = rulings.USUAL.get(name) or missing("setting", name)
    rows = {row.from_on: row for row in act.session.exec(select(RuleValue).where(RuleValue.name == name))}
    given = {row.from_on: row.value for row in rows.values()}
    refuse(ruling_rules.why_not(name, value, from_on, source, given), Invalid)
    before = rulings.value_on(name, from_on, rows.values())
    row = rows.get(from_on)
    if row is None:
        row = RuleValue(name=name, value="", from_on=from_on, source="", set_at=act.now)
        act.session.add(row)
    row.value = ruling_rules.canonical(ruling, value) or ""
    row.source, row.set_by, row.set_at = one_line(source), act.actor.person_id, act.now
    changes = {"before": before, "value": row.value, "from_on": str(from_on)}
    record(act, "approval.ruling-set", row, name=name, changes=changes, source=row.source)
    return row


def drop_ruling(act: Act, id: int) -> None:
    """Take back a value that is not in force yet; one that was stays, as processes have begun under it."""
    policy.require(act.actor, Permission.SET_RULING)
    row = act.session.get(RuleValue, id) or missing("setting", id)
    if row.from_on <= geneva_day(act.now):
        refuse(Refusal(ruling_rules.PASSED, {"from_on": row.from_on}), Conflict)
    record(act, "approval.ruling-dropped", row, name=row.name, value=row.value, from_on=str(row.from_on))
    act.session.delete(row)


def add_holiday(act: Act, day: date, title: str) -> Holiday:
    """An official holiday is no working day from now on; dates that are set stay as they are."""
    policy.require(act.actor, Permission.SET_RULING)
    words = one_line(title)
    if not words:
        refuse(Refusal(ruling_rules.TITLE, field="title"), Invalid)
    if _on(act, day) is not None:
        refuse(Refusal(ruling_rules.HOLIDAY, {"day": day}, field="day"), Invalid)
    holiday = Holiday(day=day, title=words)
    act.session.add(holiday)
    record(act, "approval.holiday-added", holiday, day=str(day), title=words)
    return holiday


def drop_holiday(act: Act, day: date) -> None:
    policy.require(act.actor, Permission.SET_RULING)
    holiday = _on(act, day) or missing("holiday", day)
    record(act, "approval.holiday-dropped", holiday, day=str(day), title=holiday.title)
    act.session.delete(holiday)


def _on(act: Act, day: date) -> Holiday | None:
    return act.session.exec(select(Holiday).where(Holiday.day == day)).first()
