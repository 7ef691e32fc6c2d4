"""The filters of a list of work items as conditions. Source: domain 3.1 (filters of the live page)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import GENEVA
from sgdocs.base.text import clean, one_line
from sgdocs.documents import listing as documents
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.queries import audiences
from sgdocs.people.models import Person
from sgdocs.work_programme.models import ItemBase, ItemEditor, ItemName, ItemStep, Supporter, WorkItem
from sgdocs.work_programme.rules import ACTIVE, ItemStatus, name_key

CONSENTED: Final = (ItemStatus.CONSENTED, ItemStatus.DETERMINED, ItemStatus.ADOPTED)
APPROVED: Final = (ItemStatus.APPROVED, ItemStatus.AGREED)


def visible(act: Act) -> ColumnElement[bool]:
    """The condition on items that the actor may read. The work programme is public: domain 8.3."""
    return col(WorkItem.audience).in_(audiences(act))


@dataclass(frozen=True)
class ItemFilter:
    """What a list is asked for; "" , None and () ask nothing. Source: domain 3.1 (filters of the live page).

    q: words in name, title or summary; acronym: also former names and numbers given; group_ids: groups whose items are
    meant; question_ids, working_party_ids: of Questions and the working parties they are allocated to; statuses: of
    rules.ItemStatus; is_active: at work; days are Geneva days, both ends included; base: words in the base texts (a
    document's number or title, as far as the actor may read it, or a note); editor, supporter: words in a name.
    """

    q: str = ""
    acronym: str = ""
    title: str = ""
    summary: str = ""
    base: str = ""
    editor: str = ""
    supporter: str = ""
    liaison: str = ""
    sector: str = ""
    period: str = ""
    kinds: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    is_active: bool | None = None
    group_ids: tuple[int, ...] | None = None
    question_ids: tuple[int, ...] | None = None
    working_party_ids: tuple[int, ...] | None = None
    editor_id: int | None = None
    organisation_id: int | None = None
    registered_since: date | None = None
    consented_from: date | None = None
    consented_to: date | None = None
    approved_from: date | None = None
    approved_to: date | None = None
    timing_from: date | None = None
    timing_to: date | None = None
    numbers: tuple[int, ...] | None = None


def conditions_of(act: Act, asked: ItemFilter) -> list[ColumnElement[bool]]:
    w = _cleaned(asked)
    found: list[ColumnElement[bool]] = []
    for column, values in (
        (WorkItem.kind, w.kinds), (WorkItem.version, w.versions), (WorkItem.process, w.processes),
        (WorkItem.status, w.statuses), (WorkItem.stage, w.stages), (WorkItem.priority, w.priorities),
    ):  # fmt: skip
        if values:
            found.append(col(column).in_(values))
    if w.sector:
        found.append(col(WorkItem.sector) == w.sector)
    if w.is_active is not None:
        found.append(col(WorkItem.status).in_(ACTIVE) if w.is_active else col(WorkItem.status).not_in(ACTIVE))
    return [*found, *_places(w), *_words(act, w), *_days(w), *_people(w)]


def _cleaned(asked: ItemFilter) -> ItemFilter:
    """Words that come from an address may hold anything; PostgreSQL refuses NUL."""
    words: dict[str, Any] = {}
    for each in fields(asked):
        value = getattr(asked, each.name)
        if isinstance(value, str):
            words[each.name] = one_line(value)[:200]
        elif isinstance(value, tuple):
            words[each.name] = tuple(clean(one) if isinstance(one, str) else one for one in value)
    return replace(asked, **words)


def _places(w: ItemFilter) -> list[ColumnElement[bool]]:
    """Group, Question, working party, period."""
    found: list[ColumnElement[bool]] = []
    if w.numbers is not None:
        found.append(col(WorkItem.number).in_(w.numbers))
    if w.group_ids is not None:
        found.append(col(WorkItem.group_id).in_(w.group_ids))
    if w.question_ids is not None:
        found.append(col(WorkItem.question_id).in_(w.question_ids))
    if w.working_party_ids is not None:
        of = select(Group.id).where(col(Group.working_party_id).in_(w.working_party_ids))
        found.append(or_(col(WorkItem.question_id).in_(of), col(WorkItem.group_id).in_(w.working_party_ids)))
    if w.period:
        found.append(col(WorkItem.period_id).in_(select(StudyPeriod.id).where(StudyPeriod.code == w.period.upper())))
    return found


def _words(act: Act, w: ItemFilter) -> list[ColumnElement[bool]]:
    found = [
        _any(word, WorkItem.acronym, WorkItem.title, WorkItem.summary, WorkItem.identifier) for word in w.q.split()[:8]
    ]
    if w.acronym:
        named = select(ItemName.work_item_id).where(col(ItemName.key).contains(name_key(w.acronym), autoescape=True))
        found.append(col(WorkItem.id).in_(named))
    found += [_any(word, WorkItem.title) for word in w.title.split()[:8]]
    found += [_any(word, WorkItem.summary, WorkItem.scope) for word in w.summary.split()[:8]]
    found += [_based(act, word) for word in w.base.split()[:4]]
    if w.liaison:
        found.append(_in_json(WorkItem.liaison_to, w.liaison))
    return found


def _any(word: str, *places: Any) -> ColumnElement[bool]:
    """The word as typed, or in small letters (SQLite knows those of ASCII alone)."""
    low = word.lower()
    ways = [func.lower(col(place)).contains(low, autoescape=True) for place in places]
    if low != word:
        ways += [col(place).contains(word, autoescape=True) for place in places]
    return or_(*ways)


def _in_json(place: Any, words: str) -> ColumnElement[bool]:
    """Words in a list that is kept as JSON: its text on both databases. Only ASCII is found whatever its spelling."""
    return func.lower(cast(col(place), String)).contains(words.lower(), autoescape=True)


def _based(act: Act, word: str) -> ColumnElement[bool]:
    """Base texts of which the actor may read the document, and notes on these and on what is no document."""
    papers = select(Document.id).where(_any(word, Document.label, Document.title), documents.visible(act))
    read = select(Document.id).where(documents.visible(act))
    is_told = or_(col(ItemBase.document_id).is_(None), col(ItemBase.document_id).in_(read))
    of_notes = and_(_any(word, ItemBase.note), is_told)
    noted = select(ItemBase.work_item_id).where(or_(of_notes, col(ItemBase.document_id).in_(papers)))
    return col(WorkItem.id).in_(noted)


def _people(w: ItemFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in w.editor.split()[:4]:
        known = select(Person.id).where(_any(word, Person.name))
        named = or_(_any(word, ItemEditor.name), col(ItemEditor.person_id).in_(known))
        found.append(col(WorkItem.id).in_(select(ItemEditor.work_item_id).where(named)))
    if w.editor_id is not None:
        own = select(ItemEditor.work_item_id).where(ItemEditor.person_id == w.editor_id)
        found.append(col(WorkItem.id).in_(own))
    for word in w.supporter.split()[:4]:
        found.append(col(WorkItem.id).in_(select(Supporter.work_item_id).where(_any(word, Supporter.name))))
    if w.organisation_id is not None:
        theirs = select(Supporter.work_item_id).where(Supporter.organisation_id == w.organisation_id)
        found.append(col(WorkItem.id).in_(theirs))
    return found


def _days(w: ItemFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if w.registered_since is not None:
        start = datetime.combine(w.registered_since, datetime.min.time(), tzinfo=GENEVA)
        found.append(col(WorkItem.registered_at) >= start)
    for first, last, statuses in (
        (w.consented_from, w.consented_to, CONSENTED),
        (w.approved_from, w.approved_to, APPROVED),
    ):
        if first is not None or last is not None:
            found.append(col(WorkItem.id).in_(_stepped(first, last, statuses)))
    if w.timing_from is not None:
        found.append(col(WorkItem.timing_on) >= w.timing_from)
    if w.timing_to is not None:
        found.append(col(WorkItem.timing_on) <= w.timing_to)
    return found


def _stepped(first: date | None, last: date | None, statuses: Sequence[str]) -> Select[Any]:
    """Items that took one of the statuses between two days."""
    took = columns(col(ItemStep.work_item_id)).where(col(ItemStep.status).in_(statuses))
    if first is not None:
        took = took.where(col(ItemStep.happened_on) >= first)
    return took.where(col(ItemStep.happened_on) <= last) if last is not None else took
