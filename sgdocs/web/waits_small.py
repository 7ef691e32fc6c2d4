"""What waits in heaps: registrations, held mails of lists, requests for accounts, mails to be filed. One line for each heap."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Date, Integer, Select, String, cast, func, literal, null, select, union_all
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.liaison.models import Arrival
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.mailing_lists.rules import MessageState
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.rules import RequestState
from sgdocs.policy import MEETING_OFFICERS, Permission, Role, Scope, may_read
from sgdocs.web import urls
from sgdocs.web.waits import Waits

OFFICE: Final = (Role.SECRETARIAT, Role.ADMIN)
REGISTRATIONS, HELD, REQUESTS, ARRIVALS = "registrations", "held", "requests", "arrivals"
Part = Select[Any]


def of_heaps(act: Act) -> Iterator[Waits]:
    """One query, none for who decides on none of them."""
    parts = _parts(act)
    if not parts:
        return
    heaps: dict[tuple[str, str], tuple[str, int, datetime, date | None]] = {}
    for what, place, title, path, organisation_id, n, oldest, due in act.session.execute(union_all(*parts)):
        if not may_read(act.actor, _PERMISSIONS[what], Scope(path, organisation_id=organisation_id)):
            continue
        _, before, since, _ = heaps.get((what, place), (title, 0, oldest, due))
        heaps[what, place] = (title, before + n, min(since, oldest), due)
    for (what, place), (title, n, oldest, due) in heaps.items():
        yield _MAKE[what](place, title, n, geneva_day(oldest), due)


_PERMISSIONS: Final = {
    REGISTRATIONS: Permission.DECIDE_REGISTRATION,
    HELD: Permission.MANAGE_LIST,
    REQUESTS: Permission.CONFIRM_ACCOUNT,
    ARRIVALS: Permission.CONFIRM_ARRIVAL,
}


def _parts(act: Act) -> list[Part]:
    actor, found = act.actor, []
    if _holds(actor, *OFFICE, Role.COUNSELLOR, Role.FOCAL_POINT):
        found.append(_registrations(geneva_day(act.now)))
    if _holds(actor, *OFFICE, *MEETING_OFFICERS):
        found.append(_held())
    if _holds(actor, *OFFICE, Role.FOCAL_POINT):
        found.append(_requests())
    if _holds(actor, *OFFICE):
        found.append(_arrivals())
    return found


def _holds(actor: Actor, *roles: str) -> bool:
    return any(a.role in roles for a in actor.appointments)


def _columns(what: str, place: Any, *, at: Any, due: Any = None, **told: Any) -> Part:
    """told: title, path, organisation of the heap, where it has them."""
    title, path = told.get("title", _word()), told.get("path", _word())
    organisation = told.get("organisation", _none(Integer))
    return select(
        literal(what).label("what"),
        place.label("place"),
        title.label("title"),
        path.label("path"),
        organisation.label("organisation"),
        func.count().label("n"),
        func.min(at).label("oldest"),
        (cast(null(), Date) if due is None else due).label("due"),
    )


def _none(kind: Any) -> Any:
    return cast(null(), kind)


def _word(text: str = "") -> Any:
    return cast(literal(text), String)


def _registrations(today: date) -> Part:
    """Of meetings that are not over, by the entity for which people come."""
    told = {"title": col(Meeting.title), "path": col(Group.path), "organisation": col(Registration.organisation_id)}
    code, starts = col(Meeting.code), col(Meeting.starts_on)
    return (
        _columns(REGISTRATIONS, code, at=col(Registration.asked_at), due=starts, **told)
        .select_from(Registration)
        .join(Meeting, col(Meeting.id) == col(Registration.meeting_id))
        .join(Group, col(Group.id) == col(Meeting.group_id))
        .where(col(Registration.status) == RegistrationStatus.ASKED, col(Meeting.ends_on) >= today)
        .group_by(code, starts, *told.values())
    )


def _held() -> Part:
    told = {"title": col(MailingList.title), "path": col(Group.path)}
    return (
        _columns(HELD, col(MailingList.local), at=col(ListMessage.at), **told)
        .select_from(ListMessage)
        .join(MailingList, col(MailingList.id) == col(ListMessage.list_id))
        .join(Group, col(Group.id) == col(MailingList.group_id))
        .where(col(ListMessage.state) == MessageState.HELD)
        .group_by(col(MailingList.local), *told.values())
    )


def _requests() -> Part:
    organisation = col(AccountRequest.organisation_id)
    return (
        _columns(REQUESTS, _word(), at=col(AccountRequest.created_at), organisation=organisation)
        .where(col(AccountRequest.state) == RequestState.WAITING)
        .group_by(organisation)
    )


def _arrivals() -> Part:
    found = _columns(ARRIVALS, _word(), at=col(Arrival.received_at))
    return found.where(col(Arrival.state) == "waiting").having(func.count() > 0)


Make = Callable[[str, str, int, date, date | None], Waits]


def _heap(kind: str, says: str, does: str, address: Callable[[str], str]) -> Make:
    def make(place: str, title: str, n: int, since: date, due: date | None) -> Waits:
        return Waits(
            kind, f"{kind}-{place}", place, title, says, does, address(place), due=due, since=since, facts={"number": n}
        )  # fmt: skip

    return make


_MAKE: Final[dict[str, Make]] = {
    REGISTRATIONS: _heap(
        "registration", N_("Registrations to decide: {number}"), N_("Decide"),
        lambda code: f"{urls.meeting(code)}/participants",
    ),
    HELD: _heap("mail", N_("Mails held: {number}"), N_("Release or refuse"), lambda local: urls.path("mailing-list", local)),
    REQUESTS: _heap("request", N_("Requests for accounts: {number}"), N_("Decide"), lambda _: "/my/requests"),
    ARRIVALS: _heap("arrival", N_("Mails to be filed: {number}"), N_("File them"), lambda _: "/office/arrivals"),
}  # fmt: skip
