"""Who approves a statement for a sending group, as a table. Pure. Source: Rec. ITU-T A.1 1.5, domain 1.6, 7.1, C40.

All who hold a needed role in the group are asked, one of them is enough; each sending group approves for itself. Between
meetings it is the chair of the study group, in consultation with the management team. When nobody holds a role at the
first place, the next one is asked; when nobody does anywhere, it is the task of the secretariat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.liaison.rules import Level
from sgdocs.policy import Role


class At(StrEnum):
    """Where a role is held: in a Question of the sender, its working party, the sending group, the group above it."""

    QUESTION = "question"
    WORKING_PARTY = "working-party"
    GROUP = "group"
    ABOVE = "above"


@dataclass(frozen=True)
class Need:
    """Roles of which one is enough, at a place."""

    at: At
    roles: tuple[Role, ...]


_CHAIR: Final = Need(
    At.GROUP, (Role.SG_CHAIR, Role.CHAIR, Role.WP_CHAIR, Role.RAPPORTEUR, Role.CO_RAPPORTEUR, Role.CONVENER)
)
_ABOVE: Final = Need(At.ABOVE, (Role.SG_CHAIR, Role.CHAIR))
_WP: Final = Need(At.WORKING_PARTY, (Role.WP_CHAIR,))
_QUESTION: Final = Need(At.QUESTION, (Role.RAPPORTEUR, Role.CO_RAPPORTEUR))
AT_MEETING: Final[Mapping[Level, tuple[Need, ...]]] = {
    Level.STUDY_GROUP: (_CHAIR, _ABOVE),
    Level.WORKING_PARTY: (_WP, _CHAIR, _ABOVE),
    Level.RAPPORTEUR_GROUP: (_QUESTION, _WP, _CHAIR, _ABOVE),
    Level.CHAIR: (_CHAIR, _ABOVE),
}
"""Level -> places in the order in which they are asked."""
BETWEEN_MEETINGS: Final = (_CHAIR, _ABOVE)


def needs(level: str, *, at_meeting: bool) -> tuple[Need, ...]:
    """Who is asked, in order. level "": not agreed yet, the chair."""
    return AT_MEETING[Level(level)] if level and at_meeting else BETWEEN_MEETINGS


def words_of(need: tuple[Need, ...]) -> str:
    """The roles of the first place, for a refusal: `rapporteur, co-rapporteur`."""
    return ", ".join(role.value for role in need[0].roles) if need else ""
