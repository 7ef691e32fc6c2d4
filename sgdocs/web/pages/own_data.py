"""My data: what is held of me, all of it as a file, and its removal as far as procedure lets it."""

import json
from collections.abc import Iterator
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.base.rulebook import rule_of
from sgdocs.i18n import N_
from sgdocs.people.models import Person
from sgdocs.people.schemas import Form, Line
from sgdocs.privacy import queries
from sgdocs.privacy.actions import forget
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing, now_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.my_account import me
from sgdocs.web.pages.people import visible
from sgdocs.web.render import language_of, page, see
from sgdocs.web.security import clear_session
from sgdocs.web.zipping import Page, zipped

pages = APIRouter()
MINE = "/my/data"
README = """What this service holds of you, on {day}.

tables/*.json   every row that is yours, by table; where you only acted on something of others, its number alone.
files.json      the files that you sent in: /doc/<document>, with size and SHA-256.
letters.json    the letters that were written to you.
journal.json    what you did, as the journal has it.

Passwords, keys and tokens are kept as digests only and are not in here.
"""


class RemovalForm(Form):
    """typed: the e-mail address, to confirm."""

    typed: Line = ""


@pages.get(MINE)
def mine(request: Request, act: Reading) -> Response:
    return _data(request, act, me(request, act), blank(), removal=f"{MINE}/removal")


@pages.get(f"{MINE}.zip", dependencies=[limited("bundle")])
def as_file(request: Request, act: Reading, services: Svc) -> Response:
    """Everything of mine, JSON by table, in one archive."""
    person, now = me(request, act), now_of(request)
    content = zipped(f"data-{person.slug}", list(_pages(act, person, now)), (), services.blobs, now)
    headers = {"Content-Disposition": f'attachment; filename="data-{person.slug}.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(content, media_type="application/zip", headers=headers)


def _pages(act: Act, person: Person, now: datetime) -> Iterator[Page]:
    yield Page("README.txt", README.format(day=now.date().isoformat()).encode())
    for table, rows in queries.own_rows(act, person):
        yield Page(f"tables/{table}.json", _json(rows))
    yield Page("files.json", _json(queries.own_files(act, person)))
    yield Page("letters.json", _json(queries.own_letters(act, person)))
    yield Page("journal.json", _json(queries.own_acts(act, person)))


def _json(rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str).encode()


@pages.post(f"{MINE}/removal", dependencies=[limited("login")])
def remove_mine(request: Request, act: Writing, services: Svc, filled: Filled[RemovalForm]) -> Response:
    """Gone at once, signed out everywhere."""
    person = me(request, act)
    if not _removed(act, person, filled):
        return _data(request, act, person, filled, removal=f"{MINE}/removal", status=422)
    response = see("/", notice=language_of(request).say(N_("Your data is removed; what stays says why.")))
    clear_session(response, services.settings)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.get("/person/{slug}/data")
def of_person(request: Request, slug: str, act: Reading) -> Response:
    """The same for the secretariat, when somebody asks by letter."""
    person = visible(act, slug)
    return _data(request, act, person, blank(), removal=f"{urls.person(person.slug)}/removal")


@pages.post("/person/{slug}/removal")
def remove(request: Request, slug: str, act: Writing, filled: Filled[RemovalForm]) -> Response:
    person = visible(act, slug)
    if not _removed(act, person, filled):
        return _data(request, act, person, filled, removal=f"{urls.person(slug)}/removal", status=422)
    return see(
        urls.person(person.slug), notice=language_of(request).say(N_("The data is removed; what stays says why."))
    )


def _removed(act: Act, person: Person, filled: Filled[RemovalForm]) -> bool:
    if filled.ok:
        try:
            forget(act, person, typed=filled.value.typed)
        except (Invalid, Conflict) as refused:
            filled.refused(refused)
    return filled.ok


def _data(
    request: Request, act: Act, person: Person, filled: Filled[RemovalForm], *, removal: str, status: int = 200
) -> Response:
    held = queries.held(act, person)
    response = page(
        request,
        "people/data.html",
        row=person,
        gone=[each for each in held if not each.kind.stays],
        kept=[(each, rule_of(each.kind.stays)) for each in held if each.kind.stays],
        keeps_name=queries.needs_name(act.session, person),
        is_mine=act.actor.person_id == person.id,
        removal=removal,
        filled=filled,
        status=status,
    )
    response.headers.update({"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})
    return response
