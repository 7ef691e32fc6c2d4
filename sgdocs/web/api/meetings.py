"""Meetings over the API: the filters of the page, the same verbs, the schemas of the exports."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed, invalid, missing
from sgdocs.meetings import actions, participants, queries
from sgdocs.meetings.listing import listing
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.outgoing import DeadlineOut, MeetingOut, ParticipantOut, RecordOut, RegistrationOut, SittingOut
from sgdocs.meetings.schemas import DeadlineForm, DecisionForm, EditForm, MeetingForm, SittingForm
from sgdocs.meetings.timing import Timing
from sgdocs.people.models import Person
from sgdocs.people.queries import sees_contacts
from sgdocs.web.api._conventions import Paging, one
from sgdocs.web.api._conventions import listing as answer
from sgdocs.web.caching import require_match
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.pages.meetings import Asked, asked_for, filter_of, record_out
from sgdocs.web.pages.meetings_office import MoveForm, take
from sgdocs.web.pages.meetings_registration import RegisterForm, named

api = APIRouter(prefix="/api/v1", tags=["meetings"])

Words = Annotated[str, Query(max_length=200)]


@api.get("/meetings")
def meetings(request: Request, act: Reading, asked: Paging, wanted: Annotated[Asked, Depends(asked_for)]) -> Response:
    """Meetings: what is on now, then what comes, the next first, then what is past, the latest first."""
    asked.require_sort(("when",), "when")
    start = _place(asked.after)
    found = listing(act, filter_of(act, wanted), offset=start, size=asked.limit + 1)
    here = start + asked.limit
    return answer(request, asked, list(found.rows), total=found.total, item=MeetingOut.of, cursor=lambda row: (here,))


def _place(after: tuple[str | int | float | None, ...]) -> int:
    """How many rows were seen, from a cursor."""
    if not after:
        return 0
    seen = after[0]
    if not isinstance(seen, int) or isinstance(seen, bool) or not 0 <= seen <= 1_000_000:
        invalid("cursor", str(seen)[:80], "Take it from “next” of the page before.")
    return seen


@api.get("/meetings/{code}")
def meeting(request: Request, act: Reading, code: str, fields: Words = "") -> Response:
    """One meeting with its groups, deadlines and sittings. Remote links are given to those alone who may have them."""
    return one(request, record_out(act, queries.by_code(act, code)), fields)


@api.post("/meetings", status_code=201)
def convene(act: Writing, services: Svc, form: MeetingForm, response: Response) -> RecordOut:
    """Plan a meeting; `…/status` announces it."""
    row = actions.convene(act, form, timing=Timing.of(services.settings))
    response.headers["Location"] = f"/api/v1/meetings/{row.code}"
    return record_out(act, row)


@api.put("/meetings/{code}")
def edit(request: Request, act: Writing, code: str, form: EditForm) -> RecordOut:
    """Change a meeting; what the form leaves out takes its default. `If-Match` takes the ETag of the meeting."""
    row = queries.by_code(act, code)
    require_match(request, one(request, record_out(act, row)).headers["ETag"])
    return record_out(act, actions.edit(act, row, form))


@api.post("/meetings/{code}/status")
def move(act: Writing, code: str, form: MoveForm) -> RecordOut:
    """Announce, open, close or cancel. `accept` lets an announcement pass that a warning speaks against."""
    return record_out(act, take(act, queries.by_code(act, code), form))


@api.get("/meetings/{code}/deadlines")
def deadlines(request: Request, act: Reading, code: str) -> Response:
    """The deadlines in the order in which they pass."""
    row = queries.by_code(act, code)
    rows = [DeadlineOut.of(each).model_dump(mode="json") for each in queries.deadlines_of(act.session, row)]
    return one(request, {"items": rows, "total": len(rows)})


@api.put("/meetings/{code}/deadlines/{rule}")
def set_deadline(act: Writing, code: str, rule: str, form: DeadlineForm) -> DeadlineOut:
    """Set a deadline by hand, with a reason. The secretariat alone may."""
    return DeadlineOut.of(actions.override_deadline(act, queries.by_code(act, code), rule, form))


@api.delete("/meetings/{code}/deadlines/{rule}", status_code=204)
def lift(act: Writing, code: str, rule: str) -> None:
    """The deadline follows its rule again."""
    actions.lift_override(act, queries.by_code(act, code), rule)


@api.post("/meetings/{code}/sittings", status_code=201)
def hold(act: Writing, code: str, form: SittingForm) -> SittingOut:
    """Add a sitting."""
    return SittingOut.of(actions.hold_sitting(act, queries.by_code(act, code), form), with_link=True)


@api.put("/meetings/{code}/sittings/{sitting_id}")
def edit_sitting(act: Writing, code: str, sitting_id: int, form: SittingForm) -> SittingOut:
    """Change a sitting."""
    row = queries.by_code(act, code)
    sitting = queries.sitting_by_id(act.session, row, sitting_id)
    return SittingOut.of(actions.edit_sitting(act, row, sitting, form), with_link=True)


@api.delete("/meetings/{code}/sittings/{sitting_id}", status_code=204)
def cancel_sitting(act: Writing, code: str, sitting_id: int) -> None:
    """The sitting is not held."""
    row = queries.by_code(act, code)
    actions.cancel_sitting(act, row, queries.sitting_by_id(act.session, row, sitting_id))


@api.get("/meetings/{code}/participants")
def people(request: Request, act: Reading, code: str) -> Response:
    """Who takes part and agreed to be listed; for members and participants. Addresses for members alone."""
    row = queries.by_code(act, code)
    if not participants.may_list(act, row):
        raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission="members")
    contacts = sees_contacts(act)
    rows = [ParticipantOut.of(each, with_contact=contacts) for each in participants.participants(act, row)]
    return one(request, {"items": [each.model_dump(mode="json") for each in rows], "total": len(rows)})


@api.get("/meetings/{code}/registration")
def mine(request: Request, act: Reading, code: str) -> Response:
    """My own registration."""
    return one(request, RegistrationOut.of(_mine(act, queries.by_code(act, code))))


@api.post("/meetings/{code}/registration", status_code=201)
def register(act: Writing, code: str, form: RegisterForm) -> RegistrationOut:
    """Ask to take part; the secretariat may enter others by `person`."""
    row = queries.by_code(act, code)
    who = named(act, form.person) if form.person else _me(act)
    return RegistrationOut.of(actions.register(act, row, who, form))


@api.delete("/meetings/{code}/registration", status_code=204)
def give_up(act: Writing, code: str) -> None:
    """Give up my registration."""
    row = queries.by_code(act, code)
    actions.cancel_registration(act, row, _mine(act, row))


@api.get("/meetings/{code}/registrations")
def waiting(request: Request, act: Reading, code: str) -> Response:
    """The registrations that wait for my decision, the oldest first."""
    rows = [
        {**RegistrationOut.of(each.registration).model_dump(mode="json"), "name": each.person.name}
        for each in participants.waiting(act, queries.by_code(act, code))
    ]
    return one(request, {"items": rows, "total": len(rows)})


@api.post("/meetings/{code}/registrations/{registration_id}")
def decide(act: Writing, code: str, registration_id: int, form: DecisionForm) -> RegistrationOut:
    """Approve or refuse a registration."""
    row = queries.by_code(act, code)
    asked = actions.registration_to_decide(act, row, registration_id)
    return RegistrationOut.of(actions.decide_registration(act, row, asked, approve=form.approve, reason=form.reason))


def _me(act: Act) -> Person:
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    return act.session.get_one(Person, act.actor.person_id)


def _mine(act: Act, meeting: Meeting) -> Registration:
    found = queries.registration_of(act.session, meeting, _me(act).id)
    return found or missing("registration", meeting.code)
