"""The service with the rooms, as the settings have it, and its one call: make a room of BigBlueButton before somebody joins."""

import logging
import time
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import httpx2
from fastapi.responses import RedirectResponse

from sgdocs.base.errors import Conflict
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.meetings.rooms import Entrant, House, Room, RoomKind, creation, entrant_id, house_of, way_in
from sgdocs.people.models import Person

SILENT = rule(
    "meetings.room-silent", "The service that has the rooms does not answer. Try again in a minute.", settings=("room",)
)
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""The address that one is led to lets in whoever has it: nobody keeps it or passes it on."""
TIMEOUT_S = 5
LONGEST_BYTES = 20_000
log = logging.getLogger("sgdocs.web")


@lru_cache
def house(settings: Settings) -> House | None:
    """None without one; ValueError for settings that do not fit together, OSError for a key that cannot be read."""
    return house_of(
        settings.room,
        salt=settings.secret,
        secret=settings.room_secret,
        key=Path(settings.room_key).read_text() if settings.room_key else "",
        key_id=settings.room_key_id,
        app=settings.room_app,
        tenant=settings.room_tenant,
        audience=settings.room_audience,
    )


def led_in(house: House, room: Room, person: Person, now: datetime, *, is_moderator: bool) -> RedirectResponse:
    """303 to the room, which is made where that is needed; with a token of the person's own where the service knows tokens."""
    prepare(house, room)
    who = Entrant(entrant_id(house, room.name, person.id or 0), person.name, is_moderator)
    return RedirectResponse(way_in(house, room, who, now), 303, headers=HEADERS)


def prepare(house: House, room: Room) -> None:
    """Have the room be there. Conflict when the service says no, or nothing, within five seconds."""
    if house.kind is not RoomKind.BIGBLUEBUTTON:
        return
    try:
        code = ElementTree.fromstring(_asked(creation(house, room))).findtext("returncode")  # noqa: S314 the operator's service
    except (httpx2.HTTPError, ElementTree.ParseError, TimeoutError) as error:
        log.warning("the rooms did not answer: %s", type(error).__name__)  # the address bears a checksum
        raise Conflict(SILENT) from error
    if code != "SUCCESS":
        log.warning("the rooms refused to make one: %s", code)
        raise Conflict(SILENT)


def _asked(address: str) -> bytes:
    """The beginning of the answer. TimeoutError for one that trickles."""
    told, until = b"", time.monotonic() + TIMEOUT_S
    with httpx2.stream("GET", address, timeout=TIMEOUT_S) as answer:
        for piece in answer.iter_bytes():
            told += piece
            if time.monotonic() > until:
                raise TimeoutError
            if len(told) > LONGEST_BYTES:
                break
    return told if answer.status_code == 200 else b""
