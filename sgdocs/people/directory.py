"""The directory: who is here, by family name, with the words and filters that it is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.base.text import folded
from sgdocs.people.models import Interest, Organisation, Person

MOST_WORDS = 8


@dataclass(frozen=True)
class Listed:
    """One row of the directory."""

    person: Person
    organisation: Organisation | None


@dataclass(frozen=True)
class PeopleFilter:
    """What the directory is asked for; of several values one is enough, and every filter must hold.

    q: words in name, position, organisation or fields of interest; interests: folded words of a field of interest.
    """

    q: str = ""
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()


Among = Sequence[SelectOfScalar[int]]


def directory(act: Act, wanted: PeopleFilter, *, among: Among = (), number: int = 1, size: int = 50) -> Page[Listed]:
    """People who are here, by family name. Every word must be found. Two queries.

    among: ids of those who may be shown, or who are asked for besides; a person must be in each.
    """
    total = _count(act.session, wanted, among)
    ordered = _wanted(wanted, among).order_by(col(Person.sort_name), col(Person.id))
    rows = act.session.exec(ordered.offset((number - 1) * size).limit(size)).all()
    return Page([Listed(person, organisation) for person, organisation in rows], total, number, size)


def directory_after(
    act: Act, wanted: PeopleFilter, *, after: tuple[str, int] | None, limit: int, among: Among = ()
) -> tuple[list[Listed], int]:
    """The rows after one with that (sort_name, id), and how many there are in all."""
    total = _count(act.session, wanted, among)
    found = _wanted(wanted, among)
    if after is not None:
        name, id = after
        found = found.where(or_(col(Person.sort_name) > name, and_(col(Person.sort_name) == name, col(Person.id) > id)))
    rows = act.session.exec(found.order_by(col(Person.sort_name), col(Person.id)).limit(limit)).all()
    return [Listed(person, organisation) for person, organisation in rows], total


def _count(session: Session, wanted: PeopleFilter, among: Among) -> int:
    return session.exec(select(func.count(col(Person.id))).where(*_conditions(wanted, among))).one()


def _wanted(wanted: PeopleFilter, among: Among) -> Select[Person, Organisation]:
    return (
        select(Person, Organisation)
        .join(Organisation, col(Organisation.id) == Person.organisation_id, isouter=True)
        .where(*_conditions(wanted, among))
    )


def _conditions(wanted: PeopleFilter, among: Among) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Person.left_at).is_(None), *(col(Person.id).in_(ids) for ids in among)]
    found += [_has_word(word) for word in folded(wanted.q).split()[:MOST_WORDS]]
    if wanted.categories:
        of_kind = select(Organisation.id).where(col(Organisation.category).in_(wanted.categories))
        found.append(col(Person.organisation_id).in_(of_kind))
    if wanted.countries:
        found.append(col(Person.country).in_(wanted.countries))
    if wanted.organisation_ids:
        found.append(col(Person.organisation_id).in_(wanted.organisation_ids))
    if wanted.languages:
        spoken = cast(col(Person.languages), String)
        found.append(or_(*(spoken.contains(f'"{code}"', autoescape=True) for code in wanted.languages)))
    if wanted.interests:
        found.append(or_(*(col(Person.id).in_(_interested(words)) for words in wanted.interests)))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    """The entities are asked once for each word, not once for each person: they are a few hundred."""
    entities = select(Organisation.id).where(
        or_(
            func.lower(Organisation.name).contains(word, autoescape=True),
            func.lower(Organisation.acronym).contains(word, autoescape=True),
        )
    )
    return or_(
        col(Person.sort_name).contains(word, autoescape=True),
        func.lower(Person.position).contains(word, autoescape=True),
        col(Person.organisation_id).in_(entities),
        col(Person.id).in_(_interested(word)),
    )


def _interested(words: str) -> SelectOfScalar[int]:
    return select(Interest.person_id).where(col(Interest.key).contains(words, autoescape=True))


def interests_of(session: Session, person_ids: Iterable[int]) -> dict[int, list[str]]:
    """Fields of interest, in the words of each person. One query."""
    found: dict[int, list[str]] = {}
    rows = select(Interest).where(col(Interest.person_id).in_(list(person_ids))).order_by(col(Interest.key))
    for row in session.exec(rows):
        found.setdefault(row.person_id, []).append(row.words)
    return found


def interests_known(session: Session, *, limit: int = 200) -> list[str]:
    """The fields that most people name, to choose from."""
    named = select(func.min(Interest.words)).group_by(col(Interest.key))
    return list(session.exec(named.order_by(func.count().desc(), col(Interest.key)).limit(limit)))
