"""Vocabulary of machine translation, and when a text may be sent to a service. Pure. Source: domain 8.3."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")
"""The six languages of the Union. Source: domain 8.3."""

NO_SERVICE = rule(
    "translation.no-service", "No translation service is set up here.", "sgdocs (a setting)", settings=("translator",)
)
AUDIENCE = rule(
    "translation.audience",
    "{label} is not for everybody: only texts of the classes {right} may go to {host}.",
    "domain 8.3 (a setting)",
    settings=("translation_audiences",),
)
LANGUAGE = rule("translation.language", "“{value}” is none of the six languages; right would be {right}.", "domain 8.3")
SAME = rule("translation.same-language", "{label} is in this language already.", "domain 8.3")
NO_TEXT = rule("translation.no-text", "{label} has no text that could be translated.", "domain 8.3")
TOO_LONG = rule(
    "translation.too-long",
    "{label} has {length} characters; {most} is the most that is translated.",
    "sgdocs (a setting)",
    settings=("translation_characters",),
)
PER_DAY = rule(
    "translation.per-day",
    "You asked for {asked} translations in the last 24 hours; {most} is the most.",
    "sgdocs (a setting)",
    settings=("translation_per_day",),
)
STATE = rule("translation.state", "This translation is {state}; only one that waits or is under way is stopped.")
GONE = rule("translation.gone", "The text is not there any more, or not for the service to read.")
UNTRANSLATED = rule(
    "translation.untranslated", "{host} gave back a text that is not in the language asked for; it was not taken."
)
EMPTY = rule("translation.empty", "{host} gave back nothing for a text.")
SWOLLEN = rule("translation.swollen", "{host} gave back {got} characters for {sent}; that is no translation.")
BAD_FILE = rule("translation.bad-file", "The file that {host} gave back cannot be taken: {why}.")
GAVE_UP = rule("translation.gave-up", "The work on it broke off {times} times; it is not tried again.")


class JobState(StrEnum):
    """cancelled: by a person, or because its text went or may not be sent any more."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE: Final = (JobState.WAITING, JobState.WORKING)


class FileState(StrEnum):
    """Of the file that is translated beside the text, with its formatting. none: there is none that could be."""

    NONE = ""
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


MOST_GROWTH: Final = 6
PAUSES_S: Final = (10, 60, 300, 1800)
MOST_ATTEMPTS: Final = 5
"""Of one step; a step that went well sets the count back."""


def pause(attempts: int) -> timedelta:
    """How long a step waits after so many failures."""
    return timedelta(seconds=PAUSES_S[min(max(attempts, 1), len(PAUSES_S)) - 1])


@dataclass(frozen=True)
class Asked:
    """What decides whether a text may be sent. language: of the text, "" when nobody knows; allowed: classes of access."""

    label: str
    audience: str
    language: str
    target: str
    characters: int
    allowed: Collection[str]
    host: str
    most_characters: int


def why_not_send(asked: Asked) -> Refusal | None:
    """The reason why this text may not go to the service, in this language."""
    if not asked.host:
        return Refusal(NO_SERVICE)
    if asked.target not in LANGUAGES:
        return Refusal(LANGUAGE, {"value": asked.target[:20], "right": ", ".join(LANGUAGES)}, "language")
    if class_of(asked.audience) not in asked.allowed:
        return Refusal(
            AUDIENCE, {"label": asked.label, "right": ", ".join(sorted(asked.allowed)) or "–", "host": asked.host}
        )
    if asked.language == asked.target:
        return Refusal(SAME, {"label": asked.label}, "language")
    return _why_not_long(asked)


def _why_not_long(asked: Asked) -> Refusal | None:
    if not asked.characters:
        return Refusal(NO_TEXT, {"label": asked.label})
    if asked.characters > asked.most_characters:
        return Refusal(TOO_LONG, {"label": asked.label, "length": asked.characters, "most": asked.most_characters})
    return None


def why_not_words(host: str, sent: str, got: str) -> Refusal | None:
    """Whether an answer can be a translation of what was sent, by its length."""
    if not got.strip():
        return Refusal(EMPTY, {"host": host})
    if len(got) > MOST_GROWTH * len(sent) + 400:
        return Refusal(SWOLLEN, {"host": host, "got": len(got), "sent": len(sent)})
    return None


def why_not_language(host: str, was: str, read: str, source: str, target: str) -> Refusal | None:
    """was, read: languages of what was sent and of the answer as they were told by their words, "" where they cannot be."""
    is_left = was == source and read == source
    is_other_script = was == source and read not in ("", target) and target in ("ru", "ar", "zh")
    return Refusal(UNTRANSLATED, {"host": host}) if is_left or is_other_script else None


def why_not_today(asked: int, most: int) -> Refusal | None:
    """asked: how many translations the person has asked for in the last 24 hours."""
    return Refusal(PER_DAY, {"asked": asked, "most": most}) if asked >= most else None


def class_of(audience: str) -> str:
    """The class of an audience label, as the setting names it: `public`, `sector` (`T`), `group` (`T/SG15`), `meeting`,
    `list`, `org`, `person`, `secretariat`. Source: domain 8.3.
    """
    head, _, rest = audience.partition(":")
    if rest:
        return head
    if audience in ("T", "R", "D"):
        return "sector"
    return "group" if "/" in audience else audience


def classes_of(setting: str) -> frozenset[str]:
    """`public, sector` as a set. What nobody may send is never among them."""
    return frozenset(word for word in (each.strip() for each in setting.split(",")) if word) - {"secretariat", "person"}


def file_name(label: str, language: str, ending: str) -> str:
    """`T25-SG15-C12-E` in French: `T25-SG15-C12-E-fr-mt.docx`. The name says that a machine translated it. Source: domain 8.3."""
    return f"{label}-{language}-mt.{ending}"
