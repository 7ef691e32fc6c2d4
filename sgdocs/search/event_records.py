"""Workshops and side events as records of the index: found by title, words, place, programme. Drafts are not there."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.events.models import Event, EventGroup, EventSession, Talk
from sgdocs.events.rules import EventState
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.search.engine import Hit, Record, Standing
from sgdocs.search.shown import Shown, plain, split
from sgdocs.text.language import language_of
from sgdocs.text.markdown import to_text

EVENT: Final = "event"
KIND: Final = "event"
LONGEST_BODY: Final = 100_000
Ids = Collection[int] | None
Events = dict[int, tuple[Event, Group]]


def of_events(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These events, or all that were announced. Few enough for one reading."""
    found = select(Event, Group).join(Group, col(Group.id) == col(Event.group_id))
    found = found.where(col(Event.state) != EventState.DRAFT.value).order_by(col(Event.id))
    if ids is not None:
        found = found.where(col(Event.id).in_(sorted(ids)))
    rows = session.exec(found).all()
    wanted = [event.id for event, _ in rows]
    about, talks = _groups(session, wanted), _talks(session, wanted)
    for event, group in rows:
        yield _record(event, group, about[event.id or 0], talks[event.id or 0])


def _record(event: Event, group: Group, about: list[Group], talks: list[str]) -> Record:
    groups = list({each.id: each for each in (group, *about)}.values())
    body = "\n".join([event.place, to_text(event.text), *talks]).strip()[:LONGEST_BODY]
    language = language_of([event.title, body]) or "en"
    return Record(
        key=f"{EVENT}:{event.id}",
        family=f"{EVENT}:{event.id}",
        kind=KIND,
        identifier=str(event.starts_on),
        audience=event.audience,
        titles={language: event.title},
        bodies={language: body} if body else {},
        facets={
            "sector": (group.sector,),
            "kind": (KIND,),
            "group": tuple(dict.fromkeys(each.code for each in groups if each.kind != GroupKind.QUESTION)),
            "question": tuple(each.label for each in groups if each.kind == GroupKind.QUESTION),
            "year": (str(event.starts_on.year),),
            "language": (language,),
        },
        standing=Standing.WITHDRAWN if event.state == EventState.CANCELLED else Standing.CURRENT,
        day=event.starts_on,
    )


def _groups(session: Session, ids: Collection[int | None]) -> dict[int, list[Group]]:
    found: dict[int, list[Group]] = defaultdict(list)
    wanted = select(EventGroup.event_id, Group).join(Group, col(Group.id) == col(EventGroup.group_id))
    for id, group in session.exec(wanted.where(col(EventGroup.event_id).in_(ids)).order_by(col(Group.sort_key))):
        found[id].append(group)
    return found


def _talks(session: Session, ids: Collection[int | None]) -> dict[int, list[str]]:
    """Titles of sessions and talks, who speaks, what about."""
    found: dict[int, list[str]] = defaultdict(list)
    wanted = (
        select(EventSession.event_id, EventSession.title, Talk)
        .outerjoin(Talk, col(Talk.session_id) == col(EventSession.id))
        .where(col(EventSession.event_id).in_(ids))
        .order_by(col(EventSession.starts_at), col(EventSession.id), col(Talk.position))
    )
    for id, title, talk in session.exec(wanted):
        found[id] += [title] if title not in found[id] else []
        found[id] += [each for each in (talk.title, talk.speakers, talk.summary) if each] if talk else []
    return found


def events_of(session: Session, ids: Collection[int], audiences: Collection[str]) -> Events:
    """Those that were hit and that a reader of these audiences may know of. One query, or none."""
    if not ids:
        return {}
    found = select(Event, Group).join(Group, col(Group.id) == col(Event.group_id))
    told = (col(Event.audience).in_(audiences), col(Event.state) != EventState.DRAFT.value)
    return {event.id or 0: (event, group) for event, group in session.exec(found.where(col(Event.id).in_(ids), *told))}


def shown_event(hit: Hit, events: Events) -> Shown | None:
    """The event as it is now; None when it may not be read any more."""
    found = events.get(split(hit.key)[1])
    if found is None:
        return None
    event, group = found
    return Shown(
        key=hit.key,
        what=EVENT,
        kind=KIND,
        identifier=str(event.starts_on),
        address=f"/event/{event.slug}",
        title=hit.title or plain(event.title),
        extracts=hit.extracts,
        sector=group.sector,
        group=group.code,
        status="cancelled" if event.state == EventState.CANCELLED else "",
        score=hit.score,
    )
