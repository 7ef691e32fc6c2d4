"""Documents over the API: lists, records, and the verbs: submit, reserve, fill, revise, withdraw, delete, restore, relate."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.documents import actions, listing, queries
from sgdocs.documents.checked import errors
from sgdocs.documents.models import Document
from sgdocs.documents.rules import LineageKind
from sgdocs.documents.schemas import AudienceForm, ReasonForm, RelationForm, ReservationForm
from sgdocs.meetings import queries as meetings
from sgdocs.web import paper_records
from sgdocs.web.api._brought import Fields, bring, finish
from sgdocs.web.api._conventions import Paging, one
from sgdocs.web.api._conventions import listing as listed
from sgdocs.web.caching import require_match
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.limits import uploading
from sgdocs.web.once import once
from sgdocs.web.paper_lists import Filtered, around
from sgdocs.web.submitting import new_in, of_document
from sgdocs.web.taking import limits_of

api = APIRouter(prefix="/api/v1", tags=["documents"])

Brought = Annotated[UploadFile, File(description="the document")]
Asked = Annotated[str, Query(max_length=500)]
Told = Annotated[Fields, Form()]


@api.get("/documents")
def documents(request: Request, act: Reading, services: Svc, asked: Paging, *, filters: Filtered) -> Response:
    """Documents that the caller may read, by Sector, kind, group and number; the filters are those of `/doc`."""
    after = asked.after if asked.after else None
    if after is not None and [type(key) for key in after] != [str, int]:
        invalid("cursor", str(after)[:80], "Take it from “next” of the page before.")
    place = (str(after[0]), int(after[1] or 0)) if after else None
    rows, total = listing.found_after(act, filters.filter(act), after=place, limit=asked.limit + 1)
    about, root = around(act, rows), services.settings.public_url
    return listed(
        request,
        asked,
        rows,
        total=total,
        item=lambda row: about.out(row, root),
        cursor=lambda row: (row.sort_key, row.id),
    )


@api.get("/meetings/{code}/documents")
def of_meeting(request: Request, act: Reading, services: Svc, code: str, *, filters: Filtered) -> Response:
    """All documents of a meeting, in natural order."""
    meeting = meetings.by_code(act, code)
    rows = listing.for_meeting(act, meeting, filters.filter(act))
    about, root = around(act, rows, meeting), services.settings.public_url
    return one(request, {"items": [about.out(row, root).model_dump(mode="json") for row in rows], "total": len(rows)})


@api.get("/documents/{name}")
def document(request: Request, act: Reading, services: Svc, name: str, *, fields: Asked = "") -> Response:
    """One document by its name, or as people write it (`SG15-C123`: of today's study period)."""
    return one(request, _record(act, _named(act, name), services.settings.public_url), fields)


@api.get("/documents/{name}/versions")
def versions(request: Request, act: Reading, services: Svc, name: str) -> Response:
    """The versions with their files; the addresses of the files are under `url`."""
    record = _record(act, _named(act, name), services.settings.public_url)
    return one(request, {"items": record["versions"], "total": len(record["versions"])})


def _named(act: Act, name: str) -> Document:
    named = queries.alike(act, name)
    exact = next((each for each in named if each.name == name), None)
    return exact or (named[0] if named else queries.by_name(act, name))


def _record(act: Act, document: Document, root: str) -> dict[str, Any]:
    return paper_records.out(act, paper_records.paper(act, document), root).model_dump(mode="json")


# What brings files


@api.post("/meetings/{code}/documents", status_code=201, dependencies=[uploading()])
def submit(request: Request, act: Reading, code: str, *, form: Told, file: Brought) -> Response:
    """Submit a document: what the form does not say is read from its cover. Errors of the checks stop it.

    `Idempotency-Key`: the same request with the same key is done once.
    """
    place = new_in(act, code, kind=form.kind, stream=form.stream)

    def do(writing: Act, taken: Any) -> Document:
        asked = taken.form.submission(errors(taken.findings))
        return actions.submit(writing, meetings.by_code(writing, code), asked, taken.uploads, limits=limits_of(request))

    return bring(request, act, place, form, file=file, do=do)


@api.post("/documents/{name}/files", status_code=201, dependencies=[uploading()])
def fill(request: Request, act: Reading, name: str, *, form: Told, file: Brought) -> Response:
    """Upload the document of a reserved number."""
    place = of_document(act, name)

    def do(writing: Act, taken: Any) -> Document:
        asked = taken.form.submission(errors(taken.findings))
        return actions.fill(writing, queries.by_name(writing, name), asked, taken.uploads, limits=limits_of(request))

    return bring(request, act, place, form, file=file, do=do)


@api.post("/documents/{name}/revisions", status_code=201, dependencies=[uploading()])
def revise(
    request: Request,
    act: Reading,
    name: str,
    *,
    form: Told,
    file: Brought,
    part: Annotated[str, Form(pattern="^[RAC]$", description="revision, addendum, corrigendum")] = "R",
) -> Response:
    """Bring a further version. After the deadline it is taken and marked late."""
    place = of_document(act, name, part)

    def do(writing: Act, taken: Any) -> Document:
        there = queries.by_name(writing, name)
        actions.revise(writing, there, taken.form.revision(errors(taken.findings)), taken.uploads, part=part)
        return there

    return bring(request, act, place, form, file=file, do=do, more={"part": part})


@api.post("/documents/{name}/languages", status_code=201, dependencies=[uploading()])
def add_language(request: Request, act: Reading, name: str, *, form: Told, file: Brought) -> Response:
    """Add a file in another language to the newest version."""
    place = of_document(act, name, "R")

    def do(writing: Act, taken: Any) -> Document:
        there = queries.by_name(writing, name)
        version = queries.version(writing, there, queries.current_part(writing.session, there))
        actions.add_language(writing, there, version, taken.files(form.language))
        return there

    return bring(request, act, place, form, file=file, do=do, is_checked=False)


# What brings none


@api.post("/meetings/{code}/reservations", status_code=201)
def reserve(request: Request, code: str, form: ReservationForm) -> Response:
    """Reserve a number; it expires. Upload with `POST /documents/{name}/files`. Takes an `Idempotency-Key`."""

    def do(act: Act) -> Document:
        return actions.reserve(act, meetings.by_code(act, code), form, limits=limits_of(request))

    return _once(request, form.model_dump(mode="json"), do)


def _once(request: Request, fields: dict[str, Any], do: Callable[[Act], Document]) -> Response:
    answer = once(request, fields, lambda act: finish(request, do(act)))
    return JSONResponse(dict(answer.body), answer.status, headers={"Location": answer.location})


@api.post("/documents/{name}/withdrawal")
def withdraw(request: Request, act: Writing, services: Svc, name: str, form: ReasonForm) -> dict[str, Any]:
    """Withdraw: number and reason stay. `If-Match` takes the ETag of the record."""
    there = _matched(request, act, services, name)
    actions.withdraw(act, there, form.reason)
    return _record(act, there, services.settings.public_url)


@api.post("/documents/{name}/admission")
def admit(request: Request, act: Writing, services: Svc, name: str, form: ReasonForm) -> dict[str, Any]:
    """Admit a late contribution of extreme importance (ITU-T)."""
    there = _matched(request, act, services, name)
    actions.admit(act, there, form.reason)
    return _record(act, there, services.settings.public_url)


@api.put("/documents/{name}/audience")
def set_audience(request: Request, act: Writing, services: Svc, name: str, form: AudienceForm) -> dict[str, Any]:
    """Change who may read it, with a reason."""
    there = _matched(request, act, services, name)
    actions.set_audience(act, there, form.audience, form.reason, limits=limits_of(request))
    return _record(act, there, services.settings.public_url)


@api.post("/documents/{name}/lineage", status_code=201)
def relate(request: Request, act: Writing, services: Svc, name: str, form: RelationForm) -> dict[str, Any]:
    """Say what the document is to another: revision-of, merged-into, output-of, also-in, summary-of."""
    there = _matched(request, act, services, name)
    if form.kind not in set(LineageKind):
        invalid("kind", form.kind, ", ".join(LineageKind) + ".")
    actions.relate(act, there, queries.by_name(act, form.other), LineageKind(form.kind), words=form.note)
    return _record(act, there, services.settings.public_url)


@api.delete("/documents/{name}", status_code=204)
def delete(request: Request, act: Writing, services: Svc, name: str) -> Response:
    """Delete a draft: a reservation, a held or quarantined document. It can be restored for 30 days."""
    actions.delete(act, _matched(request, act, services, name))
    return Response(status_code=204)


@api.post("/documents/{name}/restoration")
def restore(request: Request, act: Writing, services: Svc, name: str) -> dict[str, Any]:
    """Bring back what was deleted."""
    there = queries.by_name(act, name, deleted=True)
    actions.restore(act, there, limits=limits_of(request))
    return _record(act, there, services.settings.public_url)


def _matched(request: Request, act: Act, services: Any, name: str) -> Document:
    """The document; Outdated when the caller has seen another state of it."""
    there = queries.by_name(act, name)
    if "if-match" in request.headers:
        require_match(request, one(request, _record(act, there, services.settings.public_url)).headers["ETag"])
    return there
