"""The facts of journal entries as people read them: names, labels, roles, days. For `sentences`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.roles import OFFICERS
from sgdocs.i18n import Language
from sgdocs.journal.models import Entry
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category
from sgdocs.policy import audiences
from sgdocs.web import liaison_sentences, meeting_words, work_sentences
from sgdocs.web.pages.people import CATEGORIES
from sgdocs.web.roles import word_of
from sgdocs.web.sentences import FIELDS, PLENARY

DAYS = ("starts_on", "ends_on", "on")
PATHS = ("by", "of", "to", "continues", "group")
NAMED = ("groups.", "people.", "organisations.")


@dataclass(frozen=True)
class Names:
    """What stands behind ids and paths in the facts. people: those alone whom the reader may see."""

    people: Mapping[int, str]
    groups: Mapping[object, str]
    organisations: Mapping[int, str]


def names_of(act: Act, entries: Sequence[Entry]) -> Names:
    """The names that the entries need. Costs up to three SQL queries, none for what no entry names."""
    ours = [entry for entry in entries if entry.verb.startswith(NAMED)]
    members = "members" in audiences(act.actor)
    people = {_id(e.facts.get("person_id")) for e in ours if members or e.facts.get("role") in OFFICERS} - {0}
    paths = {str(e.facts[key]) for e in ours for key in PATHS if e.facts.get(key)}
    groups = {e.group_id for e in ours if e.group_id}
    entities = {_id(e.facts.get("organisation")) for e in ours} - {0}
    return Names(
        _people(act, people) if people else {},
        _labels(act, paths, groups) if paths or groups else {},
        _entities(act, entities) if entities else {},
    )


def _people(act: Act, ids: Iterable[int]) -> dict[int, str]:
    found = select(Person.id, Person.name).where(col(Person.id).in_(ids))
    return {id: name for id, name in act.session.exec(found) if id is not None}


def _labels(act: Act, paths: Iterable[str], ids: Iterable[int]) -> dict[object, str]:
    """Labels of groups by path and by id."""
    found = select(Group.id, Group.path, Group.label).where(col(Group.path).in_(paths) | col(Group.id).in_(ids))
    rows = act.session.exec(found).all()
    return {path: label for _, path, label in rows} | {id: label for id, _, label in rows}


def _entities(act: Act, ids: Iterable[int]) -> dict[int, str]:
    found = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    return {id: name for id, name in act.session.exec(found) if id is not None}


def facts_of(spoken: Language, entry: Entry, names: Names) -> dict[str, str]:
    """The facts of an entry as words of that language; what is empty or not for the reader is left out."""
    if entry.verb.startswith("work."):
        return work_sentences.facts_of(spoken, entry)
    if entry.verb.startswith("liaison."):
        return liaison_sentences.facts_of(spoken, entry)
    given: Mapping[str, object] = entry.facts
    told = {key: value for key, value in given.items() if isinstance(value, str)}
    told |= {key: _day(spoken, told[key]) for key in DAYS if told.get(key)}
    told |= {key: names.groups.get(told[key], told[key]) for key in PATHS if told.get(key)}
    if told.get("to") == "plenary":
        told["to"] = PLENARY
    if "role" in given:
        told["role"] = _small(spoken.say(word_of(str(given["role"]))))
        told["name"] = names.people.get(_id(given.get("person_id")), "")
        told["group"] = names.groups.get(entry.group_id, "")
    if _id(given.get("organisation")):
        told["organisation"] = names.organisations.get(_id(given["organisation"]), "")
    if told.get("category") in set(Category):
        told["category"] = _small(spoken.say(CATEGORIES[Category(told["category"])]))
    if entry.verb.startswith("meetings.deadline"):
        told["deadline"] = spoken.say(meeting_words.deadline(told.get("rule", "")))
    for key in ("fields", "changed"):
        told[key] = _fields(spoken, given.get(key))
    titles = given.get("titles")
    if isinstance(titles, dict):
        told["titles"] = "; ".join(f"{period}: {title}" for period, title in titles.items() if title)
    return told


def _fields(spoken: Language, named: object) -> str:
    """`the name and the country`, from names of fields."""
    known = [FIELDS[str(each)] for each in named if str(each) in FIELDS] if isinstance(named, list | dict) else []
    return format_list([spoken.say(each) for each in dict.fromkeys(known)], locale=spoken.locale) if known else ""


def _day(spoken: Language, given: str) -> str:
    try:
        return format_date(date.fromisoformat(given), "medium", spoken.locale)
    except ValueError:
        return given


def _small(words: str) -> str:
    """A word of a list inside a sentence: `Chair` is `chair`; `ITU …` stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _id(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
