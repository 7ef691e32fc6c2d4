"""Verbs on sittings: hold, change, cancel. Remote links never stand in the journal."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, invalid, refuse
from sgdocs.groups import queries as groups
from sgdocs.journal.record import record
from sgdocs.meetings import queries, rules
from sgdocs.meetings.actions.convening import changed_at, is_office
from sgdocs.meetings.actions.moving import standing_of
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.schemas import SittingForm
from sgdocs.policy import Permission, Scope


def hold_sitting(act: Act, meeting: Meeting, form: SittingForm) -> Sitting:
    """One session more. remote_link: shown to registered participants, officers and the secretariat alone."""
    _permit(act, meeting)
    row = Sitting(meeting_id=meeting.id or 0, title="", starts_at=act.now, ends_at=act.now, zone=form.zone)
    _fill(act, meeting, row, form)
    act.session.add(row)
    act.session.flush()
    _note(act, "meetings.sitting-held", meeting, row)
    return row


def edit_sitting(act: Act, meeting: Meeting, row: Sitting, form: SittingForm) -> Sitting:
    """Change a session; calendars hear of it."""
    _permit(act, meeting)
    refuse(Refusal(rules.STATUS, {"status": "cancelled", "right": "planned"}) if row.cancelled_at else None)
    _fill(act, meeting, row, form)
    row.sequence += 1
    act.session.add(row)
    act.session.flush()
    _note(act, "meetings.sitting-edited", meeting, row)
    return row


def cancel_sitting(act: Act, meeting: Meeting, row: Sitting) -> Sitting:
    """The session is not held; calendars say so."""
    _permit(act, meeting)
    if row.cancelled_at is None:
        row.cancelled_at = act.now
        row.sequence += 1
        act.session.add(row)
        _note(act, "meetings.sitting-cancelled", meeting, row)
    return row


def _permit(act: Act, meeting: Meeting) -> None:
    group = queries.group_of(act.session, meeting)
    policy.require(act.actor, Permission.CONVENE_MEETING, Scope(group.path))
    refuse(rules.why_not_edit(meeting.status, is_office=is_office(act, group)))


def _fill(act: Act, meeting: Meeting, row: Sitting, form: SittingForm) -> None:
    refuse(Refusal(rules.ZONE, {"zone": form.zone}, field="zone") if form.zone not in rules.zones() else None, Invalid)
    starts_at, ends_at = _instant(form, "begins"), _instant(form, "until")
    refuse(rules.why_not_sit(form.on, starts_at, ends_at, standing_of(meeting)), Invalid)
    row.title, row.zone, row.room = form.title, form.zone, form.room
    row.starts_at, row.ends_at = starts_at, ends_at
    row.remote_link = _link(form.remote_link)
    row.group_id = _group_id(act, meeting, form.group)


def _instant(form: SittingForm, field: str) -> datetime:
    at = getattr(form, field).replace(tzinfo=None)
    found = rules.sitting_instant(form.on, at, form.zone)
    facts = {"at": at.strftime("%H:%M"), "zone": form.zone, "on": form.on}
    refuse(Refusal(rules.SITTING_HOUR, facts, field=field) if found is None else None, Invalid)
    assert found is not None, "refused"
    return found


def _link(given: str) -> str:
    """An https address, or none. Nothing else may become a link."""
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        is_right = parts.scheme == "https" and bool(parts.hostname) and not any(c.isspace() for c in given)
    except ValueError:
        is_right = False
    return given if is_right else invalid("remote_link", given[:80], "An address that begins with https://.")


def _group_id(act: Act, meeting: Meeting, path: str) -> int | None:
    if not path:
        return None
    found = groups.find(act.session, path)
    if found is None or found.id not in {each.id for each in queries.groups_of(act.session, meeting)}:
        invalid("group", path, "A group that meets there.")
    return found.id


def _note(act: Act, verb: str, meeting: Meeting, row: Sitting) -> None:
    changed_at(act, meeting, heard=False)
    day = row.starts_at.astimezone(ZoneInfo(row.zone)).date()
    told: dict[str, Any] = {"sitting": row.title, "on": str(day), "sitting_id": row.id}
    record(act, verb, meeting, group_id=meeting.group_id, audience=meeting.audience, **told)
