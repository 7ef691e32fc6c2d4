"""Registration for a meeting: my own, and the decisions of focal points and the secretariat."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed, missing
from sgdocs.i18n import N_
from sgdocs.meetings import actions, joining, queries
from sgdocs.meetings.actions.registrations import door_of
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.rules import Format
from sgdocs.meetings.schemas import DecisionForm, Line, RegistrationForm
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email, by_slug
from sgdocs.policy import Permission
from sgdocs.web import meeting_words, urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import page, see

pages = APIRouter()


class RegisterForm(RegistrationForm):
    """person: slug or e-mail of somebody whom the secretariat enters; "" for oneself."""

    person: Line = ""


@pages.get("/meeting/{code}/registration")
def registration(request: Request, act: Reading, code: str) -> Response:
    meeting = queries.by_code(act, code)
    mine = queries.registration_of(act.session, meeting, _me(act).id)
    modes = joining.MODES[Format(meeting.format)]
    return _page(request, act, meeting, blank({"mode": modes[0], "is_listed": True, "role": "delegate"}), mine)


@pages.post("/meeting/{code}/registration")
def register(request: Request, act: Writing, code: str, filled: Filled[RegisterForm]) -> Response:
    meeting, me = queries.by_code(act, code), _me(act)
    made: list[Registration] = []

    def verb() -> None:
        who = named(act, filled.value.person) if filled.value.person else me
        made.append(actions.register(act, meeting, who, filled.value))

    if not filled.ok or not tried(filled, act, verb):
        mine = queries.registration_of(act.session, meeting, me.id)
        return _page(request, act, meeting, filled, mine, status=422)
    is_in = made[0].status == joining.RegistrationStatus.APPROVED
    words = N_("The registration is approved.") if is_in else N_("The registration waits for approval.")
    return see(f"{urls.meeting(meeting.code)}/registration", notice=told(request, words))


@pages.post("/meeting/{code}/registration/cancel")
def cancel(request: Request, act: Writing, code: str) -> Response:
    meeting = queries.by_code(act, code)
    mine = queries.registration_of(act.session, meeting, _me(act).id) or missing("registration", code)
    actions.cancel_registration(act, meeting, mine)
    return see(urls.meeting(meeting.code), notice=told(request, N_("Your registration is given up.")))


@pages.get("/meeting/{code}/participants/{registration_id}")
def deciding(request: Request, act: Reading, code: str, registration_id: int) -> Response:
    meeting = queries.by_code(act, code)
    row = actions.registration_to_decide(act, meeting, registration_id)
    return _decision_page(request, act, meeting, row, blank({}))


@pages.post("/meeting/{code}/participants/{registration_id}")
def decide(request: Request, act: Writing, code: str, registration_id: int, filled: Filled[DecisionForm]) -> Response:
    meeting = queries.by_code(act, code)
    row = actions.registration_to_decide(act, meeting, registration_id)

    def verb() -> None:
        form = filled.value
        actions.decide_registration(act, meeting, row, approve=form.approve, reason=form.reason)

    if not filled.ok or not tried(filled, act, verb):
        return _decision_page(request, act, meeting, row, filled, status=422)
    words = N_("The registration is approved.") if filled.value.approve else N_("The registration is refused.")
    return see(f"{urls.meeting(meeting.code)}/participants", notice=told(request, words))


def _me(act: Act) -> Person:
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    return act.session.get_one(Person, act.actor.person_id)


def named(act: Act, person: str) -> Person:
    """Somebody by e-mail or slug, for the secretariat alone: others are not told who is here."""
    policy.require(act.actor, Permission.REGISTER)
    return (by_email(act.session, person) or missing("Person", person)) if "@" in person else by_slug(act, person)


def _page(
    request: Request, act: Act, meeting: Meeting, filled: Filled[Any], mine: Registration | None, *, status: int = 200
) -> Response:
    modes = joining.MODES[Format(meeting.format)]
    return page(
        request,
        "meetings/registration.html",
        status=status,
        filled=filled,
        meeting=meeting,
        mine=mine,
        is_live=mine is not None and mine.status in joining.LIVE,
        door=door_of(meeting),
        closed=joining.why_closed(door_of(meeting), act.now),
        says=meeting_words,
        mode_choices=[(each, told(request, meeting_words.MODES[each])) for each in modes],
        role_choices=[(each, told(request, word)) for each, word in meeting_words.ROLES.items()],
        may_enter=policy.may(act.actor, Permission.REGISTER),
    )


def _decision_page(
    request: Request, act: Act, meeting: Meeting, row: Registration, filled: Filled[Any], *, status: int = 200
) -> Response:
    return page(
        request,
        "meetings/decision.html",
        status=status,
        filled=filled,
        meeting=meeting,
        row=row,
        asker=act.session.get_one(Person, row.person_id),
        says=meeting_words,
    )
