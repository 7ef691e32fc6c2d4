"""Everything that is open goes on in a new study period: what the succession of groups and Questions says, what is left."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NotAllowed, Refused
from sgdocs.groups import queries as groups
from sgdocs.groups.models import StudyPeriod
from sgdocs.i18n import N_
from sgdocs.policy import Permission
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled
from sgdocs.web.render import language_of, page, see
from sgdocs.work_programme import actions, queries
from sgdocs.work_programme.listing import ItemRow
from sgdocs.work_programme.succession import Planned, plan

pages = APIRouter(prefix="/office")
AT: Final = "/office/carry-over"
DONE: Final = N_("Work items that go on: {done}. Left where they are: {left}.")
UNREAD: Final = N_("Nothing was carried over: the form cannot be read.")
Code = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True)
class Line:
    """An open item: where it stands, where it goes."""

    row: ItemRow
    planned: Planned


@pages.get("/carry-over")
def carrying(request: Request, act: Reading, period: Code = "") -> Response:
    """The open items of earlier periods, each with the Question that continues its own."""
    policy.require(act.actor, Permission.DECIDE_ITEM)
    chosen = _chosen(act, period)
    return page(
        request,
        "work_programme/carrying.html",
        periods=groups.periods(act.session),
        period=chosen,
        lines=_lines(act, chosen) if chosen else [],
    )


def _chosen(act: Act, code: str) -> StudyPeriod | None:
    """That of the address, else the present one of ITU-T."""
    if code:
        return groups.period_by_code(act.session, code)
    return groups.period_on(act.session, "T", geneva_day(act.now))


def _lines(act: Act, period: StudyPeriod) -> list[Line]:
    planned = {each.item.id or 0: each for each in plan(act, period)}
    return [Line(row, planned[row.id]) for row in queries.rows_of(act, list(planned))]


class CarryForm(BaseModel):
    """choices: `12 T/SG21/T25/Q4`: number of an item and where it goes; "" leaves it where it is."""

    period: str = Field(max_length=10)
    choices: list[str] = Field(default_factory=list, max_length=2_000)

    @property
    def chosen(self) -> dict[int, str]:
        parted = [each.split(" ", 1) for each in self.choices if " " in each]
        return {int(number): place[:120] for number, place in parted if number.isascii() and number.isdigit()}


@pages.post("/carry-over")
def carry(request: Request, act: Writing, filled: Filled[CarryForm]) -> Response:
    """Carry over what the plan decides and what was chosen."""
    policy.require(act.actor, Permission.DECIDE_ITEM)
    spoken = language_of(request)
    if not filled.ok:
        return see(AT, notice=spoken.say(UNREAD))
    back = urls.with_query(AT, period=filled.value.period)
    period = groups.period_by_code(act.session, filled.value.period)
    try:
        with act.session.begin_nested():
            moved = actions.move_all(act, period, choices=filled.value.chosen)
    except NotAllowed:
        raise
    except Refused as refused:
        return see(back, notice=spoken.refusal(refused))
    return see(back, notice=spoken.sentence(DONE, {"done": len(moved.items), "left": len(moved.left)}))
