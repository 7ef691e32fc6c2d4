"""What a statement says on its cover, in words. English, as sent; its letters: `letter_texts`. Source: domain 4.6, 4.7, 7.1."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sgdocs.documents.stamping import days
from sgdocs.liaison.naming import write_title
from sgdocs.liaison.rules import Level, Purpose
from sgdocs.text.model import Contact

AGREED: Final = {
    Level.STUDY_GROUP: "Agreed by {group}",
    Level.WORKING_PARTY: "Agreed by the working party, {group}",
    Level.RAPPORTEUR_GROUP: "Agreed by the rapporteur group, {group}",
    Level.CHAIR: "Approved by the chair of {group} between meetings",
}


@dataclass(frozen=True)
class To:
    """One addressee as written. questions: `6/15`."""

    name: str
    purpose: Purpose
    deadline: date | None = None
    is_copy: bool = False
    questions: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.name} (Q{', '.join(self.questions)})" if self.questions else self.name


@dataclass(frozen=True)
class StatementWords:
    """One statement. number: `SG13-LS123`, "" while it has none; group: as a cover prints it (`STUDY GROUP 13`); source:
    formal names; senders: their labels; place_date: `Geneva, 2-13 March 2026`, or the day; approval: a sentence for each sending group;
    answers: numbers; papers: names of what goes with it."""

    sector: str
    number: str
    title: str
    subject: str
    body: str
    group: str = ""
    period: str = ""
    working_party: str = ""
    questions: tuple[str, ...] = ()
    place_date: str = ""
    dated_on: date | None = None
    source: str = ""
    senders: tuple[str, ...] = ()
    is_reply: bool = False
    to: tuple[To, ...] = ()
    approval: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = field(default=())
    language: str = "en"

    def named(self, purpose: Purpose) -> str:
        """Whom it is for with that purpose, comma separated; copies come with what is for information."""
        return ", ".join(each.words for each in self.to if each.purpose is purpose)

    @property
    def deadline(self) -> str:
        """`1 June 2026`; of several, each with whom it is for."""
        told = {
            each.deadline: [o.name for o in self.to if o.deadline == each.deadline] for each in self.to if each.deadline
        }
        if len(told) == 1:
            return day(next(iter(told)))
        return "; ".join(f"{day(on)} ({', '.join(names)})" for on, names in sorted(told.items()))


def day(on: date | None) -> str:
    """`1 June 2026`."""
    return days(on, on) if on else ""


def approval_of(level: str, group: str, meeting: str, on: date | None) -> str:
    """`Agreed by ITU-T SG13 (T25-SG13-260302)`."""
    if not level:
        return ""
    where = f" ({meeting})" if meeting else f", {day(on)}" if on else ""
    return AGREED[Level(level)].format(group=group) + where


def list_title(words: StatementWords) -> str:
    """As the sender lists it: `LS/o on … [to ITU-T SG15, 3GPP SA2]`; in ITU-R as on its cover. Source: domain 7.1."""
    if words.sector == "R":
        return words.title[:500]
    names = [each.name for each in words.to if not each.is_copy]
    return write_title(words.subject, kind="o", is_reply=words.is_reply, to=names, reply_to=words.answers)[:500]


def short_question(label: str) -> str:
    """`6/15` of `Q6/15`, as covers print it."""
    return label[1:] if label[:1] == "Q" and label[1:2].isdigit() else label


def printed(sector: str, codes: Sequence[str]) -> str:
    """`STUDY GROUP 13` of SG13; other groups by their code."""
    number = codes[0].removeprefix("SG") if codes else ""
    return f"STUDY GROUP {number}" if sector == "T" and number.isdecimal() else (codes[0] if codes else "")
