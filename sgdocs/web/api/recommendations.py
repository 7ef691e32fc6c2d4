"""`/api/v1/recommendations`: lists, records, what was in force on a day, corrections, the whole catalogue."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, invalid
from sgdocs.base.rulebook import rule
from sgdocs.recommendations import actions, listing, queries, reading
from sgdocs.recommendations.exporting.rows import of_text
from sgdocs.recommendations.models import Family, Text
from sgdocs.recommendations.outgoing import OnDay, RecommendationOut, RecommendationRow, text_out
from sgdocs.recommendations.reading import Record
from sgdocs.recommendations.schemas import TextForm
from sgdocs.web.api._conventions import Paging, one
from sgdocs.web.api._conventions import listing as listed
from sgdocs.web.caching import etag_of, require_match
from sgdocs.web.catalogue_filters import Filtered
from sgdocs.web.deps import Reading, Streaming, Svc, Writing
from sgdocs.web.history import lines
from sgdocs.web.recommending import meant, text_at

api = APIRouter(prefix="/api/v1/recommendations", tags=["recommendations"])
AMBIGUOUS = rule("recommendations.ambiguous", "“{name}” is a number of several texts: {numbers}. Ask for one of them.")
Sector = Annotated[str, Path(pattern="^[TR]$")]
Number = Annotated[str, Path(max_length=120, description="as in the address of its page: G.9804.1, G.Sup66, 241-1")]
Space = Annotated[
    str, Query(pattern="^[a-z]{3,12}$", description="rec, report, question, resolution, handbook, draft, text …")
]


class Place:
    """The address of one number."""

    def __init__(self, sector: Sector, number: Number, space: Space = "rec") -> None:
        self.sector, self.number, self.space = sector, number, space


At = Annotated[Place, Depends()]
Fields = Annotated[str, Query(max_length=500)]
Embed = Annotated[str, Query(max_length=100, description="texts: every text of each record")]


@api.get("")
def recommendations(
    request: Request,
    act: Reading,
    services: Svc,
    *,
    asked: Paging,
    filters: Filtered,
    space: Space = "rec",
    embed: Embed = "",
) -> Response:
    """Numbers with their standing; the filters are those of the pages. `sort`: number, approved, title."""
    wanted = filters.within(space=space)
    root = services.settings.public_url
    if asked.after and [type(key) for key in asked.after] != [str, int]:
        invalid("cursor", str(asked.after)[:80], "Take it from “next” of the page before.")
    rows, total = listing.after(act, wanted, asked.after, asked.limit + 1)
    texts = _embedded(act, rows[: asked.limit], embed, root)

    def item(row: listing.Row) -> dict[str, Any]:
        told = RecommendationRow.of(row, root).model_dump(mode="json")
        return told | ({"embedded": {"texts": texts.get(row.id, [])}} if embed else {})

    return listed(request, asked, rows, total=total, item=item, cursor=lambda row: listing.place_of(row, wanted))


def _embedded(act: Act, rows: list[listing.Row], embed: str, root: str) -> dict[int, list[dict[str, Any]]]:
    if not embed:
        return {}
    if embed != "texts":
        invalid("embed", embed, "texts")
    found: dict[int, list[dict[str, Any]]] = {}
    for plain in reading.texts_of_families(act, [row.id for row in rows]):
        found.setdefault(plain.text.family_id, []).append(of_text(plain, root))
    return found


@api.get("/dump.ndjson")
def dump(act: Streaming, services: Svc) -> StreamingResponse:
    """The whole catalogue, one text a line, in the form that an import reads."""
    return StreamingResponse(_dumped(act, services.settings.public_url), media_type="application/x-ndjson")


def _dumped(act: Act, root: str) -> Iterator[str]:
    for batch in reading.everything(act):
        yield "".join(json.dumps(of_text(plain, root), ensure_ascii=False) + "\n" for plain in batch)


@api.get("/{sector}/{number}")
def recommendation(
    request: Request,
    act: Reading,
    services: Svc,
    at: At,
    fields: Fields = "",
) -> Response:
    """One number with all its texts."""
    known = _record(act, at)
    return one(request, RecommendationOut.of(known, services.settings.public_url), fields)


@api.get("/{sector}/{number}/on/{day}")
def on_day(request: Request, act: Reading, services: Svc, at: At, day: date) -> Response:
    """What was in force that day: yes, no, or not known and why."""
    known = _record(act, at)
    answer = known.on(day, reading.today_of(act))
    return one(request, OnDay.of(known, day, answer, services.settings.public_url))


@api.get("/{sector}/{number}/history")
def history(request: Request, act: Reading, at: At) -> Response:
    """Who changed what, the newest first."""
    family = _family(act, at)
    entries = reading.history(act, family)
    items = [
        {"at": line.at.isoformat(), "verb": line.verb, "says": line.says, "who": line.who, "facts": line.entry.facts}
        for line in lines(request, act, entries)
    ]
    return one(request, {"items": items, "total": len(items)})


@api.get("/{sector}/{number}/texts/{path:path}")
def text(request: Request, act: Reading, services: Svc, at: At, path: str) -> Response:
    """One text: `texts/2019-11`, `texts/2019-11/amd/1`. Its ETag is what `If-Match` wants when it is corrected."""
    known, found = _text(act, at, path)
    response = one(request, text_out(known, found, services.settings.public_url))
    response.headers["ETag"] = _etag(found)
    return response


@api.post("", status_code=201)
def add(request: Request, act: Writing, services: Svc, form: Annotated[TextForm, Body()]) -> Response:
    """Add a text."""
    return _written(request, act, actions.add(act, form), services.settings.public_url, 201)


@api.put("/{sector}/{number}/texts/{path:path}")
def correct(
    request: Request,
    act: Writing,
    services: Svc,
    *,
    at: At,
    path: str,
    form: Annotated[TextForm, Body()],
) -> Response:
    """Correct a text: the form replaces what it has. Send `If-Match` with the ETag you saw."""
    known, found = _text(act, at, path)
    require_match(request, _etag(found))
    changed = actions.correct(act, queries.Found(known.family, found), form)
    return _written(request, act, changed, services.settings.public_url, 200)


def _written(request: Request, act: Act, text: Text, root: str, status: int) -> Response:
    family = act.session.get(Family, text.family_id)
    if family is None:
        raise Conflict(CHANGED)
    response = one(request, text_out(reading.record_of(act, family, text=text), text, root))
    response.status_code = status
    response.headers["ETag"] = _etag(text)
    response.headers["Location"] = text.address
    return response


def _etag(text: Text) -> str:
    return etag_of(text.id, text.changed_at.isoformat())


def _record(act: Act, at: Place) -> Record:
    return reading.record_of(act, _family(act, at))


def _family(act: Act, at: Place) -> Family:
    """The family; another number of it is as good. Conflict when several have the number."""
    found = meant(act, at.space, at.sector, at.number)
    if found.several:
        raise Conflict(AMBIGUOUS, name=at.number, numbers=", ".join(f.number for f in found.several))
    return found.family or queries.by_address(act, found.go)


def _text(act: Act, at: Place, path: str) -> tuple[Record, Text]:
    family = _family(act, at)
    apart = meant(act, at.space, at.sector, at.number).apart
    line = family.address + (f"-{apart}" if apart else "")
    found = text_at(act, family, line, path)
    if isinstance(found, str):
        found = text_at(act, family, line, found.removeprefix(f"{line}/"))
    assert isinstance(found, Text)
    return reading.record_of(act, family, text=found), found
