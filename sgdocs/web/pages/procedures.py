"""Help made from the tables: every procedure as a picture and as rows, and the dated settings with their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from sgdocs import policy
from sgdocs.approval import ruling_rules, rulings
from sgdocs.approval.actions import rulings as actions
from sgdocs.approval.diagram import as_text, drawing_of
from sgdocs.approval.models import Holiday, RuleValue
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.build import Table
from sgdocs.approval.queries import holidays, rule_values
from sgdocs.approval.ruling_table import Ruling
from sgdocs.approval.rulings import Value
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refused, missing
from sgdocs.i18n import N_
from sgdocs.policy import Permission
from sgdocs.web import approval_words
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, page, see

pages = APIRouter()
UNITS: Final[Mapping[str, str]] = {
    "days": N_("days"),
    "months": N_("months"),
    "hours": N_("hours"),
    "years": N_("years"),
    "percent": N_("per cent"),
    "count": N_("number"),
    "period": N_("period"),
    "yes-no": N_("true or false"),
    "days-of-month": N_("days of the month"),
    "words": N_("list"),
    "choice": N_("choice"),
    "zone": N_("time zone"),
    "time": N_("time of day"),
}


@dataclass(frozen=True)
class Line:
    """A dated setting: what counts now, what counted, what will. id_of: day -> row that may still be taken back."""

    ruling: Ruling
    now: Value
    others: Sequence[Value]
    id_of: Mapping[date, int]


class RulingForm(BaseModel):
    """A value from a day on."""

    name: str = Field(max_length=60)
    value: str = Field(max_length=200)
    from_on: date
    source: str = Field(max_length=300)


class HolidayForm(BaseModel):
    day: date
    title: str = Field(max_length=100)


@pages.get("/help/procedures")
def index(request: Request) -> Response:
    """Every procedure, by Sector."""
    return page(request, "procedures/index.html", tables=list(ALL.values()))


@pages.get("/help/procedure/{id}.txt")
def as_letters(id: str) -> Response:
    """The diagram that `sgdocs procedure show` prints."""
    return Response(as_text(_table(id)), media_type="text/plain; charset=utf-8")


@pages.get("/help/procedure/{id}")
def show(request: Request, act: Reading, id: str) -> Response:
    """The picture, the states, the steps with what each needs, and the settings they use."""
    table = _table(id)
    lines = [line for line in _lines(act) if id in line.ruling.procedures or not line.ruling.procedures]
    return page(
        request, "procedures/show.html", table=table, drawing=drawing_of(table), lines=lines, words=approval_words
    )


def _table(id: str) -> Table:
    return ALL.get(id) or missing("procedure", id)


@pages.get("/help/rulings")
def rulings_told(request: Request, act: Reading) -> Response:
    """Every dated setting with its source; to be read by everybody."""
    return _rulings(request, act)


@pages.get("/office/rulings")
def rulings_office(request: Request, act: Reading, name: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The same for those who may change it, with the forms. name: the setting whose form is filled in."""
    policy.require(act.actor, Permission.SET_RULING)
    today = geneva_day(act.now)
    start = (
        {"name": name, "value": rulings.value_on(name, today, rule_values(act.session))}
        if name in rulings.USUAL
        else {}
    )
    return _rulings(request, act, blank({**start, "from_on": today}), blank({}))


@pages.post("/office/rulings")
def set_ruling(request: Request, act: Writing, filled: Filled[RulingForm]) -> Response:
    if filled.ok:
        form = filled.value
        try:
            actions.set_ruling(act, form.name, form.value, form.from_on, form.source)
            notice = language_of(request).say(N_("The value is entered. What runs keeps the rules it began with."))
            return see("/office/rulings", notice=notice)
        except Refused as refused:
            filled.refused(refused)
    policy.require(act.actor, Permission.SET_RULING)
    return _rulings(request, act, filled, blank({}), status=422)


@pages.post("/office/rulings/{id}/removal")
def drop_ruling(act: Writing, id: int) -> Response:
    actions.drop_ruling(act, id)
    return see("/office/rulings")


@pages.post("/office/holidays")
def add_holiday(request: Request, act: Writing, filled: Filled[HolidayForm]) -> Response:
    if filled.ok:
        try:
            actions.add_holiday(act, filled.value.day, filled.value.title)
            return see("/office/rulings#holidays", notice=language_of(request).say(N_("The holiday is entered.")))
        except Refused as refused:
            filled.refused(refused)
    policy.require(act.actor, Permission.SET_RULING)
    return _rulings(request, act, blank({"from_on": geneva_day(act.now)}), filled, status=422)


@pages.post("/office/holidays/{day}/removal")
def drop_holiday(act: Writing, day: date) -> Response:
    actions.drop_holiday(act, day)
    return see("/office/rulings#holidays")


def _rulings(
    request: Request,
    act: Act,
    filled: Filled[RulingForm] | None = None,
    free: Filled[HolidayForm] | None = None,
    *,
    status: int = 200,
) -> Response:
    days: list[Holiday] = holidays(act.session)
    return page(
        request,
        "procedures/rulings.html",
        status=status,
        lines=_lines(act),
        units=UNITS,
        right_of=ruling_rules.right_of,
        names=[(name, ruling.title) for name, ruling in rulings.USUAL.items()],
        holidays=days,
        filled=filled,
        free=free,
        may_edit=policy.may(act.actor, Permission.SET_RULING),
    )


def _lines(act: Act) -> list[Line]:
    """Two queries at most; every value a setting had, and the one that counts today."""
    today, stored = geneva_day(act.now), rule_values(act.session)
    return [_line(ruling, stored, today) for ruling in rulings.USUAL.values()]


def _line(ruling: Ruling, stored: Sequence[RuleValue], today: date) -> Line:
    every = rulings.values_of(ruling.name, stored)
    now = next((value for value in reversed(every) if value.from_on <= today), every[0])
    coming = {row.from_on: row.id or 0 for row in stored if row.name == ruling.name and row.from_on > today}
    return Line(ruling, now, [value for value in reversed(every) if value is not now], coming)
