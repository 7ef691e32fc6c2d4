"""What is found before a statement is sent: errors stop it, warnings want to be read. Pure. Source: A.1 1.5, domain 7.1.

Exposure: a paper that its addressees may not read is named. Groups of one Sector exchange their papers every day: members
of a Sector read them all, so that nothing is said between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from sgdocs.base.errors import Facts, Refusal, word
from sgdocs.base.rulebook import Rule, rule
from sgdocs.liaison import rules
from sgdocs.liaison.rules import A1, Purpose

NO_DEADLINE = rule("liaison.no-deadline", "Action is asked of {name}: say by when.", A1)
NO_QUESTION = rule("liaison.no-question", "Say which Question it comes from.", A1)
NO_TEXT = rule("liaison.no-text", "It has neither text nor papers.", A1)
NO_MEETING = rule("liaison.no-meeting", "Say at which meeting it was prepared.", A1)
NO_ADDRESS = rule("liaison.contact-without-address", "No contact has an e-mail address: nobody can answer.", A1)
UNKNOWN = rule("liaison.addressee-unknown", "“{name}” is neither a group nor a body that we know.", "domain 7.2")
UNREACHABLE = rule(
    "liaison.addressee-unreachable", "Nobody can be written to at {name}: enter a contact.", "domain 7.2"
)
BOUNCED = rule("liaison.addressee-bounced", "The last letter to {address} of {name} came back.", "domain 7.2, N18")
TITLE_LONG = rule("liaison.title-long", "The title has {length} characters; a concise one has {most} at most.", A1)
TITLE_CAPITALS = rule("liaison.title-capitals", "The title is written in capitals.", "sgdocs")
TITLE_STOP = rule("liaison.title-stop", "The title ends with a full stop.", "sgdocs")
PLACEHOLDER = rule("liaison.placeholder", "“{words}” still stands in the text.", "sgdocs")
NO_PAPERS = rule("liaison.papers-missing", "The text speaks of an attachment, and nothing is attached.", "sgdocs")
PAPER_OLD = rule("liaison.paper-old", "{name} goes with it as {part}; {now} is there by now.", "sgdocs")
PAPER_GONE = rule("liaison.paper-gone", "{name} is {status} and cannot be sent.", "sgdocs")
PAPER_HELD = rule("liaison.paper-in-quarantine", "{name} waits for the virus scanner.", "sgdocs")
TOO_HEAVY = rule(
    "liaison.letter-too-heavy", "The attachments weigh {size_mb} MB; {most_mb} is the most of one letter.", "sgdocs (a setting)",
    settings=("liaison_letter_mb",),
)  # fmt: skip
EXPOSES = rule(
    "liaison.exposes", "{paper} is for {readers}; sending it shows it to {names}.", "domain 7.1 (attachments), 8.3"
)
LONGEST_TITLE: Final = 255
MEGABYTE: Final = 1_000_000
_PLACEHOLDERS: Final = re.compile(r"\[(?:insert|tbd|to be|fill|xx)[^\]]{0,60}\]|\bTBD\b|\bXXX+\b|\?\?\?", re.IGNORECASE)
_ATTACHED: Final = re.compile(r"\b(?:attach(?:ed|ment|ments)|enclos(?:ed|ure|ures)|annexed)\b", re.IGNORECASE)
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing found. place: what it is about (name of an addressee, of a paper), "" for the whole. id: to accept it by.

    other: address of a statement to compare it with, "" for none; other_label: its number.
    """

    rule: Rule
    severity: Severity
    facts: Facts = field(default_factory=dict)
    place: str = ""
    other: str = ""
    other_label: str = ""

    @property
    def id(self) -> str:
        return f"{self.rule.id}:{self.place}" if self.place else self.rule.id

    @property
    def message(self) -> str:
        """In English; a door words it in the reader's language."""
        return word(self.rule.says, self.facts)


@dataclass(frozen=True)
class AddresseeFacts:
    """label: of its readers (`T/SG15`), "" for a body; addresses: of a body's contacts; bounced: those that came back;
    refusal: it has ended."""

    name: str
    purpose: Purpose
    deadline: date | None = None
    is_copy: bool = False
    is_group: bool = True
    is_known: bool = True
    label: str = ""
    addresses: tuple[str, ...] = ()
    bounced: tuple[str, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True)
class PaperFacts:
    """name: number or file name; audience: of the document, "" for a file of its own; part, newest: versions."""

    name: str
    audience: str = ""
    status: str = "posted"
    part: str = ""
    newest: str = ""
    is_document: bool = False
    is_quarantined: bool = False
    size_bytes: int = 0


@dataclass(frozen=True)
class StatementFacts:
    """What the checks look at. on: the Geneva day of sending; refusals: what stands against sending by state."""

    title: str
    body: str
    sector: str
    on: date
    addressees: Sequence[AddresseeFacts] = ()
    papers: Sequence[PaperFacts] = ()
    addresses: Sequence[str] = ()
    has_contact: bool = False
    has_question: bool = False
    has_meeting: bool = False
    is_between_meetings: bool = False
    refusals: Sequence[Refusal] = ()
    letter_bytes: int = 0
    letter_mb: int = 20


