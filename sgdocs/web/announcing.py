"""The banner of what the service announces, over every page. It costs a page nothing.

What is shown is read once in a quarter of a minute by each process, and again when that process writes a notice; when each
begins and ends is asked of the clock of the request. A browser that has put one away keeps its number in a cookie.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from sgdocs.announcements import queries
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import LOUDEST, TITLES, Kind, Said, Severity, State, said, state
from sgdocs.i18n import Language
from sgdocs.web.deps import now_of, services_of

COOKIE: Final = "put_away"
KEPT_FOR: Final = timedelta(seconds=15)
MOST_SHOWN: Final = 3
MOST_PUT_AWAY: Final = 40
MEANINGS: Final[Mapping[Severity, str]] = {
    Severity.NOTICE: "progress",
    Severity.WARNING: "needs",
    Severity.URGENT: "stopped",
}
_MARK: Final = re.compile(r"[0-9]{1,12}\.[0-9]{1,10}")
_LOCK: Final = Lock()


@dataclass(frozen=True)
class Kept:
    """What was read at that instant, enough for the pages of KEPT_FOR."""

    at: datetime
    rows: Sequence[ServiceNotice]

    def is_fresh(self, now: datetime) -> bool:
        return self.at <= now < self.at + KEPT_FOR


@dataclass(frozen=True)
class Shown:
    """A notice on the page of one reader."""

    row: ServiceNotice
    said: Said

    @property
    def kind_title(self) -> str:
        return TITLES[Kind(self.row.kind)]

    @property
    def meaning(self) -> str:
        return MEANINGS[Severity(self.row.severity)]

    @property
    def mark(self) -> str:
        """What a cookie keeps of one that was put away: a change shows it again."""
        return f"{self.row.id}.{self.row.version}"


@dataclass(frozen=True)
class Banners:
    """The loudest first; more: how many there is no room for."""

    shown: Sequence[Shown]
    more: int = 0


async def keep_announcements(request: Request) -> None:
    """Read what is shown now, when what is kept is too old. A dependency of every page; a page never fails by it."""
    known = getattr(request.app.state, "announced", None)
    if known is None or not known.is_fresh(now_of(request)):
        await run_in_threadpool(_read, request)


def _read(request: Request) -> None:
    """One reads, the others go on with what there is."""
    if not _LOCK.acquire(blocking=False):
        return
    try:
        now = now_of(request)
        with services_of(request).database.reading() as session:
            request.app.state.announced = Kept(now, queries.shown_between(session, now, now + KEPT_FOR))
    except SQLAlchemyError:
        return
    finally:
        _LOCK.release()


def forget(request: Request) -> None:
    """What is kept is no longer so: a notice was written."""
    request.app.state.announced = None


def banners_of(request: Request, tongue: Language) -> Banners:
    """What this page shows over its content, without what this browser has put away."""
    known = getattr(request.app.state, "announced", None)
    now, gone = now_of(request), put_away(request)
    rows = [] if known is None else [row for row in known.rows if _state(row, now) is State.CURRENT]
    shown = [each for row in rows if (each := Shown(row, said(row.words, tongue.code))).mark not in gone]
    shown.sort(key=lambda each: LOUDEST.index(Severity(each.row.severity)))
    return Banners(shown[:MOST_SHOWN], len(shown[MOST_SHOWN:]))


def put_away(request: Request) -> list[str]:
    """The marks in the cookie; nonsense is passed over."""
    return _MARK.findall(request.cookies.get(COOKIE, "")[:2000])[:MOST_PUT_AWAY]


def _state(row: ServiceNotice, now: datetime) -> State:
    return state(row.begins_at, row.ends_at, row.ended_at, now)
