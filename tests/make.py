"""Builders with defaults: say only what matters. `make` writes rows in the transaction of `act`."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import count
from typing import Any

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, SQLModel, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.groups import rules
from sgdocs.groups.codes import key
from sgdocs.groups.models import Appointment, Group, GroupTerm, Membership, StudyPeriod
from sgdocs.groups.queries import actor_for
from sgdocs.groups.rules import GroupKind
from sgdocs.people.accounts import Account, GuestPass
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category, sort_name

PERIODS = {
    "T13": ("2013–2016", 15, date(2013, 1, 1), date(2016, 12, 31)),
    "T17": ("2017–2020", 16, date(2017, 1, 1), date(2022, 3, 9)),
    "T22": ("2022–2024", 17, date(2022, 3, 10), date(2024, 12, 31)),
    "T25": ("2025–2028", 18, date(2025, 1, 1), date(2028, 12, 31)),
    "R19": ("2019–2023", None, date(2019, 10, 26), date(2023, 11, 17)),
    "R23": ("2023–2027", None, date(2023, 11, 18), None),
}
KINDS = (
    ("SG", GroupKind.STUDY_GROUP),
    ("WP", GroupKind.WORKING_PARTY),
    ("Q", GroupKind.QUESTION),
    ("FG", GroupKind.FOCUS_GROUP),
    ("JCA", GroupKind.JCA),
    ("RG-", GroupKind.RAPPORTEUR_GROUP),
    ("IRG", GroupKind.IRG),
    ("TG", GroupKind.TASK_GROUP),
    ("CG-", GroupKind.CORRESPONDENCE),
)
PASSWORD = "words-of-a-test-42"
_numbers = count(1)
_hashed = cache(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash)
"""Argon2 as everywhere, with the least of work: a hash says itself how it is checked."""


class Make:
    """One builder a thing; each returns the flushed row."""

    def __init__(self, act: Act) -> None:
        self.act = act

    @property
    def session(self) -> Session:
        return self.act.session

    def add(self, row: Any) -> Any:
        """The row itself, flushed."""
        self.session.add(row)
        self.session.flush()
        return row

    def period(self, code: str = "T25") -> StudyPeriod:
        """The study period of that code, made when it is not there."""
        found = self.session.exec(select(StudyPeriod).where(StudyPeriod.code == code)).first()
        if found is not None:
            return found
        title, number, starts_on, ends_on = PERIODS[code]
        row = StudyPeriod(sector=code[0], code=code, title=title, number=number, starts_on=starts_on, ends_on=ends_on)
        return self.add(row)  # type: ignore[no-any-return]

    def group(self, path: str = "T/SG13", *, title: str = "Future networks", **facts: Any) -> Group:
        """The group of that path, made when it is not there, with what is above it and a term.

        `T/SG13`, `R/WP5D` (under SG5), `T/SG13/T25/Q2`, `T/FG-X` (`parent=` a group).
        """
        found = self.session.exec(select(Group).where(Group.path == path)).first()
        if found is not None:
            return found
        sector, *parts = path.split("/")
        code = parts[-1]
        period = self.period(parts[1] if len(parts) > 2 else {"T": "T25", "R": "R23", "D": "R23"}[sector])
        kind = GroupKind(facts.pop("kind", _kind_of(code)))
        parent = facts.pop("parent", None) or self._parent(sector, parts, kind)
        label = rules.label_of(sector, kind, code, parent_code=parent.code if parent else "")
        tied = rules.is_per_period(kind, sector)
        if facts.get("working_party") is not None:
            facts["working_party_id"] = facts.pop("working_party").id
        row = Group(
            sector=sector,
            kind=kind,
            code=code,
            label=label,
            path=path,
            sort_key=rules.sort_key(path),
            code_key=key(code),
            label_key=key(label),
            parent_id=parent.id if parent else None,
            period_id=period.id if tied else None,
            **facts,
        )
        self.add(row)
        self.term(row, period.code, title=title)
        return row

    def _parent(self, sector: str, parts: list[str], kind: GroupKind) -> Group | None:
        if len(parts) > 1:
            return self.group(f"{sector}/{parts[0]}")
        if sector == "R" and kind is GroupKind.WORKING_PARTY:
            return self.group(f"R/SG{parts[0][2]}")
        return None

    def term(self, group: Group, period: str, *, title: str = "", **facts: Any) -> GroupTerm:
        row = GroupTerm(group_id=group.id or 0, period_id=self.period(period).id or 0, title=title, **facts)
        return self.add(row)  # type: ignore[no-any-return]

    def organisation(
        self, category: str = Category.SECTOR_MEMBER, *, name: str = "", member_of: Iterable[str] = ("T",), **facts: Any
    ) -> Organisation:
        """member_of: Sectors, or paths of groups for an Associate."""
        name = name or f"Organisation {next(_numbers)}"
        row = self.add(Organisation(slug=key(name), name=name, category=category, **facts))
        for place in member_of:
            group = self.group(place) if "/" in place else None
            self.membership(row, place[0], group)
        return row  # type: ignore[no-any-return]

    def membership(
        self, organisation: Organisation, sector: str, group: Group | None = None, **facts: Any
    ) -> Membership:
        facts.setdefault("starts_on", date(2025, 1, 1))
        row = Membership(
            organisation_id=organisation.id or 0, sector=sector, group_id=group.id if group else None, **facts
        )
        return self.add(row)  # type: ignore[no-any-return]

    def person(self, name: str = "", *, organisation: Organisation | None = None, **facts: Any) -> Person:
        name = name or f"Person {next(_numbers)}"
        facts.setdefault("email", f"{key(name)}@example.test")
        row = Person(
            slug=name.lower().replace(" ", "-"),
            name=name,
            sort_name=sort_name(name),
            organisation_id=organisation.id if organisation else None,
            created_at=self.act.now,
            **facts,
        )
        return self.add(row)  # type: ignore[no-any-return]

    def account(self, person: Person, *, password: str = PASSWORD) -> Account:
        """An account that can sign in (a password is hashed once for all tests)."""
        row = Account(
            person_id=person.id or 0,
            password_hash=_hashed(password),
            password_at=self.act.now,
            created_at=self.act.now,
        )
        return self.add(row)  # type: ignore[no-any-return]

    def appointment(self, person: Person, role: str, group: Group | None = None, **facts: Any) -> Appointment:
        facts.setdefault("starts_on", date(2025, 1, 1))
        row = Appointment(
            person_id=person.id or 0,
            role=role,
            group_id=group.id if group else None,
            created_at=self.act.now,
            **facts,
        )
        return self.add(row)  # type: ignore[no-any-return]

    def guest_pass(self, person: Person, place: str, **facts: Any) -> GuestPass:
        facts.setdefault("starts_on", date(2026, 1, 1))
        facts.setdefault("ends_on", date(2026, 12, 31))
        return self.add(GuestPass(person_id=person.id or 0, place=place, **facts))  # type: ignore[no-any-return]

    def actor(self, person: Person, *, scopes: Iterable[str] | None = None) -> Actor:
        """Who the person is at the moment of the act."""
        return actor_for(self.session, person, self.act.now, scopes=scopes)

    def act_as(self, actor: Actor) -> Act:
        """The same moment and transaction, with another actor."""
        return Act(self.session, actor, self.act.now)


def _kind_of(code: str) -> GroupKind:
    return next((kind for head, kind in KINDS if code.startswith(head)), GroupKind.ADVISORY_GROUP)


def all_rows(session: Session, table: type[SQLModel]) -> list[Any]:
    return list(session.exec(select(table)))


@pytest.fixture
def make(act: Act) -> Make:
    return Make(act)
