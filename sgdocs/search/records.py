"""Rows as records of the index: one function for each kind. Plain columns, few queries, any number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs.base.clock import geneva_day, now
from sgdocs.groups.models import Appointment, Group, GroupTerm, StudyPeriod
from sgdocs.groups.queries import in_force
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Role
from sgdocs.recommendations.models import Equivalent, Family, Name, Summary, Text
from sgdocs.recommendations.rules import CHANGES, IN_FORCE, OUT_OF_FORCE, Kind, Status, span_of
from sgdocs.search.engine import PUBLIC, Record, Standing

FAMILY, TEXT, GROUP, PERSON, ORGANISATION = "recommendation", "recommendation_text", "group", "person", "organisation"
NO_OFFICE = (Role.DELEGATE, Role.GUEST)
CHUNK = 500
Ids = Collection[int] | None


def everything(session: Session) -> Iterator[Record]:
    """Every record there should be. Reads in pieces: memory stays small."""
    yield from of_texts(session)
    yield from of_groups(session)
    yield from of_people(session)
    yield from of_organisations(session)


def of_texts(session: Session, family_ids: Ids = None) -> Iterator[Record]:
    """The texts of these families, or of all."""
    ids = family_ids if family_ids is not None else session.exec(select(Family.id)).all()
    wanted = sorted(id for id in ids if id is not None)
    for start in range(0, len(wanted), CHUNK):
        yield from _texts(session, wanted[start : start + CHUNK])


def _texts(session: Session, ids: list[int]) -> Iterator[Record]:
    names = _many(session, select(Name.family_id, Name.name).where(col(Name.family_id).in_(ids)))
    of_text = select(Text.id).where(col(Text.family_id).in_(ids))
    twins = _many(session, select(Equivalent.text_id, Equivalent.number).where(col(Equivalent.text_id).in_(of_text)))
    summaries: dict[int, dict[str, str]] = defaultdict(dict)
    found = select(Summary.text_id, Summary.language, Summary.summary).where(col(Summary.text_id).in_(of_text))
    for text_id, language, words in session.exec(found):
        summaries[text_id][language] = words
    texts = select(Text, Family).join(Family, col(Family.id) == Text.family_id).where(col(Text.family_id).in_(ids))
    rows = session.exec(texts).all()
    titles = {text.id: text.title for text, _ in rows}
    for text, family in rows:
        title = text.title or titles.get(text.modifies_id, "")
        numbers = (*text.numbers, *family.numbers, *twins[text.id or 0])
        record = _text(text, family, title, numbers)
        yield replace(record, names=tuple(names[text.family_id]), bodies=summaries.get(text.id or 0, {}))


def _text(text: Text, family: Family, title: str, numbers: tuple[str, ...]) -> Record:
    """title: its own, or that of the text it changes: most corrigenda have none."""
    titles = {"en": title} | text.titles if title else dict(text.titles)
    return Record(
        key=f"{TEXT}:{text.id}",
        family=f"{FAMILY}:{text.family_id}",
        kind=text.kind,
        identifier=text.identifier,
        audience=text.audience,
        numbers=numbers,
        titles=titles,
        facets={
            "sector": (family.sector,),
            "kind": (text.kind,),
            "series": (family.series,) if family.series else (),
            "status": (text.status,),
            "group": (text.study_group or family.study_group,) if text.study_group or family.study_group else (),
            "year": (str(text.year),) if text.year else (),
            "language": tuple(text.languages.split()),
        },
        standing=_standing(text, family),
        day=_day(text.approved),
    )


def _standing(text: Text, family: Family) -> Standing:
    if text.status in IN_FORCE:
        return Standing.IN_FORCE_PART if text.kind in CHANGES else Standing.IN_FORCE
    if text.status == Status.WITHDRAWN:
        return Standing.WITHDRAWN
    if text.status in OUT_OF_FORCE:
        return Standing.SUPERSEDED
    if text.id == family.latest_id and text.kind != Kind.DRAFT:
        return Standing.CURRENT
    return Standing.UNKNOWN


def _day(approved: str) -> date | None:
    """The first day that a date as given may mean."""
    span = span_of(approved)
    return span.first if span else None


def of_groups(session: Session, ids: Ids = None) -> Iterator[Record]:
    """Groups with their titles of all periods; the newest title comes first."""
    terms: dict[int, list[GroupTerm]] = defaultdict(list)
    newest_first = select(GroupTerm).join(StudyPeriod, col(StudyPeriod.id) == GroupTerm.period_id)
    for term in session.exec(_among(newest_first, GroupTerm.group_id, ids).order_by(col(StudyPeriod.starts_on).desc())):
        terms[term.group_id].append(term)
    for group in session.exec(_among(select(Group), Group.id, ids)):
        yield _group(group, terms[group.id or 0])


def _group(group: Group, terms: list[GroupTerm]) -> Record:
    titles = {"en": terms[0].title, **terms[0].titles} if terms else {}
    return Record(
        key=f"{GROUP}:{group.id}",
        family=f"{GROUP}:{group.id}",
        kind="group",
        identifier=group.label,
        numbers=(group.code, group.path),
        titles={language: title for language, title in titles.items() if title},
        names=tuple(dict.fromkeys(term.title for term in terms[1:] if term.title)),
        bodies={"en": terms[0].mandate} if terms and terms[0].mandate else {},
        facets={"sector": (group.sector,), "kind": ("group",), "group": (group.code,)},
        standing=Standing.WITHDRAWN if group.ends_on else Standing.CURRENT,
        day=group.starts_on,
    )


def of_people(session: Session, ids: Ids = None, on: date | None = None) -> Iterator[Record]:
    """People who are still here. Who holds an office is public (lists of officers are), others are for members.

    on: the day, today unless told. Source: domain 8.3.
    """
    offices: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    held = select(Appointment.person_id, Appointment.role, Group.code, Group.sector)
    held = held.join(Group, col(Group.id) == Appointment.group_id).where(*in_force(on or geneva_day(now())))
    for person_id, role, code, sector in session.exec(_among(held, Appointment.person_id, ids)):
        offices[person_id].append((role, code, sector))
    found = select(Person, Organisation).outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
    for person, organisation in session.exec(_among(found.where(col(Person.left_at).is_(None)), Person.id, ids)):
        yield _person(person, organisation, offices[person.id or 0])


def offices(on: date) -> SelectOfScalar[int]:
    """Ids of the people who hold an office on that day: lists of officers are public."""
    held = select(Appointment.person_id).where(*in_force(on))
    return held.where(col(Appointment.group_id).is_not(None), col(Appointment.role).not_in(NO_OFFICE))


def _person(person: Person, organisation: Organisation | None, offices: list[tuple[str, str, str]]) -> Record:
    public = [held for held in offices if held[0] not in NO_OFFICE]
    offices = public or offices
    entity = (organisation.name, organisation.acronym) if organisation else ()
    return Record(
        key=f"{PERSON}:{person.id}",
        family=f"{PERSON}:{person.id}",
        kind="person",
        identifier=person.name,
        audience=PUBLIC if public else "members",
        titles={person.language: person.name},
        bodies={"en": " · ".join([*(f"{role} {code}" for role, code, _ in offices), *entity])},
        facets={
            "kind": ("person",),
            "group": tuple(dict.fromkeys(code for _, code, _ in offices)),
            "sector": tuple(dict.fromkeys(sector for _, _, sector in offices)),
        },
        standing=Standing.CURRENT,
    )


def of_organisations(session: Session, ids: Ids = None) -> Iterator[Record]:
    """Member entities and other bodies."""
    for organisation in session.exec(_among(select(Organisation), Organisation.id, ids)):
        yield Record(
            key=f"{ORGANISATION}:{organisation.id}",
            family=f"{ORGANISATION}:{organisation.id}",
            kind="organisation",
            identifier=organisation.acronym or organisation.name,
            numbers=(organisation.acronym,) if organisation.acronym else (),
            titles={"en": organisation.name},
            facets={"kind": ("organisation",)},
            standing=Standing.CURRENT,
        )


def _among(found: Any, column: Any, ids: Ids) -> Any:
    return found if ids is None else found.where(column.in_(sorted(ids)))


def _many(session: Session, found: Any) -> dict[int, list[str]]:
    many: dict[int, list[str]] = defaultdict(list)
    for key, value in session.exec(found):
        many[key].append(value)
    return many
