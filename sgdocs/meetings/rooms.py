"""The room on the network of a sitting: its name, who may enter when, and the address with which one enters. Pure.

Sources: Jitsi "JWT authentication" (lib-jitsi-meet, tokens.md), BigBlueButton API (join, create, checksum), RFC 7519.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

import jwt

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

EARLY = rule(
    "meetings.room-early",
    "The room opens {minutes} minutes before the sitting. Come again then.",
    settings=("room_early_minutes",),
)
OVER = rule("meetings.room-over", "The sitting is over, and so is its room.")
CANCELLED = rule("meetings.room-cancelled", "This sitting is not held.")
LATE: Final = timedelta(minutes=60)
"""Sittings run over; so long after its planned end nobody enters any more, and no token is good."""


class RoomKind(StrEnum):
    """By whose rules one enters."""

    JITSI = "jitsi"
    BIGBLUEBUTTON = "bigbluebutton"
    LINK = "link"


@dataclass(frozen=True)
class House:
    """The service that has the rooms. address: of Jitsi its root, of BigBlueButton its API, of others a template.

    secret: shared with the service; key: PEM of a private key, of Jitsi alone, used instead; app, tenant, audience: what a
    token is issued by, about and for; salt: makes names of rooms that nobody guesses.
    """

    kind: RoomKind
    address: str
    salt: str
    secret: str = ""
    key: str = ""
    key_id: str = ""
    app: str = ""
    tenant: str = ""
    audience: str = "jitsi"


@dataclass(frozen=True)
class Entrant:
    """Who enters. id: opaque, the same for a person in one room and another in the next; is_moderator: the chair."""

    id: str
    name: str
    is_moderator: bool


@dataclass(frozen=True)
class Room:
    """Of one sitting. name: for machines; title: for people; ends_at: when it is over for everybody."""

    name: str
    title: str
    meeting: str
    sitting: str
    ends_at: datetime


def house_of(told: str, **facts: str) -> House | None:
    """The house of a setting: `jitsi:https://…`, `bigbluebutton:https://…/api`, `link:https://…{room}…`; ValueError for nonsense."""
    if not told:
        return None
    kind, _, address = told.partition(":")
    parts = urlsplit(address)
    if kind not in set(RoomKind) or parts.scheme != "https" or not parts.hostname:
        raise ValueError("SGDOCS_ROOM: jitsi:https://…, bigbluebutton:https://…/api or link:https://…{room}…")
    house = House(RoomKind(kind), address.rstrip("/") if kind != RoomKind.LINK else address, **facts)
    if house.kind is RoomKind.BIGBLUEBUTTON and not house.secret:
        raise ValueError("SGDOCS_ROOM_SECRET: BigBlueButton lets nobody in without its shared secret")
    if house.kind is RoomKind.JITSI and (house.secret or house.key) and not house.app:
        raise ValueError("SGDOCS_ROOM_APP: the tokens of Jitsi name who issues them")
    if house.kind is RoomKind.LINK:
        _filled(address, dict.fromkeys(PLACES, "x"))
    return house


PLACES: Final = ("room", "meeting", "sitting", "title", "name")


def room_name(house: House, meeting: str, sitting_id: int) -> str:
    """`t25-sg15-261109-7-3f…`: the same each time, and not to be guessed by whoever knows the meeting."""
    digest = hmac.new(house.salt.encode(), f"room|{meeting}|{sitting_id}".encode(), hashlib.sha256).hexdigest()
    return f"{meeting}-{sitting_id}-{digest[:16]}".lower()


def entrant_id(house: House, room: str, person_id: int) -> str:
    """A name for machines that tells another service nothing of the person's account here."""
    return hmac.new(house.salt.encode(), f"entrant|{room}|{person_id}".encode(), hashlib.sha256).hexdigest()[:24]


def why_not_enter(
    now: datetime, starts_at: datetime, ends_at: datetime, *, early_minutes: int, is_cancelled: bool
) -> Refusal | None:
    """From so many minutes before the planned beginning until an hour after the planned end."""
    if is_cancelled:
        return Refusal(CANCELLED)
    if now < starts_at - timedelta(minutes=early_minutes):
        return Refusal(EARLY, {"minutes": early_minutes})
    return Refusal(OVER) if now > ends_at + LATE else None


def way_in(house: House, room: Room, who: Entrant, now: datetime) -> str:
    """The address with which this person enters this room; good for them alone where the service knows tokens."""
    if house.kind is RoomKind.JITSI:
        return _jitsi(house, room, who, now)
    if house.kind is RoomKind.BIGBLUEBUTTON:
        role = "MODERATOR" if who.is_moderator else "VIEWER"
        return bbb(house, "join", fullName=who.name, meetingID=room.name, role=role, userID=who.id, redirect="true")
    told = {"room": room.name, "meeting": room.meeting, "sitting": room.sitting, "title": room.title, "name": who.name}
    return _filled(house.address, told)


def creation(house: House, room: Room) -> str:
    """The call that makes a room of BigBlueButton, or leaves the one there is: without it nobody can join."""
    return bbb(house, "create", name=room.title, meetingID=room.name)


def bbb(house: House, call: str, **asked: str) -> str:
    """A call of BigBlueButton's API with its checksum: SHA-256 over call, query and shared secret."""
    query = urlencode(asked)
    checksum = hashlib.sha256(f"{call}{query}{house.secret}".encode()).hexdigest()
    return f"{house.address}/{call}?{query}&checksum={checksum}"


def _jitsi(house: House, room: Room, who: Entrant, now: datetime) -> str:
    place = f"{house.address}/{quote(room.name, safe='')}"
    if not (house.secret or house.key):
        return place
    user = {"id": who.id, "name": who.name, "moderator": who.is_moderator}
    user["affiliation"] = "owner" if who.is_moderator else "member"
    claims = {
        "iss": house.app,
        "aud": house.audience,
        "sub": house.tenant or urlsplit(house.address).hostname,
        "room": room.name,
        "iat": now,
        "nbf": now - timedelta(seconds=30),
        "exp": room.ends_at,
        "context": {"user": user},
    }
    algorithm = "RS256" if house.key else "HS256"
    head = {"kid": house.key_id} if house.key_id else None
    return f"{place}?jwt={jwt.encode(claims, house.key or house.secret, algorithm=algorithm, headers=head)}"


def _filled(template: str, told: dict[str, str]) -> str:
    """The template with its places filled, each quoted; ValueError for a place that is none of ours."""
    try:
        return template.format_map({name: quote(words, safe="") for name, words in told.items()})
    except (KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"SGDOCS_ROOM: no such place {error}; there are {', '.join(PLACES)}") from error
