"""Who may hold which role where, and for how long. Pure. Source: domain 1.6, 1.7."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.groups.rules import ENDED, ORDER, GroupKind

PLACE = rule("groups.role-place", "The role {role} is held {right}.", "domain 1.6")
HELD = rule("groups.role-held", "{name} holds this role there already, since {starts_on}.", "domain 1.6")
CATEGORY = rule(
    "groups.role-category",
    "The role {role} is for {right}; the entity of {name} is of category {category}.",
    "domain 1.7",
)
ASSOCIATE = rule(
    "groups.associate",
    "{name} comes from an Associate, which takes part in its own study group only and has no liaison rapporteur.",
    "PP Resolution 31, domain 1.7 (uncertain)",
)
LEFT = rule("groups.role-left", "{name} has left; a role needs a person who is here.")
TERMS = rule(
    "groups.two-terms",
    "{name} has served {terms} terms as {role} of {label}; the practice is {most} at most. Confirm if it is to be so.",
    "WTSA Resolution 35, Resolution ITU-R 15 (uncertain: a warning, not a bar)",
    settings=("officer_terms",),
)
APPOINTMENT_ENDED = rule("groups.appointment-ended", "This appointment ended on {ends_on}.")
JOIN = rule(
    "groups.membership",
    "{name} is of category {category}: it joins {right}.",
    "ITU Convention Art. 19, PP Resolution 31, domain 1.7",
)
MEMBER = rule("groups.member-already", "{name} is a member there already, since {starts_on}.", "domain 1.7")

K = GroupKind
EVERYWHERE: Final = ("secretariat", "admin", "director", "focal-point")
PLACES: Final[dict[str, tuple[GroupKind, ...]]] = {
    "counsellor": (K.STUDY_GROUP, K.ADVISORY_GROUP, K.COMMITTEE),
    "sg-chair": (K.STUDY_GROUP, K.ADVISORY_GROUP),
    "sg-vice-chair": (K.STUDY_GROUP, K.ADVISORY_GROUP),
    "chair": (K.COMMITTEE, K.FOCUS_GROUP, K.JCA, K.IRG, K.REGIONAL_GROUP, K.TASK_GROUP, K.JOINT_GROUP),
    "vice-chair": (K.COMMITTEE, K.FOCUS_GROUP, K.JCA, K.IRG, K.REGIONAL_GROUP, K.TASK_GROUP, K.JOINT_GROUP),
    "wp-chair": (K.WORKING_PARTY,),
    "wp-vice-chair": (K.WORKING_PARTY,),
    "rapporteur": (K.QUESTION, K.RAPPORTEUR_GROUP, K.JOINT_GROUP, K.COLLABORATIVE_TEAM),
    "co-rapporteur": (K.QUESTION, K.RAPPORTEUR_GROUP, K.JOINT_GROUP, K.COLLABORATIVE_TEAM),
    "associate-rapporteur": (K.QUESTION, K.RAPPORTEUR_GROUP),
    "liaison-officer": (K.STUDY_GROUP, K.ADVISORY_GROUP, K.WORKING_PARTY, K.QUESTION),
    "editor": tuple(K),
    "convener": (K.CORRESPONDENCE, K.AD_HOC),
    "delegate": (K.STUDY_GROUP, K.ADVISORY_GROUP),
    "guest": tuple(K),
}
WITHOUT_GROUP: Final = (*EVERYWHERE, "delegate")
OF_SECRETARIAT: Final = ("secretariat", "director", "counsellor")
TERM_ROLES: Final = ("sg-chair", "sg-vice-chair")
OFFICERS: Final = (
    "director",
    "counsellor",
    "sg-chair",
    "chair",
    "sg-vice-chair",
    "vice-chair",
    "wp-chair",
    "wp-vice-chair",
    "rapporteur",
    "co-rapporteur",
    "associate-rapporteur",
    "liaison-officer",
    "convener",
    "editor",
)
MEMBERS: Final = ("member-state", "sector-member", "academia", "associate")
OPEN_TO_GUESTS: Final = ("admin", "guest", "editor")


@dataclass(frozen=True)
class Candidate:
    """Facts on a person for a role. category: of the entity, "" for none; is_own_group: the group is (part of)
    the study group of which the entity is an Associate; held_since: first day of the same role there, now held."""

    name: str
    category: str = ""
    has_left: bool = False
    is_own_group: bool = False
    held_since: date | None = None
    terms: int = 0


@dataclass(frozen=True)
class Seat:
    """Facts on the role to be held. kind: of the group, None without one."""

    role: str
    kind: str | None = None
    label: str = ""
    group_ends_on: date | None = None


def roles_for(kind: str | None) -> tuple[str, ...]:
    """The roles that can be held in a group of that kind, or without a group."""
    if kind is None:
        return WITHOUT_GROUP
    return tuple(role for role, kinds in PLACES.items() if kind in kinds)


def why_not_appoint(who: Candidate, seat: Seat, starts_on: date, ends_on: date | None) -> Refusal | None:
    """None when the person may hold the role. The practice of two terms is `warning_of_terms`."""
    if seat.role not in roles_for(seat.kind):
        return Refusal(PLACE, {"role": seat.role, "right": _places(seat.role)}, field="role")
    if ends_on is not None and ends_on < starts_on:
        return Refusal(ORDER, {"starts_on": starts_on, "ends_on": ends_on}, field="ends_on")
    if seat.group_ends_on is not None and seat.group_ends_on < starts_on:
        return Refusal(ENDED, {"label": seat.label, "ends_on": seat.group_ends_on}, field="starts_on")
    if who.has_left:
        return Refusal(LEFT, {"name": who.name}, field="person")
    if who.held_since is not None:
        return Refusal(HELD, {"name": who.name, "starts_on": who.held_since}, field="person")
    return _why_not_category(who, seat)


def _why_not_category(who: Candidate, seat: Seat) -> Refusal | None:
    right = _category_needed(seat.role)
    is_right = {
        "": True,
        "the secretariat": who.category == "secretariat",
        "members": who.category in MEMBERS,
        "members and invited experts": who.category != "secretariat",
    }[right]
    if not is_right:
        facts = {"role": seat.role, "right": right, "name": who.name, "category": who.category or "none"}
        return Refusal(CATEGORY, facts, field="person")
    if (
        who.category == "associate"
        and seat.kind is not None
        and (not who.is_own_group or seat.role == "liaison-officer")
    ):
        return Refusal(ASSOCIATE, {"name": who.name}, field="person")
    return None


def _category_needed(role: str) -> str:
    if role == "admin":
        return ""
    if role in OF_SECRETARIAT:
        return "the secretariat"
    return "members and invited experts" if role in OPEN_TO_GUESTS else "members"


def _places(role: str) -> str:
    if role in EVERYWHERE:
        return "without a group"
    return "in " + ", ".join(PLACES[role]) if role in PLACES else "nowhere: there is no such role"


def warning_of_terms(who: Candidate, seat: Seat, most: int) -> Refusal | None:
    """The warning when a chair or vice-chair would serve more than `most` terms; the secretariat may confirm it."""
    if seat.role not in TERM_ROLES or who.terms < most:
        return None
    facts = {"name": who.name, "terms": who.terms, "role": seat.role, "label": seat.label, "most": most}
    return Refusal(TERMS, facts, field="accept")


def why_not_end(starts_on: date, ends_on: date | None, last_on: date) -> Refusal | None:
    """None when an appointment may end with that day; ends_on: its present last day."""
    if ends_on is not None and ends_on <= last_on:
        return Refusal(APPOINTMENT_ENDED, {"ends_on": ends_on})
    if last_on < starts_on:
        return Refusal(ORDER, {"starts_on": starts_on, "ends_on": last_on}, field="ends_on")
    return None


def why_not_join(name: str, category: str, sector: str, group: tuple[str, str] | None) -> Refusal | None:
    """None when an organisation may be a member so. group: sector and kind of the study group it joins, if one."""
    if category == "associate":
        is_right, right = group == (sector, K.STUDY_GROUP), "one study group of the Sector"
    elif category in MEMBERS:
        is_right, right = group is None, "a whole Sector"
    else:
        is_right, right = False, "no Sector as a member"
    return None if is_right else Refusal(JOIN, {"name": name, "category": category, "right": right}, field="group")


def is_in_force(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Both the first and the last day count."""
    return starts_on <= on and (ends_on is None or on <= ends_on)
