"""My page: which cards it has, in which order a person set them, and what stands on them. Feature H, domain 5.5.

A card that is hidden is not asked for. At most 25 queries with everything shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sgdocs.base.act import Act
from sgdocs.i18n import N_
from sgdocs.web import own_cards
from sgdocs.web.first_visit import FirstVisit, first_visit
from sgdocs.web.own_changes import own_changes
from sgdocs.web.own_meetings import own_meetings
from sgdocs.web.own_places import own_group_ids
from sgdocs.web.waiting import waiting
from sgdocs.workspace.queries import arrangement

FIRST, WAITING, MEETINGS, CHANGES = "first", "waiting", "meetings", "changes"
CARDS: Final[Mapping[str, str]] = {
    FIRST: N_("First steps"),
    WAITING: N_("Waiting for you"),
    MEETINGS: N_("My meetings"),
    CHANGES: N_("Since I last looked"),
    "documents": N_("My documents and reserved numbers"),
    "items": N_("My work items"),
    "calls": N_("My last calls"),
    "kept": N_("What I keep"),
    "searches": N_("My searches and lists"),
}
"""Id -> title, in the usual order."""
Places = tuple[int, ...]
_MAKE: Final[Mapping[str, Callable[[Act, Places], Any]]] = {
    FIRST: lambda act, _: first_visit(act),
    WAITING: lambda act, _: waiting(act),
    MEETINGS: own_meetings,
    CHANGES: own_changes,
    "documents": lambda act, _: own_cards.documents(act),
    "items": lambda act, _: own_cards.items(act),
    "calls": own_cards.calls,
    "kept": lambda act, _: own_cards.kept(act),
    "searches": lambda act, _: own_cards.searches(act),
}


@dataclass(frozen=True)
class Shown:
    """A card of the page. holds: a `FirstVisit`, list of `Waits`, of `OwnMeeting`, `News`, or a `desk_cards.Card`; None when it is hidden."""

    id: str
    title: str
    is_hidden: bool
    holds: Any


def order_of(act: Act) -> list[tuple[str, bool]]:
    """Every card with whether it is hidden, in the person's order; new ones stand last. One query."""
    rows = {row.card: row for row in arrangement(act) if row.card in CARDS}
    usual = list(CARDS)
    ordered = sorted(CARDS, key=lambda id: (rows[id].position if id in rows else len(usual), usual.index(id)))
    return [(id, id in rows and rows[id].is_hidden) for id in ordered]


def cards(act: Act) -> list[Shown]:
    """The first steps are not among them when all are done."""
    places = own_group_ids(act)
    found = [
        Shown(id, CARDS[id], is_hidden, None if is_hidden else _MAKE[id](act, places))
        for id, is_hidden in order_of(act)
    ]
    return [card for card in found if not (isinstance(card.holds, FirstVisit) and card.holds.is_over)]
