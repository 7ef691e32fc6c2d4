"""Outside bodies over the API: the filters of the page, the schemas of its exports."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups.queries import by_path
from sgdocs.liaison import bodies
from sgdocs.liaison.actions import bodies as actions
from sgdocs.liaison.actions import contacts
from sgdocs.liaison.body_listing import BodyRow, listing
from sgdocs.liaison.body_outgoing import BodyOut, BodyRecordOut, OfficerOut
from sgdocs.liaison.body_rules import QualificationKind
from sgdocs.liaison.body_schemas import (
    BodyForm,
    CollaborationForm,
    ContactForm,
    EndForm,
    OfficerForm,
    QualificationForm,
)
from sgdocs.liaison.rules import BodyKind
from sgdocs.people.queries import sees_contacts
from sgdocs.policy import Permission, require
from sgdocs.web.api._conventions import Paging, one
from sgdocs.web.api._conventions import listing as answer
from sgdocs.web.caching import require_match
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.pages.bodies import asked_for

api = APIRouter(prefix="/api/v1/bodies", tags=["liaison"])
Words = Annotated[str, Query(max_length=200)]


@api.get("", summary="Outside bodies, by name")
def index(
    request: Request,
    act: Reading,
    asked: Paging,
    *,
    q: Words = "",
    kind: BodyKind | None = None,
    qualification: QualificationKind | None = None,
    ended: bool = False,
) -> Response:
    """The bodies that groups exchange statements with; the same filters as `/body`."""
    asked.require_sort({"name"}, "name")
    wanted = asked_for(q, kind or "", qualification or "", ended=ended)
    found = listing(act, wanted, geneva_day(act.now), after=_after(asked.after), size=asked.limit + 1)

    def cursor(row: BodyRow) -> tuple[str, int | None]:
        return row.body.sort_key, row.body.id

    return answer(request, asked, found.rows, total=found.total, item=BodyOut.of, cursor=cursor)


def _after(keys: tuple[str | int | float | None, ...]) -> tuple[str, int] | None:
    if not keys:
        return None
    if len(keys) != 2 or not isinstance(keys[0], str) or not isinstance(keys[1], int):
        invalid("cursor", str(keys)[:80], "Take it from “next” of the page before.")
    return keys[0], keys[1]


@api.post("", status_code=201)
def add(act: Writing, form: BodyForm, response: Response) -> dict[str, str]:
    """Enter a body; answers with its slug."""
    row = actions.add_body(act, form)
    response.headers["Location"] = f"/api/v1/bodies/{row.slug}"
    return {"slug": row.slug}


@api.get("/{slug}", response_model=BodyRecordOut, summary="One body")
def show(request: Request, act: Reading, slug: str, fields: Words = "") -> Response:
    """Everything about one body; `contacts` is null unless you are a member."""
    return one(request, BodyRecordOut.of(act, bodies.by_slug(act.session, slug)), fields)


@api.put("/{slug}")
def edit(request: Request, act: Writing, slug: str, form: BodyForm) -> dict[str, str]:
    """Its facts are the form's. `If-Match` takes the ETag of the body."""
    row = bodies.by_slug(act.session, slug)
    require_match(request, one(request, BodyRecordOut.of(act, row)).headers["ETag"])
    return {"slug": actions.edit_body(act, row, form).slug}


@api.post("/{slug}/contacts", status_code=201)
def add_contact(act: Writing, slug: str, form: ContactForm) -> dict[str, int]:
    return {"number": contacts.add_contact(act, bodies.by_slug(act.session, slug), form).id or 0}


@api.put("/{slug}/contacts/{number}")
def edit_contact(act: Writing, slug: str, number: int, form: ContactForm) -> dict[str, int]:
    require(act.actor, Permission.MANAGE_BODIES)  # before it shows who is there
    body = bodies.by_slug(act.session, slug)
    return {"number": contacts.edit_contact(act, body, contacts.contact(act, body, number), form).id or 0}


@api.post("/{slug}/qualifications", status_code=201)
def qualify(act: Writing, slug: str, form: QualificationForm) -> dict[str, str]:
    row = actions.qualify(act, bodies.by_slug(act.session, slug), form)
    return {"kind": row.kind, "since": row.since.isoformat()}


@api.post("/{slug}/collaborations", status_code=201)
def collaborate(act: Writing, slug: str, form: CollaborationForm) -> dict[str, int]:
    return {"number": contacts.collaborate(act, bodies.by_slug(act.session, slug), form).id or 0}


@api.post("/{slug}/collaborations/{number}/end")
def end_collaboration(act: Writing, slug: str, number: int, form: EndForm) -> dict[str, int]:
    body = bodies.by_slug(act.session, slug)
    return {"number": contacts.end_collaboration(act, body, number, form.last_on).id or 0}


officers_api = APIRouter(prefix="/api/v1/liaison-officers", tags=["liaison"])


@officers_api.get("", summary="Liaison officers of a group, a body or a person")
def officers(request: Request, act: Reading, *, body: Words = "", group: Words = "") -> Response:
    """Who stands between a group and a body, or another group, in both directions. One of the two filters is needed."""
    session = act.session
    of_body = bodies.by_slug(session, body) if body else None
    of_group = by_path(session, group) if group else None
    if of_body is None and of_group is None:
        invalid("body", body, "Give a body or a group.")
    ids = bodies.family_of(session, of_body) if of_body else ()
    found = bodies.envoys(session, body_ids=ids, group_id=of_group.id if of_group else None)
    members = sees_contacts(act)
    rows = [OfficerOut.of(each, contacts=members).model_dump(mode="json") for each in found]
    return one(request, {"items": rows, "total": len(rows)})


@officers_api.post("", status_code=201)
def appoint(act: Writing, form: OfficerForm) -> dict[str, int]:
    """Somebody stands between a group of ours and a body, or another group, for a term."""
    return {"number": contacts.appoint_officer(act, form).id or 0}


@officers_api.post("/{number}/end")
def end_officer(act: Writing, number: int, form: EndForm) -> dict[str, int]:
    return {"number": contacts.end_officer(act, number, form.last_on).id or 0}
