"""What is asked of meetings: one by its code, its groups, sittings and deadlines, who takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refusal, missing
from sgdocs.base.text import clean
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings import deadlines, rules
from sgdocs.meetings.deadlines import Deadline, MeetingFacts, Override
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import DeadlineOverride, Meeting, MeetingGroup, Registration, Sitting
from sgdocs.meetings.rules import MeetingStatus, Other
from sgdocs.meetings.timing import Timing
from sgdocs.policy import PUBLIC, READ_SCOPE, WRITE_SCOPE, Permission, Scope


def visible(act: Act) -> ColumnElement[bool]:
    """The condition on meetings that the actor may know of. The calendar is public: domain 8.3."""
    labels = groups.audiences(act) if act.actor.is_known else frozenset({PUBLIC})
    return col(Meeting.audience).in_(labels)


def by_code(act: Act, code: str) -> Meeting:
    """The meeting of that code, whatever its case (compare `.code` to redirect), or NotFound."""
    return find(act, code) or missing("meeting", code)


def find(act: Act, code: str) -> Meeting | None:
    """The meeting of that code that the actor may know of."""
    found = select(Meeting).where(func.lower(Meeting.code) == clean(code).lower()[:100], visible(act))
    return act.session.exec(found).first()


def by_id(act: Act, meeting_id: int) -> Meeting:
    found = act.session.exec(select(Meeting).where(Meeting.id == meeting_id, visible(act))).first()
    return found or missing("meeting", meeting_id)


def group_of(session: Session, meeting: Meeting) -> Group:
    """The group whose meeting it is."""
    return groups.by_id(session, meeting.group_id)


def groups_of(session: Session, meeting: Meeting) -> list[Group]:
    """The group whose meeting it is, then the others that meet there, by number."""
    others = select(MeetingGroup.group_id).where(MeetingGroup.meeting_id == meeting.id)
    found = select(Group).where(or_(Group.id == meeting.group_id, col(Group.id).in_(others)))
    rows = session.exec(found.order_by(col(Group.id) != meeting.group_id, Group.sort_key)).all()
    return list(rows) or missing("group", meeting.group_id)


def scope_of(session: Session, meeting: Meeting) -> Scope:
    """Where acts on the meeting happen: in its group."""
    return Scope(group_of(session, meeting).path, owner_id=meeting.owner_id)


def papers_audience(session: Session, meeting: Meeting) -> str:
    """The label of the meeting's papers unless one says otherwise: the study group's. Source: domain 8.3."""
    if meeting.audience != PUBLIC:
        return meeting.audience
    return groups.audience_of(session, group_of(session, meeting))


def sittings_of(session: Session, meeting: Meeting) -> list[Sitting]:
    """Its sittings in their order, cancelled ones among them. Whoever shows them asks `sees_links` first."""
    found = select(Sitting).where(Sitting.meeting_id == meeting.id)
    return list(session.exec(found.order_by(col(Sitting.starts_at), col(Sitting.id))))


def sitting_by_id(session: Session, meeting: Meeting, sitting_id: int) -> Sitting:
    found = session.get(Sitting, sitting_id)
    return found if found is not None and found.meeting_id == meeting.id else missing("sitting", sitting_id)


# Deadlines


def facts_of(meeting: Meeting) -> MeetingFacts:
    return MeetingFacts(
        sector=meeting.sector,
        kind=meeting.kind,
        starts_on=meeting.starts_on,
        is_in_timetable=meeting.is_in_timetable,
        announces_tap=meeting.announces_tap,
        timing=Timing.kept(meeting.timing),
    )


def deadlines_of(session: Session, meeting: Meeting) -> tuple[Deadline, ...]:
    """Every deadline of the meeting, those set by hand in the place of the computed ones."""
    return deadlines.deadlines_of(facts_of(meeting), _overrides(session, meeting))


def deadlines_for(session: Session, meetings: Iterable[Meeting]) -> dict[int, tuple[Deadline, ...]]:
    """The deadlines of several meetings, by the meeting's id. One query."""
    wanted = list(meetings)
    found: dict[int, dict[str, Override]] = {}
    rows = select(DeadlineOverride).where(col(DeadlineOverride.meeting_id).in_([each.id for each in wanted]))
    for row in session.exec(rows) if wanted else ():
        found.setdefault(row.meeting_id, {})[row.rule] = Override(row.due_at, row.reason)
    return {each.id or 0: deadlines.deadlines_of(facts_of(each), found.get(each.id or 0, {})) for each in wanted}


