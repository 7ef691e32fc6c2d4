"""Journal entries as lines that people read: when, what, on what, by whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Kind
from sgdocs.groups.models import Group
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import audiences
from sgdocs.recommendations.models import Family, Text
from sgdocs.web import paper_subjects, urls
from sgdocs.web.particulars import facts_of, names_of
from sgdocs.web.render import language_of
from sgdocs.web.sentences import sentence


@dataclass(frozen=True)
class Subject:
    """What an entry is about. id: in the style of identifiers, may be ""; title may be ""."""

    id: str
    title: str
    href: str


@dataclass(frozen=True)
class Line:
    """who: name of the person for members, else "" (a history is public, its people are not)."""

    at: datetime
    verb: str
    says: str
    who: str
    subject: Subject | None
    entry: Entry


def lines(request: Request, act: Act, entries: Sequence[Entry]) -> list[Line]:
    """The entries as lines, in their order.

    Costs one SQL query for each kind of subject, one for who acted, and up to three for particulars.
    """
    spoken = language_of(request)
    subjects = _subjects(act, entries)
    names = _names(act, entries)
    known = names_of(act, entries)
    return [
        Line(
            entry.at,
            entry.verb,
            sentence(spoken, entry.verb, facts_of(spoken, entry, known)),
            names.get(entry.actor_id or 0, "") if entry.actor_kind == Kind.PERSON else "sgdocs",
            subjects.get((entry.subject_kind, entry.subject_id)),
            entry,
        )
        for entry in entries
    ]


def _names(act: Act, entries: Iterable[Entry]) -> dict[int, str]:
    if "members" not in audiences(act.actor):
        return {}
    ids = {entry.actor_id for entry in entries if entry.actor_id is not None}
    found = select(Person.id, Person.name).where(col(Person.id).in_(ids))
    return {id: name for id, name in act.session.exec(found) if id is not None} if ids else {}


def _subjects(act: Act, entries: Iterable[Entry]) -> dict[tuple[str, int], Subject]:
    ids: dict[str, set[int]] = {}
    for entry in entries:
        ids.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    found = {
        (kind, id): subject
        for kind, some in ids.items()
        if kind in _LOADERS
        for id, subject in _LOADERS[kind](act.session, some).items()
    }
    papers = {
        (kind, id): Subject(*told)
        for kind, some in ids.items()
        if kind in paper_subjects.LOADERS
        for id, told in paper_subjects.LOADERS[kind](act, some).items()
    }
    return found | papers


def _families(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Family.id, Family.number, Family.title, Family.address).where(col(Family.id).in_(ids))
    return {id: Subject(number, title, "/" + at.lstrip("/")) for id, number, title, at in session.exec(found) if id}


def _texts(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Text.id, Text.identifier, Text.title, Text.address).where(col(Text.id).in_(ids))
    return {id: Subject(number, title, "/" + at.lstrip("/")) for id, number, title, at in session.exec(found) if id}


def _groups(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Group.id, Group.label, Group.path).where(col(Group.id).in_(ids))
    return {id: Subject(label, "", urls.group(path)) for id, label, path in session.exec(found) if id}


def _people(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Person.id, Person.name, Person.slug).where(col(Person.id).in_(ids))
    return {id: Subject("", name, urls.person(slug)) for id, name, slug in session.exec(found) if id}


def _organisations(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Organisation.id, Organisation.name, Organisation.slug).where(col(Organisation.id).in_(ids))
    return {id: Subject("", name, urls.path("organisation", slug)) for id, name, slug in session.exec(found) if id}


def _meetings(session: Session, ids: Iterable[int]) -> dict[int, Subject]:
    found = select(Meeting.id, Meeting.code, Meeting.title).where(col(Meeting.id).in_(ids))
    return {id: Subject(code, title, urls.meeting(code)) for id, code, title in session.exec(found) if id}


_LOADERS: Mapping[str, Callable[[Session, Iterable[int]], dict[int, Subject]]] = {
    "recommendation": _families,
    "recommendation_text": _texts,
    "group": _groups,
    "meeting": _meetings,
    "person": _people,
    "organisation": _organisations,
}
