"""Named people, each made when a test asks for them. They live in SG13 of 2025–2028 unless it says otherwise."""

from dataclasses import dataclass
from functools import cached_property

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.groups.models import Group
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category
from sgdocs.policy import Role
from tests.make import Make

SG, WP, QUESTION = "T/SG13", "T/SG13/T25/WP1", "T/SG13/T25/Q2"


@dataclass(frozen=True)
class Player:
    """One of the cast: who it is, and as whom it acts."""

    person: Person
    actor: Actor
    make: Make

    @property
    def act(self) -> Act:
        """An act of this person, in the test's transaction."""
        return self.make.act_as(self.actor)


class Cast:
    """`cast.chair.act`, `cast.outsider.actor` …"""

    NAMES = (
        "tsb",
        "br",
        "admin",
        "counsellor",
        "chair",
        "wp_chair",
        "rapporteur",
        "associate_rapporteur",
        "editor",
        "delegate_state",
        "delegate_member",
        "delegate_academia",
        "delegate_associate",
        "focal_point",
        "guest",
        "outsider",
    )

    def __init__(self, make: Make) -> None:
        self.make = make

    def summon(self, *names: str) -> None:
        """Make these now: what is hidden must be there."""
        for name in names:
            getattr(self, name)

    def every(self) -> dict[str, Player]:
        return {name: getattr(self, name) for name in self.NAMES}

    # Entities

    @cached_property
    def bureau(self) -> Organisation:
        return self.make.organisation(Category.SECRETARIAT, name="Bureau of Standards in Tests", member_of=())

    @cached_property
    def state(self) -> Organisation:
        return self.make.organisation(
            Category.MEMBER_STATE, name="Administration of Fictavia", member_of=("T", "R", "D")
        )

    @cached_property
    def company(self) -> Organisation:
        """A Sector Member of ITU-T only."""
        return self.make.organisation(Category.SECTOR_MEMBER, name="Imaginary Networks", member_of=("T",))

    @cached_property
    def university(self) -> Organisation:
        return self.make.organisation(Category.ACADEMIA, name="University of Nowhere", member_of=("T", "R", "D"))

    @cached_property
    def associate(self) -> Organisation:
        """An Associate of SG13."""
        return self.make.organisation(Category.ASSOCIATE, name="Placeholder Optics", member_of=(SG,))

    # Groups

    @cached_property
    def sg13(self) -> Group:
        return self.make.group(SG)

    @cached_property
    def sg15(self) -> Group:
        return self.make.group("T/SG15", title="Transport and access")

    @cached_property
    def wp1(self) -> Group:
        return self.make.group(WP, title="")

    @cached_property
    def q2(self) -> Group:
        return self.make.group(QUESTION, title="Services", working_party=self.wp1)

    # People

    @cached_property
    def tsb(self) -> Player:
        return self._plays("Tessa Ledger", self.bureau, Role.SECRETARIAT)

    @cached_property
    def br(self) -> Player:
        return self._plays("Bruno Register", self.bureau, Role.SECRETARIAT)

    @cached_property
    def admin(self) -> Player:
        return self._plays("Ansel Keyring", self.bureau, Role.ADMIN)

    @cached_property
    def counsellor(self) -> Player:
        """Of SG13."""
        return self._plays("Corin Docket", self.bureau, Role.COUNSELLOR, self.sg13)

    @cached_property
    def chair(self) -> Player:
        """Of SG13."""
        return self._plays("Clara Gavel", self.state, Role.SG_CHAIR, self.sg13)

    @cached_property
    def wp_chair(self) -> Player:
        """Of WP1/13, to which Q2/13 is allocated."""
        assert self.q2.working_party_id == self.wp1.id
        return self._plays("Wilma Podium", self.company, Role.WP_CHAIR, self.wp1)

    @cached_property
    def rapporteur(self) -> Player:
        """Of Q2/13."""
        return self._plays("Rafael Quill", self.company, Role.RAPPORTEUR, self.q2)

    @cached_property
    def associate_rapporteur(self) -> Player:
        return self._plays("Aiko Margin", self.company, Role.ASSOCIATE_RAPPORTEUR, self.q2)

    @cached_property
    def editor(self) -> Player:
        return self._plays("Edwin Blotter", self.university, Role.EDITOR, self.q2)

    @cached_property
    def delegate_state(self) -> Player:
        return self._plays("Dora Envoy", self.state, Role.DELEGATE)

    @cached_property
    def delegate_member(self) -> Player:
        return self._plays("Selim Courier", self.company, Role.DELEGATE)

    @cached_property
    def delegate_academia(self) -> Player:
        return self._plays("Una Scholar", self.university, Role.DELEGATE)

    @cached_property
    def delegate_associate(self) -> Player:
        return self._plays("Alba Single", self.associate, Role.DELEGATE)

    @cached_property
    def focal_point(self) -> Player:
        """Of Imaginary Networks."""
        return self._plays("Farid Switchboard", self.company, Role.FOCAL_POINT)

    @cached_property
    def guest(self) -> Player:
        """In SG13, by a pass."""
        person = self.make.person("Gustav Visitor")
        self.make.guest_pass(person, self.sg13.path)
        return self._player(person)

    @cached_property
    def outsider(self) -> Player:
        """Has an account, and belongs to nobody."""
        return self._player(self.make.person("Otto Fence"))

    def _plays(self, name: str, entity: Organisation, role: Role, group: Group | None = None) -> Player:
        person = self.make.person(name, organisation=entity)
        self.make.appointment(person, role, group)
        return self._player(person)

    def _player(self, person: Person) -> Player:
        return Player(person, self.make.actor(person), self.make)


@pytest.fixture
def cast(make: Make) -> Cast:
    return Cast(make)
