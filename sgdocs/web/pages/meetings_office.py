"""Forms of those who run a meeting: convene, edit, move it on, sittings, deadlines. The actions decide who may."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings import actions, deadlines, queries, rules
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.rules import Format, MeetingKind, MeetingStatus
from sgdocs.meetings.schemas import DeadlineForm, EditForm, MeetingForm, Named, SittingForm, StepForm
from sgdocs.meetings.timing import Timing
from sgdocs.policy import Permission, Scope
from sgdocs.web import meeting_words, urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import page, see

pages = APIRouter()
Words = Annotated[str, Query(max_length=120)]
FORMAT_CHOICES = tuple(Format)


class MoveForm(StepForm):
    """to: the status that the meeting takes."""

    to: MeetingStatus


class LocalDeadlineForm(BaseModel):
    """due_at: a local time without a zone, of the deadline's zone."""

    due_at: datetime
    reason: Named


# Convene and edit


@pages.get("/meeting/new")
def new(request: Request, act: Reading, group: Words = "", kind: Words = "", parent: Words = "") -> Response:
    of = groups.find(act.session, group) if group else None
    policy.require(act.actor, Permission.CONVENE_MEETING, Scope(of.path if of else ""))
    kinds = rules.kinds_for(of.kind) if of else tuple(MeetingKind)
    start: dict[str, object] = {
        "group": of.path if of else "",
        "kind": kind or kinds[0],
        "parent": parent,
        "format": Format.PHYSICAL,
        "zone": "Europe/Zurich",
        "is_in_timetable": True,
    }
    return _new_page(request, act, blank(start))


@pages.post("/meeting/new")
def convene(request: Request, act: Writing, services: Svc, filled: Filled[MeetingForm]) -> Response:
    made: list[Meeting] = []
    timing = Timing.of(services.settings)

    def verb() -> None:
        form = filled.value.model_copy(update={"is_in_timetable": "is_in_timetable" in filled.raw})
        made.append(actions.convene(act, form, timing=timing))

    if not filled.ok or not tried(filled, act, verb):
        return _new_page(request, act, filled, status=422)
    return see(
        urls.meeting(made[0].code), notice=told(request, N_("The meeting is planned. Announce it when it is ready."))
    )


def _new_page(request: Request, act: Act, filled: Filled[Any], status: int = 200) -> Response:
    of = groups.find(act.session, filled.first("group")) if filled.first("group") else None
    kinds = rules.kinds_for(of.kind) if of else tuple(MeetingKind)
    return page(
        request,
        "meetings/new.html",
        status=status,
        filled=filled,
        of=of,
        kind_choices=[(each.value, told(request, meeting_words.kind(each.value))) for each in kinds],
        **_choices(request),
    )


def _choices(request: Request) -> dict[str, Any]:
    return {
        "format_choices": [(each.value, told(request, meeting_words.FORMATS[each.value])) for each in FORMAT_CHOICES],
        "zones": sorted(rules.zones()),
    }


@pages.get("/meeting/{code}/edit")
def editing(request: Request, act: Reading, code: str) -> Response:
    meeting, group = _run(act, code)
    parent = queries.parent_of(act, meeting)
    start: dict[str, object] = {name: getattr(meeting, name, None) for name in EditForm.model_fields}
    start |= {"groups": [each.path for each in queries.groups_of(act.session, meeting)[1:]]}
    return _edit_page(request, act, meeting, group, blank({**start, "parent": parent.code if parent else ""}))


@pages.post("/meeting/{code}/edit")
def edit(request: Request, act: Writing, code: str, filled: Filled[EditForm]) -> Response:
    meeting, group = _run(act, code)
    if not filled.ok or not tried(filled, act, lambda: actions.edit(act, meeting, filled.value)):
        return _edit_page(request, act, meeting, group, filled, status=422)
    return see(urls.meeting(meeting.code), notice=told(request, N_("The meeting is changed.")))


