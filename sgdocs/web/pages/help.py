"""Help made from what the program knows: every rule, its source, the values it uses; keys; the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Request, Response

from sgdocs.approval import rulings
from sgdocs.approval.queries import rule_values
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.base.rulebook import Rule, all_rules, rule_of
from sgdocs.base.settings import Settings
from sgdocs.documents.preflight import table, themes
from sgdocs.documents.preflight.model import FORBIDDEN
from sgdocs.guides.pages import GUIDES
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.guide_parts import shown
from sgdocs.web.render import language_of, page

pages = APIRouter(prefix="/help")


@dataclass(frozen=True)
class Value:
    """One setting that a rule uses, as it stands now. href: of a dated one."""

    name: str
    says: str
    value: object
    href: str = ""


@pages.get("")
def index(request: Request) -> Response:
    wished = language_of(request).code
    guides = [shown(each, wished) for each in GUIDES]
    return page(request, "help/index.html", rules=len(all_rules()), checks=len(table()), guides=guides)


@pages.get("/rules")
def rules(request: Request) -> Response:
    parts = [(part, list(of_part)) for part, of_part in groupby(all_rules(), key=_part)]
    return page(request, "help/rules.html", parts=parts)


@pages.get("/rules/{id}")
def rule(request: Request, act: Reading, services: Svc, id: str) -> Response:
    found = rule_of(id) or missing("Rule", id)
    values = [*_values(found, services.settings), *_dated(act, found)]
    return page(request, "help/rule.html", rule=found, values=values)


@pages.get("/checks")
def checks(request: Request) -> Response:
    """What is looked at before a document is submitted, with the clause of each check."""
    return page(request, "help/checks.html", themes=themes(), forbidden=FORBIDDEN)


@pages.get("/keys")
def keys(request: Request) -> Response:
    return page(request, "help/keys.html")


@pages.get("/disk")
def disk(request: Request, services: Svc) -> Response:
    """The ways to have the documents of a meeting on one's own disk."""
    root = services.settings.public_url.rstrip("/")
    return page(request, "help/disk.html", root=root, host=root.partition("://")[2])


@pages.get("/api")
def api(request: Request) -> Response:
    """The addresses of the data API, from its own description."""
    paths = request.app.openapi()["paths"]
    rows = [
        (method.upper(), path, told.get("description", "").split("\n")[0] or told.get("summary", ""))
        for path, methods in sorted(paths.items())
        for method, told in methods.items()
    ]
    return page(request, "help/api.html", rows=rows)


def _part(rule: Rule) -> str:
    return rule.id.split(".", 1)[0]


def _values(rule: Rule, settings: Settings) -> Iterable[Value]:
    for name in rule.settings:
        known = Settings.model_fields.get(name)
        if known is not None:
            yield Value(name, known.description or "", getattr(settings, name))


def _dated(act: Act, rule: Rule) -> Iterable[Value]:
    """The settings of procedures that it uses, as they are today."""
    named = [name for name in rule.settings if name in rulings.USUAL]
    stored = rule_values(act.session) if named else []
    for name in named:
        value = rulings.value_on(name, geneva_day(act.now), stored)
        yield Value(name, rulings.USUAL[name].title, value, f"/help/rulings#{name}")
