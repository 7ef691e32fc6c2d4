"""The way into a room: names that nobody guesses, tokens that say who and until when, checksums."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sgdocs.meetings import rooms
from sgdocs.meetings.rooms import Entrant, House, Room, house_of
from tests.support.databases import NOW

SALT = "s" * 32
ENDS = NOW + timedelta(hours=3)
ROOM = Room("t25-sg13-260309-7-abc", "T25-SG13-260309: Opening", "T25-SG13-260309", "Opening", ENDS)
CHAIR = Entrant("opaque", "Ada Élan & Co", is_moderator=True)
SHARED = "a secret of thirty-two characters!"


def jitsi(**facts: str) -> House:
    house = house_of("jitsi:https://meet.example", salt=SALT, app="sgdocs", **facts)
    assert house is not None
    return house


def token_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["jwt"][0]


def test_jitsi_token_says_who_where_and_until_when() -> None:
    address = rooms.way_in(jitsi(secret=SHARED, key_id="k1"), ROOM, CHAIR, NOW)
    told = jwt.decode(
        token_of(address),
        SHARED,
        algorithms=["HS256"],
        audience="jitsi",
        options={"verify_exp": False, "verify_nbf": False},
    )

    assert address.startswith("https://meet.example/t25-sg13-260309-7-abc?jwt=")
    assert jwt.get_unverified_header(token_of(address)) == {"alg": "HS256", "typ": "JWT", "kid": "k1"}
    assert told == {
        "iss": "sgdocs", "aud": "jitsi", "sub": "meet.example", "room": ROOM.name, "iat": int(NOW.timestamp()),
        "nbf": int(NOW.timestamp()) - 30, "exp": int(ENDS.timestamp()),
        "context": {"user": {"id": "opaque", "name": "Ada Élan & Co", "moderator": True, "affiliation": "owner"}},
    }  # fmt: skip


def test_delegate_is_no_moderator_and_a_changed_token_is_none() -> None:
    token = token_of(rooms.way_in(jitsi(secret=SHARED), ROOM, replace(CHAIR, is_moderator=False), NOW))
    options = {"verify_exp": False, "verify_nbf": False}

    user = jwt.decode(token, SHARED, algorithms=["HS256"], audience="jitsi", options=options)["context"]["user"]
    assert (user["moderator"], user["affiliation"]) == (False, "member")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, "another secret of thirty-two chars", algorithms=["HS256"], audience="jitsi", options=options)
    late = rooms.way_in(jitsi(secret=SHARED), replace(ROOM, ends_at=NOW - timedelta(days=9)), CHAIR, NOW)
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(token_of(late), SHARED, algorithms=["HS256"], audience="jitsi", options={"verify_nbf": False})


def test_jitsi_token_is_signed_with_a_key_where_there_is_one() -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()

    token = token_of(rooms.way_in(jitsi(key=pem, tenant="vpaas/x"), ROOM, CHAIR, NOW))

    told = jwt.decode(
        token,
        key.public_key(),
        algorithms=["RS256"],
        audience="jitsi",
        options={"verify_exp": False, "verify_nbf": False},
    )
    assert told["sub"] == "vpaas/x"


def test_bigbluebutton_call_bears_the_checksum_of_its_documentation() -> None:
    """The example of the API's own page: create, its query, its secret."""
    secret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
    house = house_of("bigbluebutton:https://bbb.example/bigbluebutton/api", salt=SALT, secret=secret)
    assert house is not None
    query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    asked = {"name": "Test Meeting", "meetingID": "abc123", "attendeePW": "111222", "moderatorPW": "333444"}

    made = rooms.bbb(house, "create", **asked)
    entered = parse_qs(urlsplit(rooms.way_in(house, ROOM, CHAIR, NOW)).query)

    assert (
        made
        == f"https://bbb.example/bigbluebutton/api/create?{query}&checksum={hashlib.sha256(f'create{query}{secret}'.encode()).hexdigest()}"
    )
    assert (entered["fullName"], entered["role"], entered["meetingID"]) == (
        ["Ada Élan & Co"],
        ["MODERATOR"],
        [ROOM.name],
    )


def test_other_services_are_led_to_by_a_template() -> None:
    house = house_of("link:https://rooms.example/{room}?as={name}&in={sitting}", salt=SALT)
    assert house is not None

    address = rooms.way_in(house, ROOM, replace(CHAIR, name="A&b=<c>"), NOW)

    assert address == "https://rooms.example/t25-sg13-260309-7-abc?as=A%26b%3D%3Cc%3E&in=Opening"


def test_room_name_is_the_same_each_time_and_another_for_who_does_not_know_the_secret() -> None:
    name = rooms.room_name(jitsi(), "T25-SG13-260309", 7)

    others = {
        rooms.room_name(replace(jitsi(), salt="t" * 32), "T25-SG13-260309", 7),
        rooms.room_name(jitsi(), "T25-SG13-260309", 8),
    }

    assert name == rooms.room_name(jitsi(), "T25-SG13-260309", 7)
    assert name.startswith("t25-sg13-260309-7-")
    assert name not in others


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        ("https://meet.example", {}),
        ("jitsi:http://meet.example", {}),
        ("jitsi:https://", {}),
        ("jitsi:https://meet.example", {"secret": SHARED}),
        ("bigbluebutton:https://bbb.example/api", {}),
        ("link:https://rooms.example/{secret}", {}),
        ("link:https://rooms.example/{room.x}", {}),
        ("zoom:https://rooms.example", {}),
    ],
)
def test_settings_that_do_not_fit_are_refused(told: str, facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="SGDOCS_ROOM"):
        house_of(told, salt=SALT, **facts)


@pytest.mark.parametrize(
    ("minutes", "is_cancelled", "refused"),
    [
        (-31, False, rooms.EARLY), (-30, False, None), (0, False, None), (180, False, None), (240, False, None),
        (241, False, rooms.OVER), (0, True, rooms.CANCELLED),
    ],
)  # fmt: skip
def test_room_is_open_about_the_sitting(minutes: int, is_cancelled: bool, refused: object) -> None:
    now = NOW + timedelta(minutes=minutes)
    found = rooms.why_not_enter(now, NOW, ENDS, early_minutes=30, is_cancelled=is_cancelled)
    assert (found.rule if found else None) == refused
