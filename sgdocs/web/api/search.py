"""`/api/v1/search`, `resolve` and `changes`."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.errors import Closed
from sgdocs.documents.telling import facts_told, tellable
from sgdocs.groups.rights import audiences
from sgdocs.journal import queries as journal
from sgdocs.journal.models import Entry
from sgdocs.search import queries
from sgdocs.search.finding import resolve
from sgdocs.search.queries import Found
from sgdocs.search.rules import UNAVAILABLE
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.limits import limited
from sgdocs.web.searching import asked_of, place_of, rows_of

api = APIRouter(prefix="/api/v1", tags=["search"])
LONGEST = 40_000


class Reference(BaseModel):
    """A record that words name. why: exact, spelling, sector, misread, equivalent, former or group."""

    key: str
    identifier: str
    title: str
    address: str
    why: str


class Change(BaseModel):
    """One sealed entry of the journal."""

    position: int
    at: str
    verb: str
    subject: str
    group_id: int | None
    facts: dict[str, Any]


@api.get("/search", dependencies=[limited("search")])
def search(
    request: Request,
    act: Reading,
    services: Svc,
    q: Annotated[str, Query(max_length=LONGEST, description="words, phrases, fields, numbers")] = "",
) -> Response:
    """Full text with facets; the same filters as the page `/search`. Pages by `page` and `size`."""
    found = queries.find(act, services.search, asked_of(request, q))
    if found.unavailable:
        raise Closed(UNAVAILABLE, why=found.unavailable)
    return one(request, _told(found, services.settings.public_url))


@api.get("/resolve")
def resolved(
    request: Request,
    act: Reading,
    services: Svc,
    text: Annotated[str, Query(max_length=1000, description="an identifier in any spelling")],
    sector: Annotated[str | None, Query(pattern="^[TRD]$")] = None,
) -> Response:
    """What an identifier names. `certain` when it is one record."""
    found = resolve(act, text, sector=sector)
    root = services.settings.public_url.rstrip("/")
    targets = [
        Reference(key=t.key, identifier=t.identifier, title=t.title, address=root + place_of(t), why=t.why)
        for t in found.targets
    ]
    return one(
        request,
        {
            "text": text,
            "readings": list(found.readings),
            "certain": found.certain,
            "targets": [target.model_dump() for target in targets],
        },
    )


@api.get("/changes")
def changes(
    request: Request,
    act: Reading,
    since: Annotated[int, Query(ge=0, le=2**62, description="position of the last entry seen")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Everything that happened after a position and that you may read, in one order that never changes."""
    entries = journal.changes(act.session, audiences(act), tellable(act), since=since, limit=limit)
    last = entries[-1].position if entries else since
    body = {
        "items": [_change(*each).model_dump() for each in zip(entries, facts_told(act, entries), strict=True)],
        "last": last,
        "sealed": journal.last_position(act.session),
    }
    return one(request, body)


def _change(entry: Entry, facts: Mapping[str, Any]) -> Change:
    return Change(
        position=entry.position or 0,
        at=entry.at.isoformat(),
        verb=entry.verb,
        subject=f"{entry.subject_kind}:{entry.subject_id}",
        group_id=entry.group_id,
        facts=dict(facts),
    )


def _told(found: Found, public_url: str) -> dict[str, Any]:
    results = found.results
    return {
        "total": results.total,
        "page": results.page,
        "size": results.size,
        "items": list(rows_of(found, public_url)),
        "facets": {
            name: [{"value": v.value, "count": v.count, "selected": v.selected} for v in values]
            for name, values in results.facets.items()
        },
        "names": [{"key": t.key, "identifier": t.identifier, "why": t.why} for t in found.resolution.targets],
        "did_you_mean": results.did_you_mean,
        "corrected": bool(results.corrections),
        "widened": results.widened,
        "problems": [{"field": p.field, "value": p.value, "right": p.right} for p in found.problems],
    }
