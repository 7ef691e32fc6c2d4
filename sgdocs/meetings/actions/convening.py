"""Verbs on a meeting as planned: convene it, change it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, invalid, refuse
from sgdocs.base.rulebook import rule
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.rules import GroupKind
from sgdocs.journal.record import record
from sgdocs.meetings import queries, rules
from sgdocs.meetings.models import Meeting, MeetingGroup
from sgdocs.meetings.rules import Format, MeetingKind, Plan
from sgdocs.meetings.schemas import EditForm, MeetingForm
from sgdocs.meetings.timing import USUAL, Timing
from sgdocs.policy import Permission, Scope

NO_PERIOD = rule("meetings.no-period", "No study period of ITU-{sector} runs on {starts_on}.", "domain 1.1")
MOST_A_DAY = rule("meetings.most-a-day", "This group has {number} meetings on that day already.")
MOST = 20
TITLES = {
    MeetingKind.STUDY_GROUP: "Meeting of {label}",
    MeetingKind.WORKING_PARTY: "Meeting of {label}",
    MeetingKind.EXTRA: "Extra meeting of {label}",
    MeetingKind.RAPPORTEUR_GROUP: "Rapporteur group meeting of {label}",
    MeetingKind.E_MEETING: "E-meeting of {label}",
    MeetingKind.JCA: "Meeting of {label}",
    MeetingKind.FOCUS_GROUP: "Meeting of {label}",
    MeetingKind.WORKSHOP: "Workshop of {label}",
    MeetingKind.ASSEMBLY: "{label}",
}
HEARD: tuple[str, ...] = ("title", "place", "host", "format", "starts_on", "ends_on", "zone")
"""What calendars must hear of."""
WRITTEN: tuple[str, ...] = (
    *HEARD,
    "letter",
    "registration_opens_on",
    "registration_closes_on",
    "interpretation",
    "has_captioning",
    "is_in_timetable",
    "announces_tap",
    "note",
)


def convene(act: Act, form: MeetingForm, *, timing: Timing = USUAL) -> Meeting:
    """Plan a meeting of a group; it is announced by another act. timing: as the settings have it now.

    Chairs and rapporteurs convene meetings of their own group and of those below it, the secretariat all, and past
    ones too. Source: domain 5.1.
    """
    group = _named(act, "group", form.group)
    policy.require(act.actor, Permission.CONVENE_MEETING, Scope(group.path))
    refuse(rules.why_not_convene(_plan(act, form, form.kind, group)), Invalid)
    period = groups.period_on(act.session, group.sector, form.starts_on)
    if period is None:
        raise Invalid(NO_PERIOD, field="starts_on", sector=group.sector, starts_on=form.starts_on)
    row = _row(act, form, group, period, timing)
    row.parent_id = _parent_id(act, form, group)
    _insert(act, row, period.code, group)
    _set_groups(act, row, _others(act, form, group, period))
    told: dict[str, Any] = {
        "code": row.code,
        "title": row.title,
        "starts_on": str(row.starts_on),
        "ends_on": str(row.ends_on),
    }
    record(act, "meetings.convened", row, group_id=group.id, audience=row.audience, **told)
    return row


def _named(act: Act, field: str, path: str) -> Group:
    found = groups.find(act.session, path)
    if found is None:
        found = next(iter(groups.resolve(act.session, path, geneva_day(act.now))), None)
    return found or invalid(field, path, "The address of a group, such as T/SG15.")


def _plan(act: Act, form: EditForm, kind: MeetingKind, group: Group) -> Plan:
    return Plan(
        kind=kind,
        group_kind=group.kind,
        group_label=group.label,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        zone=form.zone,
        today=geneva_day(act.now),
        is_office=is_office(act, group),
        group_ends_on=group.ends_on,
        opens_on=form.registration_opens_on,
        closes_on=form.registration_closes_on,
    )


def is_office(act: Act, group: Group) -> bool:
    """Whether the secretariat acts, or the group's counsellor."""
    return policy.may(act.actor, Permission.SET_DEADLINE, Scope(group.path))


def _row(act: Act, form: MeetingForm, group: Group, period: StudyPeriod, timing: Timing) -> Meeting:
    given = form.model_dump(include=set(WRITTEN))
    given["title"] = form.title or TITLES[form.kind].format(label=group.label)
    given["format"] = Format.VIRTUAL.value if form.kind is MeetingKind.E_MEETING else form.format.value
    return Meeting(
        code="",
        sector=group.sector,
        kind=form.kind.value,
        group_id=group.id or 0,
        period_id=period.id,
        timing=timing.told(),
        owner_id=act.actor.person_id,
        created_at=act.now,
        changed_at=act.now,
        **given,
    )