def _edit_page(
    request: Request, act: Act, meeting: Meeting, group: Group, filled: Filled[Any], *, status: int = 200
) -> Response:
    return page(
        request,
        "meetings/edit.html",
        status=status,
        filled=filled,
        meeting=meeting,
        group=group,
        others=queries.groups_of(act.session, meeting)[1:],
        **_choices(request),
    )


def _run(act: Act, code: str) -> tuple[Meeting, Group]:
    """The meeting, for those who run it; NotAllowed for others who know of it."""
    meeting = queries.by_code(act, code)
    group = queries.group_of(act.session, meeting)
    policy.require(act.actor, Permission.CONVENE_MEETING, Scope(group.path))
    return meeting, group


# Move on


@pages.get("/meeting/{code}/move")
def moving(request: Request, act: Reading, code: str, to: MeetingStatus = MeetingStatus.ANNOUNCED) -> Response:
    meeting, group = _run(act, code)
    if to not in rules.MOVES:
        missing("step", to)
    return _move_page(request, act, meeting, group, blank({"to": to}))


@pages.post("/meeting/{code}/move")
def move(request: Request, act: Writing, code: str, filled: Filled[MoveForm]) -> Response:
    meeting, group = _run(act, code)
    if not filled.ok or not tried(filled, act, lambda: take(act, meeting, filled.value)):
        return _move_page(request, act, meeting, group, filled, status=422)
    return see(urls.meeting(meeting.code), notice=told(request, meeting_words.MOVES[filled.value.to][1]))


def take(act: Act, meeting: Meeting, form: MoveForm) -> Meeting:
    """The verb of a step. NotFound for the status in which a meeting begins."""
    if form.to is MeetingStatus.ANNOUNCED:
        return actions.announce(act, meeting, accept=form.accept)
    if form.to is MeetingStatus.CANCELLED:
        return actions.cancel(act, meeting, reason=form.reason)
    if form.to is MeetingStatus.OPEN:
        return actions.open_meeting(act, meeting)
    return actions.close(act, meeting) if form.to is MeetingStatus.CLOSED else missing("step", form.to)


def _move_page(
    request: Request, act: Act, meeting: Meeting, group: Group, filled: Filled[Any], *, status: int = 200
) -> Response:
    to = filled.first("to")
    return page(
        request,
        "meetings/move.html",
        status=status,
        filled=filled,
        meeting=meeting,
        group=group,
        to=to if to in rules.MOVES else MeetingStatus.ANNOUNCED.value,
        says=meeting_words,
        warnings=queries.warnings(act, meeting),
    )


# Sittings


@pages.get("/meeting/{code}/sittings/new")
def new_sitting(request: Request, act: Reading, code: str) -> Response:
    meeting, _ = _run(act, code)
    start = {"on": max(meeting.starts_on, min(geneva_day(act.now), meeting.ends_on)), "zone": meeting.zone}
    return _sitting_page(request, act, meeting, blank(start))


@pages.post("/meeting/{code}/sittings/new")
def hold(request: Request, act: Writing, code: str, filled: Filled[SittingForm]) -> Response:
    meeting, _ = _run(act, code)
    if not filled.ok or not tried(filled, act, lambda: actions.hold_sitting(act, meeting, filled.value)):
        return _sitting_page(request, act, meeting, filled, status=422)
    return see(urls.meeting(meeting.code), notice=told(request, N_("The sitting is added.")))


@pages.get("/meeting/{code}/sittings/{sitting_id}")
def show_sitting(request: Request, act: Reading, code: str, sitting_id: int) -> Response:
    meeting, _ = _run(act, code)
    row = queries.sitting_by_id(act.session, meeting, sitting_id)
    here = ZoneInfo(row.zone)
    start: dict[str, object] = row.model_dump(include={"title", "zone", "room", "remote_link"})
    start |= {
        "on": row.starts_at.astimezone(here).date(),
        "begins": f"{row.starts_at.astimezone(here):%H:%M}",
        "until": f"{row.ends_at.astimezone(here):%H:%M}",
        "group": groups.by_id(act.session, row.group_id).path if row.group_id else "",
    }
    return _sitting_page(request, act, meeting, blank(start), row)


