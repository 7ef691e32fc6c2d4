"""A row of the table of who hears of what, and the roles that its rows name. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Row:
    """What is said of a verb: `{label}` and `{title}` of the subject and facts of the entry; the first sentence whose
    facts are all known is told. roles: who hears of it beside those who follow (`roles.py`); always: those among them
    whose mail no preference holds back."""

    topic: str
    says: tuple[str, ...]
    roles: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


AUTHORS: Final = ("owner",)
OF_TEXT: Final = ("chair", "rapporteur", "editors")
"""Who hears of each comment. Source: Rec. ITU-T A.8 4.4, domain AAP-5."""
FOCAL: Final = ("aap-focal-points",)
STATES: Final = ("tap-focal-points",)
CONSULTING: Final = frozenset({"tap-consultation", "consultation", "psaa", "adoption", "suppression", "deletion"})
HOLDER: Final = "holder"
"""Whoever holds the ball after a step: for them it is a task."""
ITEM: Final = ("rapporteur", "editors")