def _parent_id(act: Act, form: EditForm, group: Group) -> int | None:
    """The meeting it reports to, by the code in the form."""
    if not form.parent:
        return None
    found = queries.by_code(act, form.parent)
    above = {group.parent_id, group.working_party_id, group.id} - {None}
    is_above = found.group_id in above
    refuse(
        rules.why_not_report_to(found.code, found.status, found.ends_on, is_above=is_above, starts_on=form.starts_on),
        Invalid,
    )
    return found.id


def _insert(act: Act, row: Meeting, period: str, group: Group) -> None:
    """Write the row under the first code of its day that is free, also when somebody is just as fast."""
    known = select(Meeting.code).where(
        Meeting.group_id == group.id, col(Meeting.code).startswith(rules.code_of(period, group.path, row.starts_on))
    )
    taken = set(act.session.exec(known))
    for place in range(1, MOST + 1):
        row.code = rules.code_of(period, group.path, row.starts_on, place=place)
        if row.code not in taken and _is_written(act, row):
            return
    raise Conflict(MOST_A_DAY, field="starts_on", number=MOST)


def _is_written(act: Act, row: Meeting) -> bool:
    try:
        with act.session.begin_nested():
            act.session.add(row)
            act.session.flush()
    except IntegrityError:
        return False
    return True


def _others(act: Act, form: MeetingForm, group: Group, period: StudyPeriod) -> list[Group]:
    """The groups named in the form, or the parts of a study group or working party of ITU-T in that period."""
    if form.groups:
        return [_named(act, "groups", path) for path in form.groups]
    if group.sector != "T" or form.kind not in (MeetingKind.STUDY_GROUP, MeetingKind.WORKING_PARTY):
        return []
    parts = select(Group).where(
        or_(col(Group.parent_id) == group.id, col(Group.working_party_id) == group.id),
        col(Group.kind).in_((GroupKind.WORKING_PARTY, GroupKind.QUESTION)),
        Group.period_id == period.id,
        or_(col(Group.ends_on).is_(None), col(Group.ends_on) >= form.starts_on),
    )
    return list(act.session.exec(parts.order_by(Group.sort_key)))


def _set_groups(act: Act, row: Meeting, others: Sequence[Group]) -> None:
    act.session.exec(delete(MeetingGroup).where(col(MeetingGroup.meeting_id) == row.id))
    for group_id in dict.fromkeys(each.id for each in others if each.id != row.group_id):
        act.session.add(MeetingGroup(meeting_id=row.id or 0, group_id=group_id or 0))
    act.session.flush()


def edit(act: Act, meeting: Meeting, form: EditForm) -> Meeting:
    """Change what the form says; the code stays, as addresses do. Calendars hear of days, place and title."""
    group = queries.group_of(act.session, meeting)
    policy.require(act.actor, Permission.CONVENE_MEETING, Scope(group.path))
    act.session.refresh(meeting, with_for_update=True)
    refuse(rules.why_not_edit(meeting.status, is_office=is_office(act, group)))
    plan = _plan(act, form, MeetingKind(meeting.kind), group)
    if form.starts_on == meeting.starts_on:
        plan = _begun(plan)
    refuse(rules.why_not_convene(plan), Invalid)
    if form.groups:
        _set_groups(act, meeting, [_named(act, "groups", path) for path in form.groups])
    changed = _write(act, meeting, form, group)
    if changed:
        changed_at(act, meeting, heard=bool(set(changed) & set(HEARD)))
        days: dict[str, Any] = {"starts_on": str(meeting.starts_on), "ends_on": str(meeting.ends_on)}
        record(act, "meetings.edited", meeting, group_id=group.id, audience=meeting.audience, changed=changed, **days)
    return meeting


def _begun(plan: Plan) -> Plan:
    """A first day that is not moved may lie in the past."""
    return Plan(**{**vars(plan), "today": min(plan.today, plan.starts_on)})


def _write(act: Act, meeting: Meeting, form: EditForm, group: Group) -> list[str]:
    """Set what differs; returns the names."""
    given = form.model_dump(include=set(WRITTEN))
    given["format"] = form.format.value
    given["title"] = form.title or meeting.title
    given["parent_id"] = _parent_id(act, form, group) if form.parent else None
    changed = [name for name, value in given.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, given[name])
    return changed


def changed_at(act: Act, meeting: Meeting, *, heard: bool = True) -> None:
    """Note the change on the row; heard: calendars are told by a higher sequence."""
    meeting.changed_at = act.now
    meeting.sequence += int(heard)
    act.session.add(meeting)
    act.session.flush()
