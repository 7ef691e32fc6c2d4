"""Vocabulary of people and accounts, and what decides about them. Pure."""

from enum import StrEnum


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
