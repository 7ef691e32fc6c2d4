"""Who acts, for whom, with which appointments. Plain values."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of actor it is."""

    ANONYMOUS = "anonymous"
    PERSON = "person"
    OPERATOR = "operator"
    CLOCK = "clock"


@dataclass(frozen=True)
class Appointment:
    """One role in force now. group: canonical path such as `T/SG13/Q2`, or "" for everywhere."""

    role: str
    group: str = ""
    group_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person (or clock, or operator) behind an act.

    category: membership category of the organisation, as in domain 1.7; groups: paths in which an
    Associate's or guest's rights hold; scopes: what a token allows, None for a full session; is_viewed: somebody of
    the secretariat looks through these eyes, sees nothing that is one person's own and changes nothing.
    """

    kind: Kind
    person_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    category: str = ""
    sectors: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    appointments: tuple[Appointment, ...] = field(default=())
    scopes: frozenset[str] | None = None
    is_viewed: bool = False

    @classmethod
    def anonymous(cls) -> "Actor":
        return cls(Kind.ANONYMOUS)

    @classmethod
    def operator(cls) -> "Actor":
        """Whoever runs a command on the machine itself."""
        return cls(Kind.OPERATOR, name="operator")

    @classmethod
    def clock(cls) -> "Actor":
        """The worker, acting because time has passed."""
        return cls(Kind.CLOCK, name="clock")

    @property
    def is_known(self) -> bool:
        return self.kind is not Kind.ANONYMOUS

    def has_role(self, *roles: str, group: str = "") -> bool:
        """Whether one of the roles is held in that group, or above it, or everywhere."""
        return any(a.role in roles and _covers(a.group, group) for a in self.appointments)


def _covers(held: str, asked: str) -> bool:
    return held in ("", asked) or asked.startswith(held + "/")
