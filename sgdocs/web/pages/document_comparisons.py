"""Two texts compared: revisions of a document, or any two documents. Join it before the catch-all routes of /doc."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, NotFound, Refused, missing
from sgdocs.documents.comparing import Sides, Tracked, compared, sides
from sgdocs.documents.models import Document
from sgdocs.i18n import N_
from sgdocs.text.comparison import SAME, ClauseChange, Comparison, Line
from sgdocs.web import paper_records, paper_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.paper_records import PART
from sgdocs.web.render import language_of, page
from sgdocs.wiring import Services

pages = APIRouter()

CONTEXT = 1
"""Paragraphs that are the same and shown beside a change."""
TRACKED = {
    Tracked.ACCEPTED: N_("taken as accepted"),
    Tracked.ORIGINAL: N_("taken as refused"),
    Tracked.MARKS: N_("those of the newer file, shown"),
}
KINDS = {
    "changed": (N_("Changed"), "progress"),
    "new": (N_("New"), "force"),
    "gone": (N_("Gone"), "stopped"),
    "renumbered": (N_("Renumbered"), "past"),
    "same": (N_("Unchanged"), "past"),
}
With = Annotated[
    str, Query(alias="with", max_length=120, description="a part (r1) or another document, with or without a part")
]
Mode = Annotated[str, Query(max_length=20, description="accepted, original or marks")]


@dataclass(frozen=True)
class Block:
    """Lines of one sort that follow each other. kind: paragraphs, table, or skipped (then `skipped` counts them)."""

    kind: str
    lines: Sequence[Line] = ()
    skipped: int = 0


@pages.get("/doc/{name}/compare")
def compare(
    request: Request, act: Reading, services: Svc, name: str, *, old: With = "", part: str = "", tracked: Mode = ""
) -> Response:
    """Any two documents or versions; without a choice the version before, else what it is a revision of."""
    found = paper_records.found(act, request, name, "/compare")
    if isinstance(found, Response):
        return found
    return _compared(request, act, services, found.document, old=old, new=part[:8], tracked=tracked)


@pages.get("/doc/{name}/{old}..{new}")
def between(  # noqa: PLR0917 parts of an address
    request: Request, act: Reading, services: Svc, name: str, old: str, new: str, *, tracked: Mode = ""
) -> Response:
    """`/doc/T25-SG15-C123/r1..r3`."""
    if not (PART.fullmatch(old) and PART.fullmatch(new)):
        missing("comparison", f"{old}..{new}"[:60])
    found = paper_records.found(act, request, name, f"/{old}..{new}")
    if isinstance(found, Response):
        return found
    return _compared(request, act, services, found.document, old=old, new=new, tracked=tracked)


def _compared(
    request: Request, act: Act, services: Services, document: Document, *, old: str, new: str, tracked: str
) -> Response:
    """The comparison, or the page with the reason why there is none and the form to choose others."""
    asked: Sides | None = None
    result: Comparison | None = None
    refused: Refused | None = None
    try:
        asked = sides(act, document, old=old, new=new, tracked=tracked, language=language_of(request).code)
        result = compared(act, services, asked)
    except (Conflict, NotFound) as error:
        refused = error
    return page(
        request,
        "document_texts/compare.html",
        status=409 if refused and (old or new) else 200,
        it=paper_records.paper(act, document),
        document=document,
        paper=paper_words,
        languages=LANGUAGES,
        asked=asked,
        result=result,
        refused=refused,
        old=old,
        new=new,
        mode=asked.tracked if asked else Tracked.ACCEPTED,
        modes=TRACKED,
        kinds=KINDS,
        blocks=blocks,
        shown=[change for change in result.clauses if change.kind != SAME] if result else [],
        unchanged=sum(change.kind == SAME for change in result.clauses) if result else 0,
        data=_data(document, old, new, tracked),
    )


def _data(document: Document, old: str, new: str, tracked: str) -> str:
    """The same as data."""
    at = urls.path("api", "v1", "documents", document.name, "compare")
    return urls.with_query(at, **{"with": old, "part": new, "tracked": tracked})


def blocks(change: ClauseChange) -> Iterator[Block]:
    """The lines of a clause for the page: tables together, and long stretches without a change left out."""
    near = _near_changes(change.lines)
    for kind, some in groupby(enumerate(change.lines), key=lambda each: _kind(each[1], shown=each[0] in near)):
        lines = [line for _, line in some]
        yield Block(kind, skipped=len(lines)) if kind == "skipped" else Block(kind, lines)


def _near_changes(lines: Sequence[Line]) -> set[int]:
    changed = [n for n, line in enumerate(lines) if line.kind != SAME]
    return {n + step for n in changed for step in range(-CONTEXT, CONTEXT + 1)}


def _kind(line: Line, *, shown: bool) -> str:
    if not shown:
        return "skipped"
    return "table" if line.cells else "paragraphs"
