"""Vocabulary of what a meeting did, and what may be recorded. Pure. Source: domain 4.8, 5.2, 5.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

OTHER_MISSING = rule(
    "proceedings.other-document", "Name the document that it was {outcome}, such as {example}.", "domain 4.8"
)
ITSELF = rule("proceedings.itself", "A document is not {outcome} itself.", "domain 4.8")
NOT_HERE = rule("proceedings.not-of-the-meeting", "{label} is not a document of this meeting.", "domain 5.2 M-1")
NO_TEXT = rule("proceedings.no-text", "{label} has no file, so no text of it can be {outcome}.", "domain 4.8")
NO_VERSION = rule("proceedings.no-version", "{label} has no version “{part}”.", "domain 4.2")
NOT_A_GROUP = rule("proceedings.not-a-group", "{label} does not sit in this meeting.")
NOT_AN_ITEM = rule("proceedings.not-an-item", "The agenda item is of another meeting.")
NO_MOVE = rule("proceedings.withdrawn-stays", "{label} was withdrawn; its disposition stays.", "domain DOC-2")
WITHDRAWN = rule("proceedings.withdrawn", "Number {number} was withdrawn on {on}.")
REASON = rule("proceedings.reason", "Say why it is withdrawn; the number stays.")
DONE = rule("proceedings.done", "Action {number} is done since {on}.")
OPEN = rule("proceedings.open", "Action {number} is open.")
MOVED_A_TEXT = rule(
    "proceedings.moved-a-text",
    "Decision {number} moved {process}; it stands, and the text is moved back by a step of its own.",
    "domain M-6",
)
REPORT_CHANGED = rule(
    "proceedings.report-changed",
    "Somebody else wrote in the same section while you did ({sections}). Both texts are shown; nothing is lost.",
)
NO_SECTION = rule("proceedings.no-section", "The report has no section “{section}”.")
NO_PARENT = rule("proceedings.no-parent", "{code} reports to no meeting; name one that it reports to.", "domain 5.4")
NO_FILES = rule("proceedings.no-files", "{label} has no file to be moved.", "domain 5.4")
MOVED_ALREADY = rule("proceedings.moved-already", "{label} stands at {code} already, as {other}.", "domain 5.4")


class Outcome(StrEnum):
    """What became of a document at a meeting. Source: domain 4.8, issue of the disposition list."""

    NOTED = "noted"
    AGREED = "agreed"
    REVISED_TO = "revised-to"
    MERGED_INTO = "merged-into"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    NOT_PRESENTED = "not-presented"


KEYS: Final[Mapping[str, Outcome]] = {
    "n": Outcome.NOTED,
    "a": Outcome.AGREED,
    "r": Outcome.REVISED_TO,
    "m": Outcome.MERGED_INTO,
    "p": Outcome.POSTPONED,
    "w": Outcome.WITHDRAWN,
    "x": Outcome.NOT_PRESENTED,
}
"""The second key; the first is `d`."""
NEEDS_OTHER: Final = (Outcome.REVISED_TO, Outcome.MERGED_INTO)
ENGLISH: Final[Mapping[str, str]] = {
    "noted": "Noted",
    "agreed": "Text agreed",
    "revised-to": "Revised to",
    "merged-into": "Merged into",
    "postponed": "Postponed",
    "withdrawn": "Withdrawn",
    "not-presented": "Not presented",
}
"""Words of the report, which is written in English."""


class DecisionKind(StrEnum):
    """What sort of decision. Source: domain 5.3."""

    AGREED = "agreed"
    APPROVED = "approved"
    CONSENTED = "consented"
    DETERMINED = "determined"
    NOTED = "noted"
    DIRECTIVE = "directive"
    APPOINTED = "appointed"
    OTHER = "other"


@dataclass(frozen=True)
class Discussed:
    """Facts on a document. has_file: of the version that was discussed; is_withdrawn: its tombstone stands."""

    id: int
    label: str
    is_here: bool
    has_file: bool
    is_withdrawn: bool = False


def why_not_dispose(outcome: Outcome, document: Discussed, other_id: int | None) -> Refusal | None:
    """None when that may be recorded of the document."""
    if not document.is_here:
        return Refusal(NOT_HERE, {"label": document.label}, field="document")
    if document.is_withdrawn and outcome is not Outcome.WITHDRAWN:
        return Refusal(NO_MOVE, {"label": document.label}, field="outcome")
    if outcome in NEEDS_OTHER and other_id is None:
        facts = {"outcome": ENGLISH[outcome].lower(), "example": "TD45/GEN"}
        return Refusal(OTHER_MISSING, facts, field="other")
    if outcome in NEEDS_OTHER and other_id == document.id:
        return Refusal(ITSELF, {"outcome": ENGLISH[outcome].lower()}, field="other")
    if outcome is Outcome.AGREED and not document.has_file:
        return Refusal(NO_TEXT, {"label": document.label, "outcome": "agreed"}, field="outcome")
    return None


def digest_of(text: str) -> str:
    """A short digest of what somebody saw of a section, to tell whether it changed since."""
    return sha256(text.encode()).hexdigest()[:16]


def clashes(
    written: Mapping[str, str], given: Mapping[str, str], seen: Mapping[str, str], *, is_current: bool
) -> list[str]:
    """Sections that somebody else changed since they were seen, to another text than the given one.

    seen: section -> digest of what the writer saw; is_current: the whole report is still the version that was seen. Over
    an empty section nothing is lost.
    """
    if is_current:
        return []
    return [
        section
        for section, text in given.items()
        if written.get(section, "") not in ("", text) and seen.get(section) != digest_of(written.get(section, ""))
    ]
