"""Move items: one to another Question or group, all that are open into a new study period. Source: WI-6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, invalid
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._places import Place, place_of
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import place_of as where_is
from sgdocs.work_programme.succession import Planned, plan


def move(
    act: Act, item: WorkItem, group: str = "", question: str = "", *, meeting: Meeting | None = None, reason: str = ""
) -> WorkItem:
    """To another Question or group, by agreement of both: number, day of registration and history stay.

    group, question: paths or codes; with "" for both it leaves its Question for the group. Whoever moves it may
    decide in both places.
    """
    _writing.permit(act, item, Permission.DECIDE_ITEM)
    _writing.require_standing(item)
    here = where_is(act.session, item)
    place = place_of(act, group or ("" if question else _own(act, item)), question)
    policy.require(act.actor, Permission.DECIDE_ITEM, Scope(place.path))
    if place.group.sector != item.sector:
        raise Invalid(rules.PLACE, field="group", label=place.group.label, sector=item.sector)
    if place.path == here.path:
        raise Conflict(rules.SAME, name=place.path)
    _put(act, item, place)
    code = meeting.code if meeting else ""
    _writing.note(act, "work.moved", item, was=here.path, place=place.path, meeting=code, reason=reason)
    return item


def _own(act: Act, item: WorkItem) -> str:
    home = act.session.get(Group, item.group_id)
    return home.path if home else ""


def _put(act: Act, item: WorkItem, place: Place) -> None:
    item.group_id = place.group.id or 0
    item.question_id = place.question.id if place.question else None
    _writing.keep(act, item)


@dataclass(frozen=True)
class Moved:
    """items: that go on in the new period; left: those whose Question has no successor, or several, and nobody chose."""

    items: Sequence[WorkItem]
    left: Sequence[Planned]


def move_all(
    act: Act, period: StudyPeriod, *, group: Group | None = None, choices: Mapping[int, str] | None = None
) -> Moved:
    """Every open item goes on in a new study period under the Question that continues its own, in the group that
    succeeds its own; from then on it is "issued from previous study period".

    group: items of that group alone; choices: number of an item -> Question or group, where the plan leaves it open.
    Done twice it moves nothing twice.
    """
    policy.require(act.actor, Permission.DECIDE_ITEM, Scope(group.path if group else ""))
    chosen = choices or {}
    moved: list[WorkItem] = []
    left: list[Planned] = []
    for each in plan(act, period, group=group):
        place = _place(act, each, chosen.get(each.item.number, ""))
        if place is None:
            left.append(each)
            continue
        policy.require(act.actor, Permission.DECIDE_ITEM, Scope(place.path))
        _carry(act, each, place, period)
        moved.append(each.item)
    return Moved(moved, left)


def _place(act: Act, planned: Planned, chosen: str) -> Place | None:
    if chosen:
        place = place_of(act, chosen, "")
        if place.group.sector != planned.item.sector:
            invalid("choices", chosen, f"A Question or group of the Sector {planned.item.sector}.")
        return place
    return Place(planned.group, planned.question, None) if planned.is_decided else None


def _carry(act: Act, planned: Planned, place: Place, period: StudyPeriod) -> None:
    item = planned.item
    here = where_is(act.session, item)
    item.issued_from_id = item.issued_from_id or item.period_id
    item.period_id = period.id
    _put(act, item, place)
    _writing.note(act, "work.carried-over", item, was=here.path, place=place.path, period=period.code)