@pages.post("/meeting/{code}/sittings/{sitting_id}")
def edit_sitting(request: Request, act: Writing, code: str, sitting_id: int, filled: Filled[SittingForm]) -> Response:
    meeting, _ = _run(act, code)
    row = queries.sitting_by_id(act.session, meeting, sitting_id)
    if not filled.ok or not tried(filled, act, lambda: actions.edit_sitting(act, meeting, row, filled.value)):
        return _sitting_page(request, act, meeting, filled, row, status=422)
    return see(urls.meeting(meeting.code), notice=told(request, N_("The sitting is changed.")))


@pages.post("/meeting/{code}/sittings/{sitting_id}/cancel")
def cancel_sitting(request: Request, act: Writing, code: str, sitting_id: int) -> Response:
    meeting, _ = _run(act, code)
    actions.cancel_sitting(act, meeting, queries.sitting_by_id(act.session, meeting, sitting_id))
    return see(urls.meeting(meeting.code), notice=told(request, N_("The sitting is cancelled.")))


def _sitting_page(
    request: Request, act: Act, meeting: Meeting, filled: Filled[Any], row: Sitting | None = None, *, status: int = 200
) -> Response:
    met = queries.groups_of(act.session, meeting)
    return page(
        request,
        "meetings/sitting.html",
        status=status,
        filled=filled,
        meeting=meeting,
        row=row,
        group_choices=[(each.path, each.label) for each in met],
        **_choices(request),
    )


# Deadlines


@pages.get("/meeting/{code}/deadlines/{rule}")
def deadline(request: Request, act: Reading, code: str, rule: str) -> Response:
    meeting = _dated(act, code, rule)
    found = queries.deadline(act.session, meeting, rule)
    zone = _zone(meeting, rule)
    start = {"due_at": f"{found.due_at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"} if found else {}
    return _deadline_page(request, act, meeting, rule, blank({**start, "reason": found.reason if found else ""}))


@pages.post("/meeting/{code}/deadlines/{rule}")
def set_deadline(request: Request, act: Writing, code: str, rule: str, filled: Filled[LocalDeadlineForm]) -> Response:
    meeting = _dated(act, code, rule)

    def verb() -> None:
        local = filled.value.due_at.replace(tzinfo=ZoneInfo(_zone(meeting, rule)))
        actions.override_deadline(
            act, meeting, rule, DeadlineForm(due_at=_last_second(local), reason=filled.value.reason)
        )

    if not filled.ok or not tried(filled, act, verb):
        return _deadline_page(request, act, meeting, rule, filled, status=422)
    return see(urls.meeting(meeting.code), notice=told(request, N_("The deadline is set.")))


@pages.post("/meeting/{code}/deadlines/{rule}/lift")
def lift(request: Request, act: Writing, code: str, rule: str) -> Response:
    meeting = _dated(act, code, rule)
    actions.lift_override(act, meeting, rule)
    return see(urls.meeting(meeting.code), notice=told(request, N_("The deadline follows the rule again.")))


def _dated(act: Act, code: str, rule: str) -> Meeting:
    meeting = queries.by_code(act, code)
    policy.require(act.actor, Permission.SET_DEADLINE, queries.scope_of(act.session, meeting))
    return meeting if rule in deadlines.RULES else missing("deadline", rule)


def _zone(meeting: Meeting, rule: str) -> str:
    return deadlines.zone_of(rule, queries.facts_of(meeting))[0]


def _last_second(local: datetime) -> datetime:
    """A field gives minutes; 23:59 means until 23:59:59, any other minute its first second."""
    is_end = (local.hour, local.minute, local.second) == (23, 59, 0)
    return local.replace(second=59) if is_end else local


def _deadline_page(
    request: Request, act: Act, meeting: Meeting, rule: str, filled: Filled[Any], *, status: int = 200
) -> Response:
    return page(
        request,
        "meetings/deadline.html",
        status=status,
        filled=filled,
        meeting=meeting,
        rule=rule,
        zone=_zone(meeting, rule),
        found=queries.deadline(act.session, meeting, rule),
        says=meeting_words,
    )
