"""Inputs of an assembly, public in advance or not: who objects, and the form to object."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refused, missing
from sgdocs.documents import actions
from sgdocs.documents.publication import objections
from sgdocs.documents.rules import Limits
from sgdocs.documents.schemas import ReasonForm
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, page, see
from sgdocs.web.taking import limits_of

pages = APIRouter()


class ObjectionForm(ReasonForm):
    """decision: object, or end the objection; organisation: the Member State, for the secretariat."""

    decision: Annotated[str, StringConstraints(pattern="^(object|end)$")] = "object"
    organisation: Annotated[str, Field(max_length=200)] = ""


def assembly(act: Act, code: str) -> Meeting:
    """The assembly of that code, for members of its Sector."""
    meeting = meetings.by_code(act, code)
    if meeting.kind != "assembly" or not policy.reads(act.actor, meeting.sector):
        missing("meeting", code)
    return meeting


def decide(act: Act, meeting: Meeting, form: ObjectionForm, limits: Limits) -> int:
    """Object, or end the objection; how many documents changed their readers."""
    named = organisation_named(act.session, form.organisation) if form.organisation else None
    if form.decision == "end":
        return actions.end_objection(act, meeting, organisation_id=named.id if named else None, limits=limits)
    return actions.object_to_publication(act, meeting, form.reason, organisation_id=named.id if named else None)


@pages.get("/meeting/{code}/publication")
def ask(request: Request, act: Reading, services: Svc, code: str) -> Response:
    return _show(request, act, services, assembly(act, code), blank({"decision": "object"}))


@pages.post("/meeting/{code}/publication")
def objected(request: Request, act: Writing, services: Svc, code: str, filled: Filled[ObjectionForm]) -> Response:
    """Record the objection of a Member State, or that it has none any more."""
    meeting = assembly(act, code)
    if not filled.ok:
        return _show(request, act, services, meeting, filled, status=422)
    try:
        decide(act, meeting, filled.value, limits_of(request))
    except Refused as refused:
        return _show(request, act, services, meeting, filled.refused(refused), status=status_of(refused))
    says = N_("The objection is recorded.") if filled.value.decision == "object" else N_("The objection has ended.")
    return see(f"{urls.meeting(meeting.code)}/publication", notice=language_of(request).say(says))


def _show(
    request: Request, act: Act, services: Svc, meeting: Meeting, filled: Filled[ObjectionForm], *, status: int = 200
) -> Response:
    scope = meetings.scope_of(act.session, meeting)
    return page(
        request,
        "documents/publication.html",
        status=status,
        meeting=meeting,
        objections=objections(act.session, meeting),
        is_public=services.settings.assembly_inputs_public,
        may_object=policy.may(act.actor, Permission.OBJECT_TO_PUBLICATION, scope),
        is_office=policy.may(act.actor, Permission.TIDY_DOCUMENTS),
        filled=filled,
    )
