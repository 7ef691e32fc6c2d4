"""Vocabulary of people and accounts, and what decides about them. Pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.base.text import folded


class Category(StrEnum):
    """Membership category of an organisation. Source: domain 1.7."""

    MEMBER_STATE = "member-state"
    SECTOR_MEMBER = "sector-member"
    ASSOCIATE = "associate"
    ACADEMIA = "academia"
    INVITED = "invited-expert"
    SECRETARIAT = "secretariat"


class Stage(StrEnum):
    """How far a session is: nothing but the missing step is open before `full`."""

    FULL = "full"
    SECOND_FACTOR = "second-factor"
    SET_UP = "set-up"


class LinkKind(StrEnum):
    """What a mailed link is for."""

    INVITATION = "invitation"
    RESET = "reset"


class RequestState(StrEnum):
    """What became of a request for an account."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class TokenScope(StrEnum):
    """What a token may do; `files:read` is for folders mounted by WebDAV."""

    READ = "read"
    WRITE = "write"
    FILES_READ = "files:read"


SHORTEST, LONGEST = 10, 200
FEWEST_LETTERS = 5
_COMMON = """
password12 password123 password1234 passw0rd123 passwordpassword qwertyuiop qwerty12345 qwertyuiop123
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 iloveyou123 welcome123 welcome1234 letmein1234
administrator admin12345 changeme123 sunshine123 princess123 football123 baseball123 superman123
trustno1234 abcdefghij abcd123456 asdfghjkl1 asdfghjkl123 zxcvbnm123 monkey12345 dragon12345
0123456789 1234567890 12345678910 123456789a a123456789 9876543210 0987654321 1122334455 motdepasse
motdepasse1 motdepasse123 geneva2024 geneva2025 geneva2026 standards1 recommendation
"""
COMMON = frozenset(_COMMON.split())

PASSWORD_LENGTH = rule(
    "people.password-length",
    "A password has {shortest} to {longest} characters; this one has {length}.",
    "NIST SP 800-63B 3.1.1",
)
PASSWORD_COMMON = rule(
    "people.password-guessable",
    "This password is among the first that are tried: it is common, repeats itself or contains your name.",
    "NIST SP 800-63B 3.1.1",
)
GUEST_DATES = rule(
    "people.guest-end", "A guest is admitted until a day that is yet to come, at most {days} days ahead."
)
MOVING = rule(
    "people.moving-is-leaving",
    "Somebody who goes to another entity leaves the first one: that ends sessions, tokens and roles. "
    "Let them leave, then confirm them with the new entity.",
    "domain 1.7",
)
GUEST_PLACE = rule("people.guest-place", "“{place}” is neither a group such as T/FG-AI4H nor a meeting.")
LONGEST_GUEST_DAYS = 366
_PLACE = re.compile(r"(?:[TRD]/[A-Z0-9][A-Za-z0-9./-]{0,60}|meeting:[A-Za-z0-9._-]{1,60})")


def why_not_password(password: str, *, name: str = "", email: str = "") -> Refusal | None:
    """Why a password will not do; None when it will. No demand for digits or signs: length counts."""
    length = len(password)
    if not SHORTEST <= length <= LONGEST:
        facts = {"shortest": SHORTEST, "longest": LONGEST, "length": length}
        return Refusal(PASSWORD_LENGTH, facts, field="password")
    bare = folded(password)
    own = [word for word in re.split(r"[^\w]+", folded(f"{name} {email.partition('@')[0]}")) if len(word) > 3]
    left = bare
    for word in own:
        left = left.replace(word, "")
    if bare in COMMON or len(set(bare)) < FEWEST_LETTERS or len(left) < SHORTEST - 3:
        return Refusal(PASSWORD_COMMON, field="password")
    return None


def why_not_guest(place: str, *, today: date, ends_on: date) -> Refusal | None:
    """Why somebody cannot be a guest at a place until a day."""
    if not _PLACE.fullmatch(place):
        return Refusal(GUEST_PLACE, {"place": place}, field="place")
    if not today <= ends_on <= today + timedelta(days=LONGEST_GUEST_DAYS):
        return Refusal(GUEST_DATES, {"days": LONGEST_GUEST_DAYS}, field="ends_on")
    return None


def must_have_second_factor(roles: Iterable[str], setting: str) -> bool:
    """Whether one of the roles stands in the setting `second_factor_roles` (separated by commas)."""
    named = {role.strip() for role in setting.split(",")} - {""}
    return not named.isdisjoint(roles)


def stage_after_password(*, has_second_factor: bool, must_have: bool) -> Stage:
    """What still stands between a right password and a full session."""
    if has_second_factor:
        return Stage.SECOND_FACTOR
    return Stage.SET_UP if must_have else Stage.FULL


def normal_email(email: str) -> str:
    """As we store and compare it: no space around, lower case."""
    return email.strip().lower()


def sort_name(name: str) -> str:
    """The order of lists: the last word first, folded. Family names in capitals (“LI Ming”) go first too."""
    words = name.split()
    family = [w for w in words if len(w) > 1 and w.isupper()] or words[-1:]
    given = [w for w in words if w not in family]
    return folded(" ".join([*family, *given]))
