"""What a number names: identifiers in any spelling, group codes, former names, numbers of other organisations.

Answered from the database, not from the index.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.text import one_line
from sgdocs.documents import queries as documents
from sgdocs.documents.rules import shown_title
from sgdocs.groups import queries as groups
from sgdocs.identifiers import PAPERS, Kind, Reason, Suggestion, format, sloppy
from sgdocs.liaison import queries as liaison
from sgdocs.meetings import queries as meetings
from sgdocs.recommendations import queries as recommendations
from sgdocs.recommendations.queries import Found
from sgdocs.search import records
from sgdocs.search.document_records import DOCUMENT
from sgdocs.search.liaison_records import STATEMENT
from sgdocs.search.work_records import WORK_ITEM
from sgdocs.work_programme import queries as work_programme

LONGEST = 120
MOST = 12
MOST_DOCUMENTS = 6
_MEETING = re.compile(r"[TRDtrd]\d\d-[A-Za-z0-9-]{2,60}-\d{6}(-\d{1,2})?", re.ASCII)
_ITEM = re.compile(r"\d{1,9}-\S+|(?=.*[^\W\d_])[\w.\[\]+&-]+(?: [\w.\[\]+&-]+){0,3}")
_LIAISON = re.compile(r"(?=.*\d)[\w./() –-]{4,60}")
_NUMBERED = re.compile(r"(?=\S*[A-Za-z])(?=\S*\d)[\w.!()-]{1,40}(?:/[\w.!()-]{1,20}){0,3}")


@dataclass(frozen=True)
class Target:
    """A record that the words name. what: table; id: its row; address: of its page, or a group's path.

    why: exact, spelling, sector, misread, equivalent, former, work-item, liaison, document, meeting or group; text: of which text, "" of the family.
    """

    what: str
    id: int
    identifier: str
    title: str
    address: str
    why: str
    text_id: int | None = None

    @property
    def key(self) -> str:
        return f"{self.what}:{self.id}"


@dataclass(frozen=True)
class Resolution:
    """What was typed, how it was read, and what it names. certain: one target, so that one may go there at once."""

    typed: str
    readings: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def certain(self) -> bool:
        return len(self.targets) == 1


def resolve(act: Act, typed: str, *, sector: str | None = None) -> Resolution:
    """The records that a number, code or name means, the likeliest first; none for ordinary words.

    Costs a few small queries for each reading.
    """
    words = one_line(typed)
    if not words or len(words) > LONGEST:
        return Resolution(typed)
    suggestions = sloppy(words, sector=sector)
    found = [target for each in suggestions for target in _named(act, each)]
    found += [_target(Found(family), "former") for family in recommendations.by_names(act, [words])]
    found += [] if found else _work_items(act, words, suggestions)
    statements, theirs = _statements(act, words)
    found += statements
    found += [each for each in _documents(act, words, suggestions) if each.id not in theirs]
    found += _meetings(act, words)
    found += _groups(act, words)
    unique = {(target.key, target.text_id): target for target in reversed(found)}
    ordered = [unique.pop((target.key, target.text_id)) for target in found if (target.key, target.text_id) in unique]
    return Resolution(typed, tuple(format(each.identifier) for each in suggestions), tuple(ordered[:MOST]))


def _named(act: Act, suggestion: Suggestion) -> list[Target]:
    identifier, why = suggestion.identifier, suggestion.reason.value
    if identifier.kind in PAPERS:
        return []
    if suggestion.reason is Reason.EQUIVALENT:
        return [_target(Found(family), why) for family in recommendations.by_equivalent(act, identifier.code or "")]
    found = recommendations.by_identifier(act, identifier)
    if found is not None:
        return [_target(found, why)]
    return [_target(Found(family), why) for family in recommendations.by_number(act, identifier)]


def _work_items(act: Act, words: str, suggestions: Sequence[Suggestion]) -> list[Target]:
    """Work items by any name they have or had, at work first. A Recommendation of that name goes before: its page names
    the work. Words without a point or number cost no query.
    """
    codes = [each.identifier.code or "" for each in suggestions if each.identifier.kind is Kind.WORK_ITEM]
    is_name = _ITEM.fullmatch(words) is not None and re.search(r"[\d.]", words) is not None
    numbered = work_programme.find(act, words) if is_name and re.match(r"\d+-", words) else None
    rows = [numbered] if numbered else []
    for name in dict.fromkeys((words, *codes) if is_name else codes):
        rows += work_programme.named(act, name)
    unique = {row.id: row for row in rows}
    return [
        Target(WORK_ITEM, row.id or 0, row.acronym, row.title, f"/wi/{work_programme.handle(row)}", "work-item")
        for row in unique.values()
    ]


def _statements(act: Act, words: str) -> tuple[list[Target], set[int | None]]:
    """The liaison statements that bear this number (ours, or their senders'), the newest first, with the documents that are
    they. Several have their permanent names, which say the period.

    The number of the document as which a group filed it leads to that document. Words without a digit cost no query.
    """
    rows = liaison.numbered(act, words) if _LIAISON.fullmatch(words) else []
    targets = [
        Target(
            STATEMENT,
            row.id or 0,
            row.label if len(rows) == 1 else row.name,
            row.title,
            f"/liaison/{row.name}",
            "liaison",
        )
        for row in rows
    ]
    return targets, {row.document_id for row in rows}


def _documents(act: Act, words: str, suggestions: Sequence[Suggestion]) -> list[Target]:
    """Documents by number, the present period's first. Words that look like no number cost no query."""
    paper = any(each.identifier.kind in PAPERS for each in suggestions)
    if not paper and not _NUMBERED.fullmatch(words):
        return []
    return [
        Target(DOCUMENT, row.id or 0, row.name, shown_title(row.status, row.title), f"/doc/{row.name}", "document")
        for row in documents.alike(act, words)[:MOST_DOCUMENTS]
    ]


def _meetings(act: Act, words: str) -> list[Target]:
    """The meeting of a code, `t25-sg15-261109`. Words that look like none cost no query."""
    row = meetings.find(act, words) if _MEETING.fullmatch(words) else None
    return [Target("meeting", row.id or 0, row.code, row.title, f"/meeting/{row.code}", "meeting")] if row else []


def _groups(act: Act, words: str) -> list[Target]:
    found = groups.resolve(act.session, words, geneva_day(act.now))
    return [Target(records.GROUP, group.id or 0, group.label, "", group.path, "group") for group in found[:MOST]]


def _target(found: Found, why: str) -> Target:
    family, text = found.family, found.text
    return Target(
        records.FAMILY,
        family.id or 0,
        text.identifier if text else family.number,
        (text.title if text else "") or family.title,
        text.address if text else family.address,
        why,
        text.id if text else None,
    )
