"""Outside bodies: the list, one with everything between it and us, its history. Whom to write to is for members."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.liaison import bodies
from sgdocs.liaison.bodies_models import Body, BodyContact
from sgdocs.liaison.body_listing import BodyFilter, listing, open_matters, traffic
from sgdocs.liaison.body_outgoing import COLUMNS, BodyOut, BodyRecordOut
from sgdocs.liaison.body_rules import QualificationKind, is_current
from sgdocs.liaison.rules import BodyKind
from sgdocs.people.models import Organisation
from sgdocs.people.queries import sees_contacts
from sgdocs.policy import Permission, may
from sgdocs.web import body_words, liaison_words, urls
from sgdocs.web import history as histories
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.render import page

pages = APIRouter()

SIZE: Final = 200
MOST: Final = 5000
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


def asked_for(q: str, kind: str, qualification: str, *, ended: bool) -> BodyFilter:
    """The filter of a list; what is none of the known words asks for nothing."""
    known = kind if kind in set(BodyKind) else ""
    qualified = qualification if qualification in set(QualificationKind) else ""
    return BodyFilter(q, known, qualified, ended)


@pages.get("/body")
def index(
    request: Request,
    act: Reading,
    *,
    q: Words = "",
    kind: Words = "",
    qualification: Words = "",
    ended: bool = False,
    number: Number = 1,
) -> Response:
    wanted = asked_for(q, kind, qualification, ended=ended)
    asked = {"q": q, "kind": wanted.kind, "qualification": wanted.qualification, "ended": "true" if ended else ""}
    return page(
        request,
        "bodies/index.html",
        fragment="rows",
        found=listing(act, wanted, geneva_day(act.now), number=number, size=SIZE),
        asked=asked,
        says=body_words,
        may_manage=may(act.actor, Permission.MANAGE_BODIES),
        address_of=lambda n: urls.with_query("/body", **asked, page=n if n > 1 else None),
        files=urls.with_query("", **asked).removeprefix("?"),
    )


@pages.get("/body.{form}")
def index_as(
    act: Reading, form: Export, *, q: Words = "", kind: Words = "", qualification: Words = "", ended: bool = False
) -> Response:
    """The same list as a file."""
    wanted = asked_for(q, kind, qualification, ended=ended)
    found = listing(act, wanted, geneva_day(act.now), size=MOST)
    return export(form, "bodies", [BodyOut.of(row) for row in found.rows], COLUMNS, total=found.total)


@pages.get("/body/{slug}.json")
def as_json(request: Request, act: Reading, slug: str) -> Response:
    return one(request, BodyRecordOut.of(act, bodies.by_slug(act.session, slug)))


@pages.get("/body/{slug}")
def show(request: Request, act: Reading, slug: str, number: Number = 1) -> Response:
    """What it is, what is open between us, all traffic with it and its parts, its people."""
    body = bodies.by_slug(act.session, slug)
    family, today = bodies.family_of(act.session, body), geneva_day(act.now)
    return page(
        request,
        "bodies/show.html",
        **frame(act, body),
        open=open_matters(act, family, today),
        found=traffic(act, family, number=number),
        contacts=_contacts(act, body),
        envoys=bodies.envoys(act.session, body_ids=family),
        collaborations=bodies.collaborations_of(act, body),
        qualifications=bodies.qualifications_of(act.session, body),
        states=liaison_words,
        address_of=lambda n: urls.with_query(urls.body(body.slug), page=n if n > 1 else None),
    )


def frame(act: Act, body: Body) -> dict[str, Any]:
    """What the head of every page of a body shows."""
    session = act.session
    today = geneva_day(act.now)
    return {
        "body": body,
        "line": bodies.above(session, body)[1:],
        "parts": bodies.parts_of(session, body),
        "names": [name for name in bodies.names_of(session, body) if name not in (body.name, body.acronym)],
        "organisation": session.get(Organisation, body.organisation_id) if body.organisation_id else None,
        "successor": session.get(Body, body.successor_id) if body.successor_id else None,
        "has_ended": body.ended_on is not None and body.ended_on < today,
        "says": body_words,
        "may_manage": may(act.actor, Permission.MANAGE_BODIES),
        "is_current": lambda since, until: is_current(since, until, today),
    }


def _contacts(act: Act, body: Body) -> list[tuple[BodyContact, Group | None]] | None:
    """For members; None for everybody else. Source: domain 8.3."""
    if not sees_contacts(act):
        return None
    rows = bodies.contacts_of(act.session, body)
    wanted = {row.group_id for row in rows if row.group_id}
    groups = {g.id: g for g in act.session.exec(select(Group).where(col(Group.id).in_(wanted)))} if wanted else {}
    return [(row, groups.get(row.group_id)) for row in rows]


@pages.get("/body/{slug}/history")
def history(request: Request, act: Reading, slug: str) -> Response:
    """What was noted of the body, as far as the reader may know it."""
    body = bodies.by_slug(act.session, slug)
    entries = act.session.exec(
        select(Entry)
        .where(
            Entry.subject_kind == "liaison_body",
            Entry.subject_id == body.id,
            col(Entry.audience).in_(audiences(act)),
        )
        .order_by(col(Entry.id).desc())
        .limit(200)
    ).all()
    return page(request, "bodies/history.html", **frame(act, body), lines=histories.lines(request, act, list(entries)))
