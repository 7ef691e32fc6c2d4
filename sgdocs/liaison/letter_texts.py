"""The letters to outside bodies, in the language of their contact: English where none is set. The statement stays as it is.

Source: domain 4.7, 7.1, N18.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from babel.dates import format_date

from sgdocs.base.errors import word
from sgdocs.base.text import one_line
from sgdocs.i18n import ISOLATED, N_, SOURCE, Language
from sgdocs.liaison import letter_words
from sgdocs.liaison.letter_words import StatementWords, To
from sgdocs.liaison.rules import Purpose
from sgdocs.mail.models import HIDDEN
from sgdocs.text.model import Contact

HOUSES: Final = {"T": N_("Telecommunication Standardization Bureau"), "R": N_("Radiocommunication Bureau")}
UNION: Final = N_("International Telecommunication Union")
DEAR: Final = N_("Dear colleagues,")
SENDS: Final = {
    Purpose.ACTION: (
        N_("{source} sends you the liaison statement {number}, “{subject}”, for action, with an answer by {day}."),
        N_("{source} sends you the liaison statement {number}, “{subject}”, for action."),
    ),
    Purpose.COMMENT: (
        N_("{source} sends you the liaison statement {number}, “{subject}”, for comment, with an answer by {day}."),
        N_("{source} sends you the liaison statement {number}, “{subject}”, for comment."),
    ),
    Purpose.INFORMATION: (
        N_("{source} sends you the liaison statement {number}, “{subject}”, for information, with an answer by {day}."),
        N_("{source} sends you the liaison statement {number}, “{subject}”, for information."),
    ),
}
"""With a deadline, and without."""


def subject_of(words: StatementWords) -> str:
    """Of a letter, on one line: `SG13-LS123: LS/o/r on … (reply to S2-2401234)`."""
    return one_line(f"{words.number}: {words.title}")


def letter_text(
    tongue: Language, words: StatementWords, to: To, *, link: str, days_valid: int, files: Sequence[str]
) -> str:
    """The text of the letter to one body. link: address before the hidden word, "" where no page is known; files: names
    of what is attached."""
    dated, undated = SENDS[to.purpose]
    told = {"source": words.source, "number": words.number, "subject": words.subject}
    sends = (
        _said(tongue, dated, **told, day=_day(tongue, to.deadline)) if to.deadline else _said(tongue, undated, **told)
    )
    lines = [tongue.say(DEAR), sends]
    if words.answers:
        lines.append(_said(tongue, N_("It answers {numbers}."), numbers=", ".join(words.answers)))
    if words.body.strip():
        lines.append(words.body.strip())
    lines.append("\n".join([tongue.say(N_("With this letter come:")), *(f"- {name}" for name in files)]))
    lines += [_said(tongue, N_("Contact: {contact}"), contact=_contact(each)) for each in words.contacts]
    if link:
        lines.append(_asks(tongue, link, days_valid))
    return "\n\n".join([*lines, _signed(tongue, words, words.dated_on)])


def _asks(tongue: Language, link: str, days_valid: int) -> str:
    """The address stands alone behind its words: no mark of direction may touch it."""
    valid = N_("The link can be used once, within {days} days; it needs no account.")
    return f"{tongue.say(N_('Please say that it has reached you:'))} {link}{HIDDEN}\n{_said(tongue, valid, days=str(days_valid))}"


def withdrawal_subject(tongue: Language, subject: str) -> str:
    return one_line(_said(tongue, N_("Withdrawn: {title}"), title=subject))


def withdrawal_text(tongue: Language, words: StatementWords, reason: str, on: date) -> str:
    """The letter that says that a statement was withdrawn. on: the day of it."""
    says = N_(
        "{source} has withdrawn the liaison statement {number}, “{subject}”, which was sent to you. Reason: {reason}"
    )
    told = {"source": words.source, "number": words.number, "subject": words.subject, "reason": reason}
    none = tongue.say(N_("No answer is expected any more."))
    return "\n\n".join([tongue.say(DEAR), _said(tongue, says, **told), none, _signed(tongue, words, on)])


def reason_of(tongue: Language, words: StatementWords, to: To) -> str:
    """Why somebody gets the letter."""
    says = N_("You are the contact of {name} for liaison statements of {source}.")
    return _said(tongue, says, name=to.name, source=words.source)


def _signed(tongue: Language, words: StatementWords, on: date | None) -> str:
    return f"{tongue.say(HOUSES.get(words.sector, UNION))}, {_day(tongue, on)}"


def _said(tongue: Language, says: str, **facts: str) -> str:
    """What others wrote is quoted as they wrote it, also where it is a word of the catalogue; in its own direction."""
    is_mirrored = tongue.direction == "rtl"
    return word(tongue.say(says), {name: ISOLATED.format(f) if is_mirrored else f for name, f in facts.items()})


def _day(tongue: Language, on: date | None) -> str:
    """`1 June 2026`, as that language writes it."""
    if tongue.code == SOURCE:
        return letter_words.day(on)
    return format_date(on, "long", tongue.locale) if on else ""


def _contact(contact: Contact) -> str:
    parts = (contact.name, contact.organisation, contact.country, contact.telephone, contact.email)
    return ", ".join(part for part in parts if part)
