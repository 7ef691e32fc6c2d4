"""What a notice of the service is, and when it is shown. Pure. Source: issue F, features “announcements”."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.i18n import N_

NO_TITLE = rule("announcements.no-title", "Give a title in one language at least.")
UNTITLED = rule("announcements.untitled", "The text in this language ({language}) needs a title.")
ORDER = rule("announcements.order", "The notice would end before it begins.")
PAST = rule("announcements.past", "The notice would have ended already; give a later end.")
OVER = rule("announcements.over", "This notice has ended ({ended}); post a new one.")


class Kind(StrEnum):
    MAINTENANCE = "maintenance"
    RELEASE = "release"
    NEWS = "news"


class Severity(StrEnum):
    """How loud: `notice` is read when there is time, `warning` before work is lost, `urgent` at once."""

    NOTICE = "notice"
    WARNING = "warning"
    URGENT = "urgent"


class State(StrEnum):
    PLANNED = "planned"
    CURRENT = "current"
    ENDED = "ended"


LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")
"""The six official languages; English first, since it is fallen back to."""
TITLES: Final[Mapping[Kind, str]] = {
    Kind.MAINTENANCE: N_("Maintenance"),
    Kind.RELEASE: N_("New version"),
    Kind.NEWS: N_("News"),
}
LOUDEST: Final = (Severity.URGENT, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True)
class Said:
    """What a notice says in one language. language: in which it is told, which may be another than was wished."""

    language: str
    title: str
    text: str = ""


def said(words: Mapping[str, Mapping[str, str]], wished: str) -> Said:
    """In the language that is wished, else in English, else in the first that there is."""
    for code in (wished, *LANGUAGES):
        found = words.get(code)
        if found is not None:
            return Said(code, found["title"], found.get("text", ""))
    raise ValueError("a notice without words is refused before it is kept")


def state(begins_at: datetime, ends_at: datetime, ended_at: datetime | None, now: datetime) -> State:
    """ends_at is the first instant at which it is not shown any more; ended_at: when somebody ended it before."""
    if ended_at is not None or now >= ends_at:
        return State.ENDED
    return State.CURRENT if now >= begins_at else State.PLANNED


def why_not_words(words: Mapping[str, Mapping[str, str]]) -> Refusal | None:
    """None when every language that has a text has a title, and one has."""
    for code, each in words.items():
        if each.get("text") and not each.get("title"):
            return Refusal(UNTITLED, {"language": code}, field=f"title_{code}")
    return None if any(each.get("title") for each in words.values()) else Refusal(NO_TITLE, field="title_en")


def why_not_times(begins_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    if ends_at <= begins_at:
        return Refusal(ORDER, field="ends_at")
    return Refusal(PAST, field="ends_at") if ends_at <= now else None
