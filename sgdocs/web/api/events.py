"""Events over the API: `/api/v1/events`."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.events import actions, matching, queries
from sgdocs.events.actions.meeting import ask_of
from sgdocs.events.models import Event
from sgdocs.events.outgoing import EventOut, EventRecord, ParticipantOut, SessionOut, record_of
from sgdocs.events.schemas import AnswerForm, AskForm, EventForm, JoinForm, ReasonForm, SessionForm, TalkForm
from sgdocs.people.queries import by_id
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.event_frame import Asking

api = APIRouter(prefix="/api/v1/events", tags=["events"])


@api.get("", response_model=list[EventOut], summary="Events")
def events(request: Request, act: Reading, services: Svc, asked: Paging, *, filters: Asking) -> Response:
    """With the filters of `/event`, by their first day."""
    rows, total = queries.after(act, filters.filter(act), skip=asked.skip, limit=asked.limit + 1)
    site = services.settings.public_url
    return listing(
        request, asked, rows, total=total, item=lambda row: EventOut.of(row, site), cursor=lambda _: (asked.skip + asked.limit,)
    )  # fmt: skip


@api.post("", status_code=201)
def draft(act: Writing, services: Svc, form: EventForm) -> EventRecord:
    return _record(act, services, actions.draft(act, form))


@api.get("/{slug}", response_model=EventRecord)
def show(request: Request, act: Reading, services: Svc, slug: str) -> Response:
    """One event with its programme."""
    return one(request, _record(act, services, queries.by_slug(act, slug)))


@api.put("/{slug}")
def edit(act: Writing, services: Svc, slug: str, form: EventForm) -> EventRecord:
    """The event as it shall be. 409 when it has changed since `version`."""
    return _record(act, services, actions.edit(act, queries.by_slug(act, slug), form))


@api.post("/{slug}/announcement")
def announce(act: Writing, services: Svc, slug: str) -> EventRecord:
    return _record(act, services, actions.announce(act, queries.by_slug(act, slug)))


@api.post("/{slug}/cancellation")
def cancel(act: Writing, services: Svc, slug: str, form: ReasonForm) -> EventRecord:
    return _record(act, services, actions.cancel(act, queries.by_slug(act, slug), form.reason))


@api.post("/{slug}/sessions", status_code=201)
def add_session(act: Writing, slug: str, form: SessionForm) -> SessionOut:
    """Hours are those of the event's place."""
    event = queries.by_slug(act, slug)
    part = actions.add_session(act, event, form)
    return next(SessionOut.of(row) for row in queries.programme(act, event) if row.session.id == part.id)


@api.post("/{slug}/sessions/{id}/talks", status_code=201)
def add_talk(act: Writing, slug: str, id: int, form: TalkForm) -> SessionOut:
    """After the others of the session."""
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    actions.add_talk(act, event, part, form)
    return next(SessionOut.of(row) for row in queries.programme(act, event) if row.session.id == part.id)


@api.get("/{slug}/participants")
def participants(request: Request, act: Reading, services: Svc, slug: str) -> Response:
    """Who agreed to be listed; all for those who manage the event."""
    rows = queries.participants(act, queries.by_slug(act, slug))
    told = [ParticipantOut.of(row, services.settings.public_url).model_dump(mode="json") for row in rows]
    return one(request, {"items": told, "total": len(told)})


@api.put("/{slug}/registration")
def join(act: Writing, slug: str, form: JoinForm) -> dict[str, object]:
    """Register the caller, or change what others may see."""
    event = queries.by_slug(act, slug)
    row = actions.join(act, event, by_id(act.session, act.actor.person_id or 0), form)
    return {"status": row.status, "is_listed": row.is_listed, "wants_matching": row.wants_matching}


@api.delete("/{slug}/registration", status_code=204)
def leave(act: Writing, slug: str) -> None:
    actions.leave(act, queries.by_slug(act, slug), by_id(act.session, act.actor.person_id or 0))


@api.get("/{slug}/matches")
def matches(request: Request, act: Reading, slug: str) -> Response:
    """Who is suggested to the caller, with what both share; and the wishes to meet, either way."""
    event = queries.by_slug(act, slug)
    found = [
        {"name": row.person.name, "slug": row.person.slug, "questions": row.why.questions, "items": row.why.items, "fields": row.why.fields}
        for row in matching.suggested(act, event)
    ]  # fmt: skip
    asks = [
        {"id": row.ask.id, "name": row.other.name, "is_mine": row.is_mine, "state": row.ask.state, "text": row.ask.text,
         "answer": row.ask.answer, "place": row.ask.place, "at": row.ask.proposed_at.isoformat() if row.ask.proposed_at else None}
        for row in matching.asks(act, event)
    ]  # fmt: skip
    return one(request, {"items": found, "asks": asks})


@api.post("/{slug}/asks", status_code=201)
def ask(act: Writing, slug: str, form: AskForm) -> dict[str, object]:
    event = queries.by_slug(act, slug)
    row = actions.ask(act, event, by_id(act.session, act.actor.person_id or 0), form)
    return {"id": row.id, "state": row.state}


@api.post("/{slug}/asks/{id}/answer")
def answer(act: Writing, slug: str, id: int, form: AnswerForm) -> dict[str, object]:
    event = queries.by_slug(act, slug)
    row = actions.answer(act, event, ask_of(act, event, id), form)
    return {"id": row.id, "state": row.state}


@api.delete("/{slug}/asks/{id}", status_code=204)
def take_back(act: Writing, slug: str, id: int) -> None:
    event = queries.by_slug(act, slug)
    actions.take_back(act, event, ask_of(act, event, id))


def _record(act: Act, services: Svc, event: Event) -> EventRecord:
    row, told = queries.row_of(act, event), queries.programme(act, event)
    return record_of(row, told, services.settings.public_url)
