"""The secretariat posts notices of the service, changes them, ends them before their time."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from sgdocs.announcements import actions, queries
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import LANGUAGES, Kind, Severity
from sgdocs.announcements.schemas import Instant, NoticeForm, Text, Title, Words
from sgdocs.base.act import Act
from sgdocs.base.clock import GENEVA
from sgdocs.base.errors import Refused
from sgdocs.i18n import N_
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.announcing import forget
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.announcements import Number, context
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/office/announcements")
HOME = "/office/announcements"
USUAL = timedelta(days=7)


class _Head(BaseModel):
    """The notice without its words. Instants are times in Geneva."""

    model_config = ConfigDict(extra="ignore")

    kind: Kind = Kind.NEWS
    severity: Severity = Severity.NOTICE
    begins_at: Instant
    ends_at: Instant
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


class PageForm(_Head):
    """A title and a text for each language, `title_fr`, `text_fr`."""

    title_en: Title = ""
    text_en: Text = ""
    title_fr: Title = ""
    text_fr: Text = ""
    title_es: Title = ""
    text_es: Text = ""
    title_ru: Title = ""
    text_ru: Text = ""
    title_ar: Title = ""
    text_ar: Text = ""
    title_zh: Title = ""
    text_zh: Text = ""


@pages.get("")
def index(request: Request, act: Reading, number: Number = 1) -> Response:
    """Every notice, and the form for a new one."""
    now = act.now.replace(second=0, microsecond=0)
    start = {"kind": Kind.NEWS, "severity": Severity.NOTICE, "begins_at": now, "ends_at": now + USUAL}
    return _index(request, act, blank(_typed(start)), number=number)


def _index(request: Request, act: Act, filled: Filled[Any], *, number: int = 1, status: int = 200) -> Response:
    require(act.actor, Permission.ANNOUNCE_SERVICE)
    return page(
        request,
        "announcements/office.html",
        status=status,
        found=queries.listing(act, number=number, size=25),
        filled=filled,
        address_of=lambda n: urls.with_query(HOME, page=n if n > 1 else ""),
        **context(request),
    )


@pages.post("")
def post(request: Request, act: Writing, filled: Filled[PageForm]) -> Response:
    if filled.ok:
        try:
            row = actions.post(act, _form(filled.value))
            forget(request)
            return see(urls.service_notice(row.id), notice=language_of(request).say(N_("The notice is posted.")))
        except Refused as refused:
            return _index(request, act, filled.refused(refused), status=status_of(refused))
    return _index(request, act, filled, status=422)


@pages.get("/{id:int}")
def change(request: Request, act: Reading, id: int) -> Response:
    row = queries.by_id(act, id)
    head = {name: getattr(row, name) for name in _Head.model_fields}
    words = {f"{part}_{code}": each.get(part, "") for code, each in row.words.items() for part in ("title", "text")}
    return _form_page(request, act, row, blank(_typed(head) | words))


def _form_page(request: Request, act: Act, row: ServiceNotice, filled: Filled[Any], *, status: int = 200) -> Response:
    require(act.actor, Permission.ANNOUNCE_SERVICE)
    return page(request, "announcements/form.html", status=status, row=row, filled=filled, **context(request))


@pages.post("/{id:int}")
def edit(request: Request, act: Writing, id: int, filled: Filled[PageForm]) -> Response:
    row = queries.by_id(act, id)
    if filled.ok:
        try:
            actions.edit(act, row, _form(filled.value))
            forget(request)
            return see(urls.service_notice(row.id), notice=language_of(request).say(N_("The notice is changed.")))
        except Refused as refused:
            return _form_page(request, act, row, filled.refused(refused), status=status_of(refused))
    return _form_page(request, act, row, filled, status=422)


@pages.post("/{id:int}/end")
def end(request: Request, act: Writing, id: int) -> Response:
    actions.end(act, queries.by_id(act, id))
    forget(request)
    return see(urls.service_notice(id), notice=language_of(request).say(N_("The notice has ended.")))


def _form(given: PageForm) -> NoticeForm:
    words = {
        code: Words(title=getattr(given, f"title_{code}"), text=getattr(given, f"text_{code}")) for code in LANGUAGES
    }
    return NoticeForm(words=words, **{name: getattr(given, name) for name in _Head.model_fields})


def _typed(values: dict[str, Any]) -> dict[str, object]:
    """Instants as the field of a form takes them, in the time of Geneva."""
    return {
        name: each.astimezone(GENEVA).strftime("%Y-%m-%dT%H:%M") if name.endswith("_at") else each
        for name, each in values.items()
    }
