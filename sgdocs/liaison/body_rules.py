"""Vocabulary of outside bodies and who stands between us, and what decides about them. Pure. Source: domain 7.2."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

NAME_TAKEN = rule("liaison.body-name-taken", "“{name}” is a name of {other} already.", "domain 7.2")
NAME_EMPTY = rule("liaison.body-name-empty", "A name needs a letter or a digit: “{name}” has none.", "domain 7.2")
BODY_ENDED = rule("liaison.body-ended", "{name} ended on {on}; {successor} took over.", "domain 7.2")
BODY_CIRCLE = rule("liaison.body-circle", "{name} cannot stand under itself, nor come after itself.", "domain 7.2")
DAYS = rule("liaison.days-in-order", "The last day, {until}, lies before the first, {since}.", "domain 7.2")
OFFICER_SIDE = rule(
    "liaison.officer-side", "An officer stands between a group and either a body or another group.", "domain 1.6, 7.2"
)
OFFICER_WHO = rule("liaison.officer-who", "Say who it is: a person whom we know, or a name.", "domain 1.6")


class QualificationKind(StrEnum):
    """a5: referenced normatively; a25: texts incorporated; a4, a6: of the lists before 2019, historic."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"
    A25 = "a25"


class Mode(StrEnum):
    """Source: Rec. ITU-T A.24 (from A Suppl. 5), A.23 (JTC 1)."""

    LIAISON = "liaison"
    COLLABORATIVE_WORK = "collaborative-work"
    COMMON_TEAM = "common-team"
    INTERCHANGE = "collaborative-interchange"


class Product(StrEnum):
    NONE = ""
    COMMON_TEXT = "common-text"
    ALIGNED = "aligned"


class Direction(StrEnum):
    """ours: we sent them; theirs: the body, or the other group, sent them to us."""

    OURS = "ours"
    THEIRS = "theirs"


def is_current(since: date | None, until: date | None, on: date) -> bool:
    """Whether it holds on that day; the last day counts."""
    return (since is None or since <= on) and (until is None or until >= on)


def why_not_days(since: date | None, until: date | None, field: str = "until") -> Refusal | None:
    if since is None or until is None or until >= since:
        return None
    return Refusal(DAYS, {"since": since.isoformat(), "until": until.isoformat()}, field=field)


def why_not_under(body_id: int | None, name: str, above: Collection[int]) -> Refusal | None:
    """None when the body may stand under, or be followed by, another. above: ids from that other one upwards."""
    return Refusal(BODY_CIRCLE, {"name": name}, field="parent") if body_id is not None and body_id in above else None


def why_not_officer(
    *, has_body: bool, has_other_group: bool, is_same_group: bool, has_person: bool, name: str
) -> Refusal | None:
    """None when the officer stands between a group and one other side, and is somebody."""
    if has_body == has_other_group or is_same_group:
        return Refusal(OFFICER_SIDE, {}, field="body")
    return None if has_person or name else Refusal(OFFICER_WHO, {}, field="name")


def why_not_address(name: str, ended_on: date | None, successor: str, on: date) -> Refusal | None:
    """None while the body is there to be written to."""
    if ended_on is None or ended_on >= on:
        return None
    return Refusal(BODY_ENDED, {"name": name, "on": ended_on.isoformat(), "successor": successor or "nobody"})
