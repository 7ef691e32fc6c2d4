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
