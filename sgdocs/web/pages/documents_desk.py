"""What a person has brought and reserved; for the secretariat numbers without a document, and files in quarantine."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from sqlmodel import select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, Invalid, NotAllowed, missing
from sgdocs.documents import actions, gaps, listing, queries
from sgdocs.documents.gaps import Gap, Why
from sgdocs.documents.models import Document, NumberSeries, Version
from sgdocs.documents.rules import Status
from sgdocs.i18n import N_
from sgdocs.policy import Permission
from sgdocs.web import paper_words
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.paper_lists import around, lines
from sgdocs.web.render import language_of, page, see

pages = APIRouter()

WHY = {
    Why.RESERVED: N_("reserved, nothing uploaded yet"),
    Why.EXPIRED: N_("the reservation ran out"),
    Why.DELETED: N_("deleted before it was posted"),
    Why.WITHDRAWN: N_("withdrawn"),
    Why.HELD: N_("late, held for the next meeting"),
    Why.QUARANTINE: N_("waits for the virus scanner"),
    Why.REFUSED: N_("refused by the virus scanner"),
    Why.UNKNOWN: N_("no document of this number is known"),
}
GAP_COLUMNS = {"series": "Series", "number": "Number", "label": "Document", "why": "Why", "since": "Since", "until": "Until", "reason": "Reason", "owner": "Owner"}  # fmt: skip
Series = Annotated[str, Query(max_length=120)]


@pages.get("/my/documents")
def mine(request: Request, act: Reading) -> Response:
    """Reservations first, with their ends; then what was submitted, the newest first."""
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    rows = listing.mine(act)
    ends = _ends(act)
    reserved = [row for row in rows if row.status == Status.RESERVED]
    about = around(act, rows, with_groups=False)
    return page(
        request,
        "documents/mine.html",
        reserved=[(line, ends.get(row.id)) for line, row in zip(lines(reserved, about), reserved, strict=True)],
        rows=lines([row for row in rows if row.status != Status.RESERVED], about),
        paper=paper_words,
    )


def _ends(act: Act) -> dict[int, datetime | None]:
    """When the person's reservations run out."""
    held = select(Document.id, Document.expires_at).where(
        Document.owner_id == act.actor.person_id, Document.status == Status.RESERVED
    )
    return {id or 0: at for id, at in act.session.exec(held)}


@pages.get("/office/numbers")
def numbers(request: Request, act: Reading, series: Series = "") -> Response:
    """Every series with its last number; of one, the numbers without a document that one could read."""
    _require(act)
    return _numbers(request, act, gaps.series_by_key(act, series) if series else None)


@pages.post("/office/numbers")
def spell(
    request: Request,
    act: Writing,
    series: Annotated[str, Form(max_length=120)],
    pattern: Annotated[str, Form(max_length=200)],
) -> Response:
    """Write the numbers of a series otherwise from now on."""
    _require(act)
    chosen = gaps.series_by_key(act, series)
    try:
        actions.set_pattern(act, chosen, pattern)
    except Invalid as refused:
        says = language_of(request).sentence(refused.rule.says, refused.facts)
        return _numbers(request, act, chosen, pattern=pattern, problem=says, status=422)
    says = language_of(request).sentence(N_("Numbers of {series} are written anew."), {"series": chosen.key})
    return see(f"/office/numbers?{urlencode({'series': chosen.key})}", notice=says)


def _numbers(
    request: Request,
    act: Act,
    chosen: NumberSeries | None,
    *,
    pattern: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    return page(
        request,
        "documents/numbers.html",
        status=status,
        pattern=pattern,
        problem=problem,
        all=gaps.series_for(act),
        chosen=chosen,
        found=gaps.gaps(act, chosen) if chosen else [],
        whys=WHY,
        paper=paper_words,
    )


@pages.get("/office/numbers.{form}")
def numbers_as(act: Reading, form: Export, series: Annotated[str, Query(min_length=1, max_length=120)]) -> Response:
    _require(act)
    found = gaps.gaps(act, gaps.series_by_key(act, series))
    return export(form, f"gaps {series}", [_row(gap) for gap in found], GAP_COLUMNS)


def _row(gap: Gap) -> dict[str, object]:
    return {name: getattr(gap, name) for name in GAP_COLUMNS}


def _require(act: Act) -> None:
    if not policy.may_read(act.actor, Permission.MANAGE_DOCUMENTS):
        policy.require(act.actor, Permission.MANAGE_DOCUMENTS)


@pages.get("/office/quarantine")
def quarantine(request: Request, act: Reading) -> Response:
    """Documents whose files wait for the virus scanner."""
    _require(act)
    waiting = [
        (document, version)
        for document in queries.waiting(act)
        for version in queries.versions_of(act.session, document)
        if version.status == Status.QUARANTINE
    ]
    return page(request, "documents/quarantine.html", waiting=waiting)


@pages.post("/office/quarantine/{id}")
def decide(
    request: Request,
    act: Writing,
    id: int,
    *,
    decision: Annotated[str, Form(pattern="^(release|refuse)$")],
    reason: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Let a version through without the scanner, or refuse it for good."""
    _require(act)
    version = act.session.get(Version, id) or missing("version", id)
    if decision == "release":
        document = actions.release_quarantine(act, version)
    else:
        document = actions.refuse_quarantine(act, version, reason)
    says = language_of(request).sentence(N_("{label} is decided."), {"label": document.label})
    return see("/office/quarantine", notice=says)
