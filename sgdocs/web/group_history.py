"""The history of a group in words: what was done, to whom, with which reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.groups.roles import OFFICERS
from sgdocs.journal.models import Entry
from sgdocs.people.models import Person
from sgdocs.web.history import lines
from sgdocs.web.render import language_of
from sgdocs.web.roles import word_of


@dataclass(frozen=True)
class GroupLine:
    """One line, as `ui.history` shows it."""

    at: datetime
    says: str
    who: str


def group_lines(request: Request, act: Act, entries: Sequence[Entry]) -> list[GroupLine]:
    """The entries as lines with their particulars. Costs two queries more than `lines`."""
    names = _names(act, entries)
    spoken = language_of(request)
    shown: list[GroupLine] = []
    for line in lines(request, act, entries):
        facts: Mapping[str, object] = line.entry.facts
        role = spoken.say(word_of(str(facts["role"]))) if "role" in facts else ""
        name = names.get(_id(facts.get("person_id")), "")
        told = [name, role, *(str(facts[key]) for key in PARTICULARS if facts.get(key))]
        detail = ", ".join(part for part in told if part)
        shown.append(GroupLine(line.at, f"{line.says}: {detail}" if detail else line.says, line.who))
    return shown


PARTICULARS = ("title", "period", "by", "of", "to", "continues", "starts_on", "ends_on", "on", "reason")


def _names(act: Act, entries: Sequence[Entry]) -> dict[int, str]:
    """Names of those whom a role was given: of officers for everybody, of delegates and guests for members."""
    members = "members" in policy.audiences(act.actor)
    ids = {_id(e.facts.get("person_id")) for e in entries if members or e.facts.get("role") in OFFICERS}
    found = select(Person.id, Person.name).where(col(Person.id).in_(ids - {0}))
    return {id: name for id, name in act.session.exec(found) if id is not None}


def _id(value: object) -> int:
    return value if isinstance(value, int) else 0
