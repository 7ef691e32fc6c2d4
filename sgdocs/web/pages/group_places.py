"""Addresses of groups: sloppy and old ones lead to the canonical one, periods pin a group to what it was."""

import re
from dataclasses import dataclass
from datetime import date

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_FOUND, NotFound
from sgdocs.groups import queries
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.groups.rules import SECTORS
from sgdocs.web import urls
from sgdocs.web.deps import now_of

_PERIOD = re.compile(r"[TRD]\d{2}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """What an address means. period: pinned by the address; is_lasting: the address will always mean this."""

    group: Group
    period: StudyPeriod | None = None
    is_lasting: bool = True

    @property
    def address(self) -> str:
        """The canonical address."""
        bare = urls.group(self.group.path)
        return f"{bare}/{self.period.code}" if self.period else bare


def today_of(request: Request) -> date:
    return geneva_day(now_of(request))


def seen(session: Session, path: str, on: date) -> Seen:
    """The group that an address after `/group/` means; NotFound with suggestions when there is none.

    `SG15` is ITU-T's, `R/WP5D`, `SG15/T25/Q2`; `SG15/Q2` is today's, `SG15/T22` SG15 as it was, `5D` and `Q6/13`
    are read as people write them.
    """
    parts = [part for part in path.split("/") if part]
    sector, codes = ("T", parts) if len(parts) < 2 or parts[0].upper() not in SECTORS else (parts[0].upper(), parts[1:])
    full = "/".join((sector, *codes))
    exact = queries.find(session, full)
    if exact is not None:
        return Seen(exact)
    return _in_period(session, full) or _part(session, sector, codes, on) or _sloppy(session, path, on)


def _in_period(session: Session, full: str) -> Seen | None:
    above, _, last = full.rpartition("/")
    group = queries.find(session, above) if _PERIOD.fullmatch(last) else None
    if group is None:
        return None
    periods = {term.period.code: term.period for term in queries.terms_of(session, group)}
    period = periods.get(last.upper())
    return Seen(group, period) if period else None


def _part(session: Session, sector: str, codes: list[str], on: date) -> Seen | None:
    """A Question or working party of today: where it is tomorrow is not said, so the address does not last."""
    parent = queries.find(session, f"{sector}/{codes[0]}") if len(codes) == 2 else None
    part = queries.today_of(session, parent, codes[1], on) if parent else None
    return Seen(part, is_lasting=False) if part else None


def _sloppy(session: Session, path: str, on: date) -> Seen:
    found = queries.resolve(session, path, on)
    if len(found) == 1:
        return Seen(found[0], is_lasting=False)
    suggestions = [(group.label, urls.group(group.path)) for group in found]
    raise NotFound(NOT_FOUND, what="group", name=path[:100], suggestions=suggestions)


def moved(request: Request, asked: Seen, path: str, tail: str = "") -> Response | None:
    """The redirect to the canonical address, or None when this is it. tail: what follows, such as `/people`."""
    if f"/group/{path}" == asked.address:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(asked.address + tail + query, 301 if asked.is_lasting else 302)