def findings(facts: StatementFacts) -> list[Finding]:
    """Everything that is found, errors first, in the order of the cover."""
    found = [
        *(Finding(each.rule, "error", each.facts) for each in facts.refusals),
        *_of_cover(facts),
        *(one for each in facts.addressees for one in _of_addressee(each, facts.on)),
        *_of_text(facts),
        *(one for each in facts.papers for one in _of_paper(each)),
        *_of_letters(facts),
        *exposures(facts.papers, facts.addressees),
    ]
    return sorted(found, key=lambda each: each.severity != "error")


def _of_cover(facts: StatementFacts) -> Iterable[Finding]:
    if not facts.title:
        yield Finding(rules.NO_TITLE, "error")
    if not facts.addressees:
        yield Finding(rules.NO_ADDRESSEE, "error")
    if not facts.has_contact:
        yield Finding(rules.NO_CONTACT, "error")
    elif not any(facts.addresses):
        yield Finding(NO_ADDRESS, "warning")
    if not facts.has_question and facts.sector == "T":
        yield Finding(NO_QUESTION, "warning")
    if not facts.has_meeting and not facts.is_between_meetings:
        yield Finding(NO_MEETING, "warning")


def _of_addressee(to: AddresseeFacts, on: date) -> Iterable[Finding]:
    if not to.is_known:
        yield Finding(UNKNOWN, "error", {"name": to.name}, to.name)
    if to.refusal is not None:
        yield Finding(to.refusal.rule, "error", to.refusal.facts, to.name)
    if not to.is_group and to.is_known and not to.addresses:
        yield Finding(UNREACHABLE, "error", {"name": to.name}, to.name)
    late = rules.why_not_deadline(to.deadline, on)
    if late is not None:
        yield Finding(late.rule, "error", late.facts, to.name)
    if to.purpose is Purpose.ACTION and to.deadline is None and not to.is_copy:
        yield Finding(NO_DEADLINE, "error", {"name": to.name}, to.name)
    for address in to.bounced:
        yield Finding(BOUNCED, "warning", {"name": to.name, "address": address}, to.name)


def _of_text(facts: StatementFacts) -> Iterable[Finding]:
    title = facts.title
    if len(title) > LONGEST_TITLE:
        yield Finding(TITLE_LONG, "warning", {"length": len(title), "most": LONGEST_TITLE})
    if len(title) > 12 and title.isupper():
        yield Finding(TITLE_CAPITALS, "warning")
    if title.endswith(".") and not title.endswith(("etc.", "...")):
        yield Finding(TITLE_STOP, "warning")
    if not facts.body.strip() and not facts.papers:
        yield Finding(NO_TEXT, "error")
    for words in dict.fromkeys(each[0] for each in _PLACEHOLDERS.finditer(f"{title}\n{facts.body}")):
        yield Finding(PLACEHOLDER, "warning", {"words": words}, words)
    if not facts.papers and _ATTACHED.search(facts.body):
        yield Finding(NO_PAPERS, "warning")


def _of_paper(paper: PaperFacts) -> Iterable[Finding]:
    if paper.is_quarantined:
        yield Finding(PAPER_HELD, "error", {"name": paper.name}, paper.name)
    if paper.is_document and paper.status != "posted":
        yield Finding(PAPER_GONE, "error", {"name": paper.name, "status": paper.status}, paper.name)
    elif paper.is_document and paper.part != paper.newest:
        told = {"name": paper.name, "part": paper.part or "the original", "now": paper.newest}
        yield Finding(PAPER_OLD, "warning", told, paper.name)


def _of_letters(facts: StatementFacts) -> Iterable[Finding]:
    """Mail takes only so much; between groups here nothing travels."""
    if any(not to.is_group for to in facts.addressees) and facts.letter_bytes > facts.letter_mb * MEGABYTE:
        size = round(facts.letter_bytes / MEGABYTE, 1)
        yield Finding(TOO_HEAVY, "error", {"size_mb": size, "most_mb": facts.letter_mb})


def exposures(papers: Sequence[PaperFacts], addressees: Sequence[AddresseeFacts]) -> Iterable[Finding]:
    """Each document with whom it would be shown to that may not read it."""
    for paper in papers:
        names = [to.name for to in addressees if paper.is_document and not reaches(paper.audience, to)]
        if names:
            told = {"paper": paper.name, "readers": paper.audience, "names": ", ".join(names)}
            yield Finding(EXPOSES, "warning", told, paper.name)


def reaches(audience: str, to: AddresseeFacts) -> bool:
    """Whether the addressee's people may read what has that label anyway. Source: domain 1.7, 8.3."""
    if audience == "public":
        return True
    if not to.is_group or not to.label:
        return False
    is_of_groups = audience in ("T", "R", "D") or audience[:2] in ("T/", "R/", "D/")
    return audience == to.label or (is_of_groups and audience[0] == to.label[0])