def deadline(session: Session, meeting: Meeting, rule: str) -> Deadline | None:
    """One deadline (`contribution` …) as it stands; None when the meeting has none of that rule."""
    return next((each for each in deadlines_of(session, meeting) if each.rule == rule), None)


def _overrides(session: Session, meeting: Meeting) -> Mapping[str, Override]:
    rows = session.exec(select(DeadlineOverride).where(DeadlineOverride.meeting_id == meeting.id))
    return {row.rule: Override(row.due_at, row.reason) for row in rows}


# Relatives


def neighbours(session: Session, meeting: Meeting) -> list[Other]:
    """The other meetings of the same group and kind that are not cancelled."""
    found = select(Meeting).where(
        Meeting.group_id == meeting.group_id,
        Meeting.kind == meeting.kind,
        Meeting.id != meeting.id,
        Meeting.status != MeetingStatus.CANCELLED,
    )
    rows = session.exec(found.order_by(col(Meeting.starts_on), col(Meeting.id)))
    return [Other(row.code, row.starts_on, row.ends_on) for row in rows]


def warnings(act: Act, meeting: Meeting) -> tuple[Refusal, ...]:
    """What speaks against announcing the meeting today. None once it is announced."""
    if meeting.status != MeetingStatus.PLANNED:
        return ()
    others = neighbours(act.session, meeting)
    return rules.warnings_of(facts_of(meeting), meeting.ends_on, geneva_day(act.now), others)


def parent_of(act: Act, meeting: Meeting) -> Meeting | None:
    """The meeting that it reports to."""
    if meeting.parent_id is None:
        return None
    return act.session.exec(select(Meeting).where(Meeting.id == meeting.parent_id, visible(act))).first()


def children_of(act: Act, meeting: Meeting) -> list[Meeting]:
    """The meetings that report to this one, in their order."""
    found = select(Meeting).where(Meeting.parent_id == meeting.id, visible(act))
    return list(act.session.exec(found.order_by(col(Meeting.starts_on), col(Meeting.id))))


# Who takes part


def registration_of(session: Session, meeting: Meeting, person_id: int | None) -> Registration | None:
    if person_id is None:
        return None
    found = select(Registration).where(Registration.meeting_id == meeting.id, Registration.person_id == person_id)
    return session.exec(found).first()


def is_registered(session: Session, meeting: Meeting, person_id: int | None) -> bool:
    """Whether the registration of that person is approved."""
    row = registration_of(session, meeting, person_id)
    return row is not None and row.status == RegistrationStatus.APPROVED


@dataclass(frozen=True)
class Presence:
    """What the actor is to a meeting. sees_links: officers of the group, the secretariat, approved participants."""

    registration: Registration | None
    sees_links: bool


def presence(act: Act, meeting: Meeting) -> Presence:
    """Costs one query for the registration and one for the group."""
    row = registration_of(act.session, meeting, act.actor.person_id)
    is_in = row is not None and row.status == RegistrationStatus.APPROVED
    is_officer = policy.may_read(act.actor, Permission.SEE_REMOTE_LINK, scope_of(act.session, meeting))
    return Presence(row, is_officer or (is_in and _reads_data(act)))


def linked(act: Act, meetings: Iterable[Meeting], groups: Iterable[Group] = ()) -> frozenset[int]:
    """Ids of the meetings whose links the actor may have. groups: of the meetings, where they are at hand.

    Costs two queries, one with the groups, none for a stranger.
    """
    wanted = list(meetings)
    if not wanted or not act.actor.is_known or not _reads_data(act):
        return frozenset()
    approved = select(Registration.meeting_id).where(
        Registration.person_id == act.actor.person_id, Registration.status == RegistrationStatus.APPROVED
    )
    mine = set(act.session.exec(approved)) if act.actor.person_id is not None else set()
    paths = {group.id: group.path for group in groups}
    ids = {meeting.group_id for meeting in wanted} - set(paths)
    if ids:
        paths |= dict(act.session.exec(select(Group.id, Group.path).where(col(Group.id).in_(ids))).all())

    def is_officer(meeting: Meeting) -> bool:
        return policy.may_read(act.actor, Permission.SEE_REMOTE_LINK, Scope(paths[meeting.group_id]))

    return frozenset(m.id or 0 for m in wanted if m.id in mine or is_officer(m))


def _reads_data(act: Act) -> bool:
    """A token that neither reads nor writes data is for files alone."""
    scopes = act.actor.scopes
    return scopes is None or not scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE))
