"""Topics of notices: what a person chooses how often to hear of. Pure. Source: domain 8.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.i18n import N_


class Often(StrEnum):
    """How often a person hears of a topic by mail; the page always shows it. Source: domain 8.1."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


LETTER: Final = "letter"
"""In the place of how often: a letter of its own tells this person of that entry."""


@dataclass(frozen=True)
class Topic:
    """often: until a person says otherwise."""

    title: str
    often: Often = Often.DAILY


TOPICS: Final[Mapping[str, Topic]] = {
    "tasks": Topic(N_("What waits for me"), Often.NOW),
    "last-calls": Topic(N_("Announcements, last calls and consultations")),
    "comments": Topic(N_("Comments and replies"), Often.NOW),
    "approvals": Topic(N_("Steps of approval and their results")),
    "in-force": Topic(N_("Recommendations in force or withdrawn")),
    "work": Topic(N_("Work items")),
    "liaison": Topic(N_("Liaison statements")),
    "mentions": Topic(N_("Messages that name me"), Often.NOW),
    "talk": Topic(N_("Discussions")),
    "documents": Topic(N_("New documents")),
    "late": Topic(N_("Late documents")),
    "revisions": Topic(N_("Revised and withdrawn documents")),
    "translations": Topic(N_("Files and translations added")),
    "mine": Topic(N_("My own documents"), Often.NOW),
    "meetings": Topic(N_("Meetings and sittings")),
    "deadlines": Topic(N_("Deadlines: 14, 7, 2 and 0 days before")),
    "proceedings": Topic(N_("Decisions, action items and reports")),
    "searches": Topic(N_("My saved searches"), Often.NOW),
    "groups": Topic(N_("Groups and their officers"), Often.WEEKLY),
    "announcements": Topic(N_("Announcements of the service"), Often.NOW),
    "service": Topic(N_("My webhooks"), Often.NOW),
}
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "document": ("documents", "late", "revisions", "translations", "proceedings", "talk"),
    "thread": ("talk",),
    "event": ("meetings",),
    "announcements": ("announcements",),
    "item": (
        "work",
        "liaison",
        "documents",
        "late",
        "revisions",
        "approvals",
        "last-calls",
        "comments",
        "in-force",
        "talk",
    ),
    "process": ("last-calls", "approvals", "comments"),
    "statement": ("liaison", "talk"),
    "body": ("liaison",),
    "family": ("in-force", "approvals", "last-calls", "work"),
    "series": ("in-force", "approvals", "last-calls", "work"),
    "meeting": ("documents", "late", "revisions", "translations", "meetings", "deadlines", "proceedings"),
    "group": (
        "last-calls",
        "comments",
        "approvals",
        "in-force",
        "work",
        "liaison",
        "documents",
        "late",
        "revisions",
        "translations",
        "meetings",
        "deadlines",
        "proceedings",
        "groups",
    ),
}
"""Which topics come up for a kind of thing that is followed."""


def usual(topic: str) -> Often:
    """How often until the person says otherwise."""
    return TOPICS[topic].often if topic in TOPICS else Often.DAILY
