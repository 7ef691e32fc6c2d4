"""The secretariat's pages of outside bodies: enter, correct, contacts, qualifications, officers, ways of working together."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.groups.models import Group
from sgdocs.i18n import N_, SOURCE, offered
from sgdocs.liaison import bodies
from sgdocs.liaison.actions import bodies as actions
from sgdocs.liaison.actions import contacts
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.body_schemas import (
    BodyForm,
    CollaborationForm,
    ContactForm,
    EndForm,
    OfficerForm,
    QualificationForm,
)
from sgdocs.people.models import Organisation
from sgdocs.policy import Permission, require
from sgdocs.web import body_words, urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import page, see

pages = APIRouter()


class NamesForm(BodyForm):
    """As `BodyForm`, the other names one a line."""

    lines: str = ""

    @property
    def told(self) -> BodyForm:
        names = [line.strip() for line in self.lines.splitlines() if line.strip()]
        return BodyForm.model_validate(self.model_dump(exclude={"lines"}) | {"names": names[:60]})


def _form(request: Request, template: str, filled: Filled[Any], address: str, **context: Any) -> Response:
    status = 422 if filled.errors else 200
    languages = [("" if each.code == SOURCE else each.code, each.name) for each in offered()]
    return page(
        request,
        template,
        status=status,
        filled=filled,
        address=address,
        says=body_words,
        languages=languages,
        **context,
    )


@pages.get("/body/new")
def new(request: Request, act: Reading) -> Response:
    require(act.actor, Permission.MANAGE_BODIES)
    return _form(request, "bodies/edit.html", blank({"kind": "sdo"}), "/body/new", body=None)


@pages.post("/body/new")
def add(request: Request, act: Writing, filled: Filled[NamesForm]) -> Response:
    require(act.actor, Permission.MANAGE_BODIES)
    made: list[Body] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(actions.add_body(act, filled.value.told))):
        return _form(request, "bodies/edit.html", filled, "/body/new", body=None)
    return see(urls.body(made[0].slug), notice=told(request, N_("The body is entered.")))


@pages.get("/body/{slug}/edit")
def edit(request: Request, act: Reading, slug: str) -> Response:
    body = _body(act, slug)
    session = act.session
    parent = session.get(Body, body.parent_id) if body.parent_id else None
    successor = session.get(Body, body.successor_id) if body.successor_id else None
    organisation = session.get(Organisation, body.organisation_id) if body.organisation_id else None
    start = body.model_dump(include={"name", "acronym", "kind", "url", "notes", "ended_on"}) | {
        "lines": "\n".join(n for n in bodies.names_of(session, body) if n not in (body.name, body.acronym)),
        "parent": parent.name if parent else "",
        "successor": successor.name if successor else "",
        "organisation": organisation.name if organisation else "",
    }
    return _form(request, "bodies/edit.html", blank(start), urls.body(body.slug, "edit"), body=body)


@pages.post("/body/{slug}/edit")
def save(request: Request, act: Writing, slug: str, filled: Filled[NamesForm]) -> Response:
    body = _body(act, slug)
    if not filled.ok or not tried(filled, act, lambda: actions.edit_body(act, body, filled.value.told)):
        return _form(
            request, "bodies/edit.html", filled, urls.body(slug, "edit"), body=bodies.by_slug(act.session, slug)
        )
    return see(urls.body(body.slug), notice=told(request, N_("The body is saved.")))


@pages.get("/body/{slug}/contacts/new")
def new_contact(request: Request, act: Reading, slug: str) -> Response:
    body = _body(act, slug)
    return _form(request, "bodies/contact.html", blank(), urls.body(slug, "contacts", "new"), body=body)


@pages.post("/body/{slug}/contacts/new")
def add_contact(request: Request, act: Writing, slug: str, filled: Filled[ContactForm]) -> Response:
    return _done(request, act, slug, filled, form="contact", way=("contacts", "new"), verb=contacts.add_contact)


@pages.get("/body/{slug}/contacts/{number}")
def edit_contact(request: Request, act: Reading, slug: str, number: int) -> Response:
    body = _body(act, slug)
    row = contacts.contact(act, body, number)
    group = act.session.get(Group, row.group_id) if row.group_id else None
    start = row.model_dump(include={"email", "name", "role", "language", "is_default", "since", "until"})
    filled = blank(start | {"group": group.path if group else ""})
    return _form(request, "bodies/contact.html", filled, urls.body(slug, "contacts", number), body=body)


@pages.post("/body/{slug}/contacts/{number}")
def save_contact(request: Request, act: Writing, slug: str, number: int, filled: Filled[ContactForm]) -> Response:
    def verb(act: Act, body: Body, form: ContactForm) -> object:
        return contacts.edit_contact(act, body, contacts.contact(act, body, number), form)

    return _done(request, act, slug, filled, form="contact", way=("contacts", number), verb=verb)


@pages.get("/body/{slug}/qualifications/new")
def new_qualification(request: Request, act: Reading, slug: str) -> Response:
    body = _body(act, slug)
    start = blank({"kind": "a5", "since": geneva_day(act.now)})
    return _form(request, "bodies/qualification.html", start, urls.body(slug, "qualifications", "new"), body=body)


@pages.post("/body/{slug}/qualifications/new")
def qualify(request: Request, act: Writing, slug: str, filled: Filled[QualificationForm]) -> Response:
    return _done(request, act, slug, filled, form="qualification", way=("qualifications", "new"), verb=actions.qualify)


@pages.get("/body/{slug}/collaborations/new")
def new_collaboration(request: Request, act: Reading, slug: str) -> Response:
    body = _body(act, slug)
    start = blank({"mode": "liaison", "since": geneva_day(act.now)})
    return _form(request, "bodies/collaboration.html", start, urls.body(slug, "collaborations", "new"), body=body)


@pages.post("/body/{slug}/collaborations/new")
def collaborate(request: Request, act: Writing, slug: str, filled: Filled[CollaborationForm]) -> Response:
    return _done(
        request, act, slug, filled, form="collaboration", way=("collaborations", "new"), verb=contacts.collaborate
    )


@pages.get("/body/{slug}/officers/new")
def new_officer(request: Request, act: Reading, slug: str) -> Response:
    body = _body(act, slug)
    start = blank({"direction": "ours", "starts_on": geneva_day(act.now)})
    return _form(request, "bodies/officer.html", start, urls.body(slug, "officers", "new"), body=body)


@pages.post("/body/{slug}/officers/new")
def appoint_officer(request: Request, act: Writing, slug: str, filled: Filled[OfficerForm]) -> Response:
    def verb(act: Act, body: Body, form: OfficerForm) -> object:
        return contacts.appoint_officer(act, form.model_copy(update={"body": body.slug, "other_group": ""}))

    return _done(request, act, slug, filled, form="officer", way=("officers", "new"), verb=verb)


@pages.get("/body/{slug}/{kind}/{number}/end")
def ending(request: Request, act: Reading, slug: str, kind: str, number: int) -> Response:
    body = _body(act, slug)
    _verb_of_end(kind)
    start = blank({"last_on": geneva_day(act.now)})
    return _form(request, "bodies/end.html", start, urls.body(slug, kind, number, "end"), body=body, kind=kind)


@pages.post("/body/{slug}/{kind}/{number}/end")
def end(request: Request, act: Writing, slug: str, *, kind: str, number: int, filled: Filled[EndForm]) -> Response:
    verb = _verb_of_end(kind)

    def last(act: Act, body: Body, form: EndForm) -> object:
        return verb(act, body, number, form)

    return _done(request, act, slug, filled, form="end", way=(kind, number, "end"), verb=last, kind=kind)


def _verb_of_end(kind: str) -> Callable[[Act, Body, int, EndForm], object]:
    if kind == "officers":
        return lambda act, body, number, form: contacts.end_officer(act, number, form.last_on)
    if kind == "collaborations":
        return lambda act, body, number, form: contacts.end_collaboration(act, body, number, form.last_on)
    return missing("page", kind)


def _done(
    request: Request,
    act: Act,
    slug: str,
    filled: Filled[Any],
    *,
    form: str,
    way: tuple[object, ...],
    verb: Callable[[Act, Body, Any], object],
    **context: Any,
) -> Response:
    """The verb on the body and back to its page, or the form again with what is wrong."""
    body = _body(act, slug)
    if not filled.ok or not tried(filled, act, lambda: verb(act, body, filled.value)):
        return _form(request, f"bodies/{form}.html", filled, urls.body(slug, *way), body=body, **context)
    return see(urls.body(body.slug), notice=told(request, N_("It is saved.")))


def _body(act: Act, slug: str) -> Body:
    require(act.actor, Permission.MANAGE_BODIES)
    return bodies.by_slug(act.session, slug)
