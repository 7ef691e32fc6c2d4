"""The card of the first visit: which role's steps, which of them are done. It goes when all are, or when it is skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.guides.pages import Guide, by_name
from sgdocs.policy import CONTRIBUTORS, MEMBER_STATE, Role
from sgdocs.web.first_steps import STEPS, Step, was_done

OF_ROLES: Final = (
    ("administrator", (Role.ADMIN,)),
    ("secretariat", (Role.SECRETARIAT, Role.DIRECTOR, Role.COUNSELLOR)),
    ("chair", (Role.SG_CHAIR, Role.SG_VICE_CHAIR, Role.CHAIR, Role.VICE_CHAIR, Role.WP_CHAIR, Role.WP_VICE_CHAIR)),
    (
        "rapporteur",
        (
            Role.RAPPORTEUR, Role.CO_RAPPORTEUR, Role.ASSOCIATE_RAPPORTEUR, Role.EDITOR, Role.CONVENER,
            Role.LIAISON_OFFICER,
        ),
    ),
    ("focal-point", (Role.FOCAL_POINT,)),
    ("delegate", (Role.DELEGATE,)),
)  # fmt: skip
"""Guide and the roles it is for; who holds several gets the first."""


@dataclass(frozen=True)
class Ticked:
    """A step and whether it is done."""

    step: Step
    is_done: bool


@dataclass(frozen=True)
class FirstVisit:
    """guide: of the person's role, which tells more."""

    guide: Guide
    steps: Sequence[Ticked]

    @property
    def done(self) -> int:
        return sum(each.is_done for each in self.steps)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)


def first_visit(act: Act) -> FirstVisit:
    """The steps of the actor's role with what is done of them. One query."""
    guide = guide_of(act.actor)
    steps = STEPS[guide.name]
    asked = select(*(was_done(step, act.actor.person_id or 0).label(step.id) for step in steps))
    row = act.session.execute(asked).one()
    return FirstVisit(guide, [Ticked(step, bool(done)) for step, done in zip(steps, row, strict=True)])


def guide_of(actor: Actor) -> Guide:
    """The guide for what the actor is here: by office, else by what the entity may do."""
    held = {each.role for each in actor.appointments}
    name = next((name for name, roles in OF_ROLES if held.intersection(roles)), _by_entity(actor))
    if name == "delegate" and actor.category == MEMBER_STATE:
        name = "administration"
    guide = by_name(name)
    assert guide is not None
    return guide


def _by_entity(actor: Actor) -> str:
    return "delegate" if actor.category in CONTRIBUTORS else "reader"
