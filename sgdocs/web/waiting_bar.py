"""The bar "waiting for you" over every page of those who hold a role. It costs a page nothing.

What it says is kept for a minute in each process, by person, and dropped when that person writes anything. A page shows
what is kept; when nothing is, a plain link stands there and the browser asks for the bar after the page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from fastapi import Request

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.web.deps import now_of, visitor_of
from sgdocs.web.waiting import Told, told, waiting
from sgdocs.web.waits import Waits

KEPT_FOR: Final = timedelta(minutes=1)
MOST: Final = 20_000
_LOCK: Final = Lock()


@dataclass(frozen=True)
class Bar:
    """told: None when it is not known yet."""

    told: Told | None = None


def bar_of(request: Request) -> Bar | None:
    """What a page shows; None for who holds no role, through other eyes, and when nothing waits."""
    visitor = visitor_of(request)
    if visitor.view is not None or visitor.by_token or not visitor.actor.appointments:
        return None
    known = _kept(request).get(visitor.actor.person_id or 0)
    if known is None or not known[0] <= now_of(request) < known[0] + KEPT_FOR:
        return Bar()
    return Bar(known[1]) if known[1].count else None


def keep(request: Request, act: Act, rows: list[Waits]) -> Told:
    """Keep what waits now; whoever has it at hand says so."""
    found = told(rows, geneva_day(act.now))
    kept = _kept(request)
    with _LOCK:
        if len(kept) >= MOST:
            kept.clear()
        kept[act.actor.person_id or 0] = (act.now, found)
    return found


def fresh(request: Request, act: Act) -> Told:
    return keep(request, act, waiting(act))


def _kept(request: Request) -> dict[int, tuple[datetime, Told]]:
    state = request.app.state
    if not hasattr(state, "waiting"):
        state.waiting = {}
    found: dict[int, tuple[datetime, Told]] = state.waiting
    return found
