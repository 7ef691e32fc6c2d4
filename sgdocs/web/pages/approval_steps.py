"""A step of an approval: the panel that says what will happen, then the step itself.

A step that does not leave from the present state, or that came from an outdated page, answers 409 with the panel as it
is now. The same pages begin an approval, of a work item or of a text in force.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from sgdocs.approval import offers, queries
from sgdocs.approval.actions.planning import preview
from sgdocs.approval.schemas import LetterForm, StepForm
from sgdocs.approval.targets import Target, Thing, step_of, target_of
from sgdocs.approval.workflow import starts_at
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, Conflict, NotAllowed, NotFound, Refused, missing
from sgdocs.i18n import N_
from sgdocs.meetings.listing import MeetingFilter, listing
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import texts
from sgdocs.recommendations import queries as recommendations
from sgdocs.web import approval_words, urls
from sgdocs.web.approval_panels import Panel, change_words, conditions_of
from sgdocs.web.approval_stays import clock_of, state_of
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, page, see
from sgdocs.work_programme import queries as work

pages = APIRouter(prefix="/approval")
Words = Annotated[str, Query(max_length=120)]


class PressedForm(StepForm):
    """The form of the panel. from_state: as the page showed it; look: only compute the panel anew; seen_document: the
    text that the digest is of."""

    from_state: str = ""
    look: str = ""
    seen_document: str = ""


@pages.get("/{procedure}/{number}/steps/{step}")
def ask(request: Request, act: Reading, procedure: str, number: str, step: str) -> Response:
    return _shown(request, act, queries.by_number(act, f"{procedure}/{number}"), step, blank())


@pages.post("/{procedure}/{number}/steps/{step}")
def take(  # noqa: PLR0917 parts of an address
    request: Request, act: Writing, procedure: str, number: str, step: str, filled: Filled[PressedForm]
) -> Response:
    return _pressed(request, act, queries.by_number(act, f"{procedure}/{number}"), step, filled)


@pages.get("/begin/{procedure}/{step}")
def ask_to_begin(  # noqa: PLR0917
    request: Request, act: Reading, procedure: str, step: str, item: Words = "", text: Words = ""
) -> Response:
    return _shown(request, act, _thing(act, item, text), step, blank(), procedure=procedure)


@pages.post("/begin/{procedure}/{step}")
def begin(  # noqa: PLR0917
    request: Request,
    act: Writing,
    procedure: str,
    step: str,
    filled: Filled[PressedForm],
    item: Words = "",
    text: Words = "",
) -> Response:
    return _pressed(request, act, _thing(act, item, text), step, filled, procedure=procedure)


def _thing(act: Act, item: str, text: str) -> Thing:
    """The work item of that number or name; the text in force of that address (`T/G.9804.1/2019-11`)."""
    if item:
        found = work.find(act, item)
        return found if found is not None else missing("work item", item)
    if not text:
        missing("work item", item)
    there = recommendations.text_at(act, text)
    return there.text if there.text is not None else there.family


def _form_of(filled: Filled[PressedForm]) -> StepForm:
    """The form with the words of its letters; a text other than the one that was shown has no digest yet."""
    given = filled.given or PressedForm()
    letters: dict[str, LetterForm] = {}
    for name in filled.raw:
        head, _, part = name.rpartition("-")
        if head.startswith("letter-") and part in LetterForm.model_fields:
            kind = head.removeprefix("letter-")
            letters[kind] = letters.get(kind, LetterForm()).model_copy(update={part: filled.first(name)})
    checked = {kind: LetterForm.model_validate(each.model_dump()) for kind, each in letters.items()}
    is_other = given.document != given.seen_document
    return given.model_copy(update={"letters": checked, "sha256": "" if is_other else given.sha256})


def _pressed(
    request: Request, act: Act, thing: Thing, step: str, filled: Filled[PressedForm], *, procedure: str = ""
) -> Response:
    try:
        form = _form_of(filled)
    except ValidationError:
        filled.errors[""] = language_of(request).say(N_("The letter is too long."))
        return _shown(request, act, thing, step, filled, procedure=procedure, status=422)
    if not filled.ok:
        return _shown(request, act, thing, step, filled, procedure=procedure, status=422)
    is_other = bool(filled.value.document) and filled.value.document != filled.value.seen_document
    if filled.value.look or is_other:
        return _shown(request, act, thing, step, filled, procedure=procedure)
    spoken = language_of(request)
    try:
        with act.session.begin_nested():
            process = texts.take(act, thing, step, filled.value.from_state, form, procedure=procedure)
    except (NotAllowed, NotFound):
        raise
    except Conflict as refused:
        act.session.expire_all()
        stale = _told(request, refused, target_of(act, thing, procedure))
        return _shown(request, act, thing, step, filled, procedure=procedure, status=409, stale=stale)
    except Refused as refused:
        act.session.expire_all()
        return _shown(
            request, act, thing, step, filled.refused(refused), procedure=procedure, status=status_of(refused)
        )
    words = spoken.say(step_of(target_of(act, thing, procedure), step).title)
    return see(urls.approval(process.number), notice=spoken.sentence(N_("Done: {step}."), {"step": words}))


def _told(request: Request, refused: Refused, target: Target) -> str:
    """The refusal with the titles of states in place of their ids."""
    spoken, states = language_of(request), target.procedure.states
    facts = dict(refused.facts)
    for name in ("state", "seen"):
        known = states.get(str(facts.get(name, "")))
        if known is not None:
            facts[name] = f"“{spoken.say(known.title)}”"
    return spoken.sentence(refused.rule.says, facts)


def _shown(
    request: Request,
    act: Act,
    thing: Thing,
    step: str,
    filled: Filled[Any],
    *,
    procedure: str = "",
    status: int = 200,
    stale: str = "",
) -> Response:
    """The panel of the step as it is now; where it does not leave from here, the state and what does."""
    target = target_of(act, thing, procedure)
    row = step_of(target, step)
    offered = offers.offered(act, target)
    is_mine = step in {offer.step.id for offer in offered.offers}
    leaves = starts_at(row, target.state) and not row.on_expiry
    if leaves and not is_mine:
        raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission=row.title)
    panel = _panel(request, act, target, step, filled) if leaves else None
    window = queries.window_of(act.session, target.process) if target.process else None
    state = state_of(target.procedure, target.state) if target.state else None
    clock = clock_of(window, geneva_day(act.now)) if window and state and state.window else None
    return page(
        request,
        "approval/step.html",
        fragment="panel",
        status=status,
        panel=panel,
        target=target,
        step=row,
        state=state,
        state_meaning=approval_words.meaning(state.id, window=state.window, is_final=state.is_final) if state else "",
        window=window if clock else None,
        clock=clock,
        others=_others(target, step, offered),
        back=_back(target),
        filled=filled,
        stale=stale,
        says=approval_words,
    )


def _panel(request: Request, act: Act, target: Target, step: str, filled: Filled[Any]) -> Panel:
    form = _form_of(filled) if filled.raw else None
    told = preview(act, target, step, form)
    spoken = language_of(request)
    changes = [words for change in told.changes if (words := change_words(spoken, change, told.target))]
    return Panel(
        told,
        address_of(target, step),
        _back(target),
        conditions_of(told),
        changes,
        deciding=_meetings_to_come(act, target),
    )


def address_of(target: Target, step: str) -> str:
    """Where the panel of a step stands."""
    if target.process is not None:
        return urls.approval(target.process.number, "steps", step)
    at = urls.path("approval", "begin", target.procedure.id, step)
    if target.item is not None:
        return urls.with_query(at, item=target.item.number)
    thing = target.text or target.family
    return urls.with_query(at, text=thing.address if thing else "")


def _back(target: Target) -> str:
    if target.process is not None:
        return urls.approval(target.process.number)
    if target.item is not None:
        return urls.work_item(target.item)
    thing = target.text or target.family
    return "/" + thing.address.lstrip("/") if thing else "/approval"


def _others(target: Target, step: str, offered: offers.Offered) -> list[tuple[str, str, int]]:
    return [
        (offer.step.title, address_of(target, offer.step.id), len(offer.unmet))
        for offer in offered.offers
        if offer.step.id != step
    ]


def _meetings_to_come(act: Act, target: Target) -> list[Meeting]:
    """Full meetings of the group that are not over, the next one first."""
    wanted = MeetingFilter(
        kinds=("study-group", "extra-meeting", "assembly"), when=("coming",), group_ids=(target.group.id or 0,)
    )
    rows = listing(act, wanted, size=20).rows
    return sorted((row.meeting for row in rows), key=lambda meeting: meeting.starts_on)
