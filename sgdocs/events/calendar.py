"""An event and its sessions as entries of a calendar. Rooms on the net only for those who may have them."""

from collections.abc import Iterator, Sequence

from sgdocs.events.models import Event
from sgdocs.events.queries import SessionRow
from sgdocs.events.rules import EventState
from sgdocs.meetings.calendar import Happening
from sgdocs.text.markdown import to_text

KIND = "event"


def happening_of(event: Event, address: str) -> Happening:
    """The days of the event; cancelled ones say so."""
    return Happening(
        uid=f"event.{event.id}",
        title=event.title,
        starts=event.starts_on,
        ends=event.ends_on,
        changed_at=event.changed_at,
        zone=event.zone,
        sequence=event.version,
        is_cancelled=event.state == EventState.CANCELLED,
        place=event.place,
        text=to_text(event.text)[:500],
        address=address,
        kind=KIND,
    )


def happenings(
    event: Event, programme: Sequence[SessionRow], address: str, *, with_links: bool = False, has_room: bool = False
) -> Iterator[Happening]:
    """The event and each session, with what is spoken of. has_room: the event has one on the net, whatever a session has."""
    yield happening_of(event, address)
    for row in programme:
        part = row.session
        yield Happening(
            uid=f"event.{event.id}.session.{part.id}",
            title=f"{event.title}: {part.title}",
            starts=part.starts_at,
            ends=part.ends_at,
            changed_at=event.changed_at,
            zone=event.zone,
            sequence=event.version,
            is_cancelled=event.state == EventState.CANCELLED,
            place=part.room or event.place,
            text="\n".join(_line(each.talk.title, each.talk.speakers) for each in row.talks),
            address=address,
            link=f"{address}/join/{part.id}" if with_links and (part.join_link or has_room) else "",
            kind=KIND,
        )


def _line(title: str, speakers: str) -> str:
    return f"{title} ({speakers})" if speakers else title
