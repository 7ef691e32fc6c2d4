"""What entries about liaison statements and outside bodies say: a sentence of each verb, fuller ones with particulars. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.lists import format_list

from sgdocs.i18n import N_, Language
from sgdocs.journal.models import Entry
from sgdocs.web import body_words, liaison_words

SAYS: Final[Mapping[str, str]] = {
    "liaison.acknowledged": N_("Receipt acknowledged"),
    "liaison.agreed": N_("Agreed"),
    "liaison.allotted": N_("Allotted to Questions"),
    "liaison.answer-expected": N_("An answer is expected"),
    "liaison.answer-not-expected": N_("No answer is expected"),
    "liaison.answered": N_("Answered"),
    "liaison.approved": N_("Approved"),
    "liaison.assigned": N_("Somebody sees to the answer"),
    "liaison.bounced": N_("A letter came back"),
    "liaison.body-added": N_("Outside body entered"),
    "liaison.body-edited": N_("Record of the body changed"),
    "liaison.body-qualified": N_("Qualification noted"),
    "liaison.collaboration-ended": N_("Way of working together ended"),
    "liaison.collaboration-noted": N_("Way of working together noted"),
    "liaison.contact-added": N_("Contact entered"),
    "liaison.contact-bounced": N_("A letter to a contact came back"),
    "liaison.contact-edited": N_("Contact changed"),
    "liaison.drafted": N_("Draft begun"),
    "liaison.edited": N_("Draft changed"),
    "liaison.filed": N_("Filed as a document"),
    "liaison.forwarded": N_("Passed on"),
    "liaison.imported": N_("Imported from a register"),
    "liaison.placed": N_("Put before a meeting"),
    "liaison.joined": N_("Received for further groups"),
    "liaison.mail-arrived": N_("Mail came in"),
    "liaison.mail-confirmed": N_("Mail confirmed and filed"),
    "liaison.mail-ignored": N_("Mail passed over"),
    "liaison.mail-refused": N_("Mail refused"),
    "liaison.no-reply-needed": N_("No reply is needed"),
    "liaison.not-acknowledged": N_("Not acknowledged for a long time"),
    "liaison.noted": N_("Noted"),
    "liaison.officer-appointed": N_("Liaison officer appointed"),
    "liaison.officer-ended": N_("Term of a liaison officer ended"),
    "liaison.overdue": N_("Overdue"),
    "liaison.answer-overdue": N_("Overdue"),
    "liaison.paper-added": N_("Attachment added"),
    "liaison.paper-removed": N_("Attachment taken out"),
    "liaison.received": N_("Received"),
    "liaison.reminded": N_("Reminder of the answer"),
    "liaison.reopened": N_("Open again"),
    "liaison.sent": N_("Sent"),
    "liaison.sent-again": N_("Letter sent again"),
    "liaison.unassigned": N_("Nobody sees to the answer any more"),
    "liaison.waiting-closed": N_("No answer is waited for any more"),
    "liaison.withdrawn": N_("Withdrawn"),
}
SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "liaison.acknowledged": (N_("{addressee} acknowledged receipt"),),
    "liaison.agreed": (N_("Agreed at {meeting} ({level})"), N_("Agreed ({level})")),
    "liaison.allotted": (N_("Allotted to {questions} for {addressee}; it was {before}"), N_("Allotted to {questions}")),
    "liaison.answer-expected": (
        N_("{addressee}: an answer is expected until {deadline}"),
        N_("{addressee}: an answer is expected"),
    ),
    "liaison.answer-not-expected": (N_("{addressee}: no answer is expected: {reason}"),),
    "liaison.answered": (N_("Answered for {addressee} by {reply_label}"), N_("Answered for {addressee}")),
    "liaison.approved": (N_("Approved ({level})"),),
    "liaison.assigned": (N_("Somebody of {addressee} sees to the answer"),),
    "liaison.bounced": (N_("The letter to {addressee} came back: {reason}"), N_("The letter to {addressee} came back")),
    "liaison.body-added": (N_("Entered {name}"),),
    "liaison.body-qualified": (
        N_("Qualified under {kind} from {since} to {until}"),
        N_("Qualified under {kind} from {since}"),
    ),
    "liaison.collaboration-ended": (N_("{mode} until {until}"),),
    "liaison.collaboration-noted": (N_("{mode} on {item}"), N_("{mode} with {group}"), N_("{mode}")),
    "liaison.drafted": (N_("Drafted to {to}"),),
    "liaison.filed": (N_("Filed for {addressee} as {document}"), N_("Filed for {addressee}")),
    "liaison.forwarded": (
        N_("{addressee} passed it on to {others}: {words}"),
        N_("{addressee} passed it on to {others}"),
    ),
    "liaison.mail-ignored": (N_("Mail passed over: {reason}"),),
    "liaison.mail-refused": (N_("Mail refused: {reason}"),),
    "liaison.not-acknowledged": (N_("{addressee} has not acknowledged it for {days} days"),),
    "liaison.overdue": (N_("The answer of {addressee} was due by {deadline}"),),
    "liaison.answer-overdue": (N_("The answer of {addressee}, which we wait for, was due by {deadline}"),),
    "liaison.no-reply-needed": (N_("{addressee}: no reply is needed: {reason}"),),
    "liaison.noted": (
        N_("Noted by {addressee} at {meeting}: {words}"),
        N_("Noted by {addressee} at {meeting}"),
        N_("Noted by {addressee}: {words}"),
        N_("Noted by {addressee}"),
    ),
    "liaison.officer-appointed": (
        N_("Liaison officer between {group} and {other} from {starts_on} to {ends_on}"),
        N_("Liaison officer between {group} and {other} from {starts_on}"),
    ),
    "liaison.officer-ended": (N_("Liaison officer between {group} and {other} until {ends_on}"),),
    "liaison.reminded": (
        N_("{addressee} was reminded: {meeting} is the last meeting in time for {deadline}"),
        N_("{addressee} was reminded of {deadline}"),
    ),
    "liaison.sent": (N_("Sent to {to}"),),
    "liaison.sent-again": (N_("The letter to {addressee} was sent again"),),
    "liaison.withdrawn": (N_("Withdrawn: {reason}"),),
    "liaison.reopened": (
        N_("Open again for {addressee}: {reply_label} was withdrawn"),
        N_("Open again for {addressee}"),
    ),
    "liaison.waiting-closed": (N_("No answer of {addressee} is waited for: {reason}"),),
}
_DAYS: Final = ("deadline", "since", "until", "starts_on", "ends_on", "on")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "level": liaison_words.LEVELS,
    "mode": body_words.MODES,
    "kind": body_words.SHORT_QUALIFICATIONS,
}


def facts_of(spoken: Language, entry: Entry) -> dict[str, str]:
    """The facts of an entry as words of that language; what is empty is left out."""
    told = {key: str(value) for key, value in entry.facts.items() if isinstance(value, str | int) and value != ""}
    told |= {key: _day(spoken, told[key]) for key in _DAYS if key in told}
    told |= {key: spoken.say(table[told[key]]) for key, table in _WORDS.items() if told.get(key) in table}
    to = entry.facts.get("to")
    if isinstance(to, list) and to:
        told["to"] = format_list([str(each) for each in to], locale=spoken.locale)
    return told


def _day(spoken: Language, given: str) -> str:
    try:
        return format_date(date.fromisoformat(given), "medium", spoken.locale)
    except ValueError:
        return given
