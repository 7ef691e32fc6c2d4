"""The programme: sessions, and talks in them, one after the other."""

from datetime import datetime

from sqlmodel import col, delete, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.documents import queries as documents
from sgdocs.events import queries, rules
from sgdocs.events.actions.holding import note, permit, touched
from sgdocs.events.models import Event, EventSession, Talk
from sgdocs.events.schemas import SessionForm, TalkForm
from sgdocs.meetings.rules import SITTING_HOUR, sitting_instant


def add_session(act: Act, event: Event, form: SessionForm) -> EventSession:
    """A part of the programme, in the time of the event's place."""
    permit(act, event)
    part = EventSession(event_id=event.id or 0, title=form.title, starts_at=act.now, ends_at=act.now)
    _fill_session(event, part, form, [])
    return _kept(act, event, part, "events.session-added")


def edit_session(act: Act, event: Event, part: EventSession, form: SessionForm) -> EventSession:
    permit(act, event)
    _fill_session(event, part, form, _talks(act, part))
    return _kept(act, event, part, "events.session-edited")


def remove_session(act: Act, event: Event, part: EventSession) -> None:
    """With its talks."""
    permit(act, event)
    act.session.exec(delete(Talk).where(col(Talk.session_id) == part.id))
    act.session.delete(part)
    touched(act, event)
    act.session.flush()
    note(act, "events.session-removed", event, session=part.title)


def add_talk(act: Act, event: Event, part: EventSession, form: TalkForm) -> Talk:
    """After the others of the session."""
    permit(act, event)
    others = _talks(act, part)
    talk = Talk(session_id=part.id or 0, position=max((each.position for each in others), default=0) + 1, title="")
    _fill_talk(act, part, talk, form, others)
    return _talked(act, event, talk, "events.talk-added")


def edit_talk(act: Act, event: Event, part: EventSession, talk: Talk, form: TalkForm) -> Talk:
    permit(act, event)
    _fill_talk(act, part, talk, form, [each for each in _talks(act, part) if each.id != talk.id])
    return _talked(act, event, talk, "events.talk-edited")


def move_talk(act: Act, event: Event, part: EventSession, talk: Talk) -> None:
    """Before the one that it came after; the first stays."""
    permit(act, event)
    before = [each for each in _talks(act, part) if (each.position, each.id) < (talk.position, talk.id)]
    if before:
        last = before[-1]
        last.position, talk.position = talk.position, last.position
        act.session.add(last)
        _talked(act, event, talk, "events.talk-edited")


def remove_talk(act: Act, event: Event, talk: Talk) -> None:
    permit(act, event)
    act.session.delete(talk)
    touched(act, event)
    act.session.flush()
    note(act, "events.talk-removed", event, talk=talk.title)


def instant(event: Event, form: SessionForm, field: str) -> datetime:
    """Invalid for an hour that is left out when clocks go forward."""
    at = getattr(form, field).replace(tzinfo=None)
    found = sitting_instant(form.on, at, event.zone)
    facts = {"at": at.strftime("%H:%M"), "zone": event.zone, "on": form.on}
    refuse(Refusal(SITTING_HOUR, facts, field=field) if found is None else None, Invalid)
    assert found is not None, "refused"
    return found


def _fill_session(event: Event, part: EventSession, form: SessionForm, talks: list[Talk]) -> None:
    starts_at, ends_at = instant(event, form, "begins"), instant(event, form, "until")
    minutes = sum(each.minutes for each in talks)
    refusal = rules.why_not_sit(
        form.on, starts_at, ends_at, first=event.starts_on, last=event.ends_on, zone=event.zone, talk_minutes=minutes
    )
    is_long = refusal is not None and refusal.field == "minutes"
    refuse(Refusal(refusal.rule, refusal.facts, field="until") if is_long and refusal else refusal, Invalid)
    refuse(rules.why_not_link(form.join_link), Invalid)
    part.title, part.room, part.join_link = form.title, form.room, form.join_link
    part.starts_at, part.ends_at = starts_at, ends_at


def _fill_talk(act: Act, part: EventSession, talk: Talk, form: TalkForm, others: list[Talk]) -> None:
    minutes = form.minutes + sum(each.minutes for each in others)
    fits = (part.ends_at - part.starts_at).total_seconds() >= minutes * 60
    refuse(None if fits else Refusal(rules.TALKS_LONG, {"minutes": minutes}, field="minutes"), Invalid)
    talk.title, talk.speakers, talk.minutes, talk.summary = form.title, form.speakers, form.minutes, form.summary
    talk.document_id = documents.by_name(act, form.document).id if form.document else None


def _talks(act: Act, part: EventSession) -> list[Talk]:
    found = select(Talk).where(Talk.session_id == part.id).order_by(col(Talk.position), col(Talk.id))
    return list(act.session.exec(found))


def _kept(act: Act, event: Event, part: EventSession, verb: str) -> EventSession:
    act.session.add(part)
    touched(act, event)
    act.session.flush()
    note(act, verb, event, session=part.title, on=str(queries.day_of(event, part)))
    return part


def _talked(act: Act, event: Event, talk: Talk, verb: str) -> Talk:
    act.session.add(talk)
    touched(act, event)
    act.session.flush()
    note(act, verb, event, talk=talk.title)
    return talk
