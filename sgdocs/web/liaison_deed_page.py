"""A deed with a statement, or by an addressee of it: the page that asks, and what follows when it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, NotAllowed, Refused
from sgdocs.groups import queries as groups
from sgdocs.groups.listing import children
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.i18n import N_
from sgdocs.liaison import queries
from sgdocs.liaison.approvers import approvers_of
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.rules import Purpose
from sgdocs.people.models import Person
from sgdocs.policy import require
from sgdocs.web import liaison_deeds as deeds
from sgdocs.web import liaison_words, urls
from sgdocs.web.deps import Reading
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.liaison_deeds import Deed
from sgdocs.web.liaison_frame import moved, statement_of
from sgdocs.web.render import language_of, page, see
from sgdocs.web.work_meetings import sat


@dataclass(frozen=True)
class Place:
    """Where a deed is done: with the statement, or by one addressee of it."""

    statement: Statement
    addressee: Addressee | None = None
    senders: Sequence[Sender] = field(default=())


def place_of(act: Act, name: str, position: int | None = None) -> Place:
    statement = statement_of(act, name)
    if position is None:
        return Place(statement, None, queries.senders_of(act.session, statement))
    return Place(statement, queries.addressee(act.session, statement, position))


def _offered(act: Act, place: Place, deed: Deed) -> None:
    """NotAllowed unless this page is for the actor. Whether the state allows it, the action says."""
    statement, addressee = place.statement, place.addressee
    if addressee is not None:
        if not deeds.may_do(act, statement, addressee, deed):
            require(act.actor, deed.permission, queries.scope_of_addressee(act.session, addressee))
            raise NotAllowed(NOT_PERMITTED, permission=deed.permission.value)
        return
    if not deeds.may_here(act, statement, deed):
        require(act.actor, deeds.permission_for(deed, statement), queries.scope_of(act.session, statement))


def _show(request: Request, act: Act, place: Place, deed: Deed, filled: Filled[Any], *, status: int = 200) -> Response:
    _gather(filled, deed)
    statement, addressee = place.statement, place.addressee
    group = _group(act, place)
    approvers = approvers_of(act, statement) if deed in (deeds.AGREE, deeds.APPROVE) else []
    return page(
        request,
        "liaison/deed.html",
        fragment="form",
        status=status,
        statement=statement,
        addressee=addressee,
        deed=deed,
        address=deed.address(statement.name, addressee.position if addressee else None),
        filled=filled,
        choices=_choices(request, act, place, group),
        approvers=approvers,
        people=_people(act, group) if "person" in deed.fields else [],
        meetings=[(each.code, each.title) for each in sat(act, group)] if group and "meeting" in deed.fields else [],
        says=liaison_words,
    )


def _gather(filled: Filled[Any], deed: Deed) -> None:
    """What stands against one of a list (`to.2.name`) is said at the list, against a field that the page does not show
    at its head."""
    for name in list(filled.errors):
        says = filled.errors.pop(name)
        field_name = name.split(".", maxsplit=1)[0]
        filled.errors.setdefault(field_name if field_name in deed.fields else "", says)


def _group(act: Act, place: Place) -> Group | None:
    """Where it is done: the addressed group, else the one that sends it."""
    if place.addressee is None or place.addressee.group_id is None:
        return queries.group_of(act.session, place.statement)
    return act.session.get(Group, place.addressee.group_id)


def _choices(request: Request, act: Act, place: Place, group: Group | None) -> dict[str, list[tuple[str, str]]]:
    say = language_of(request).say
    return {
        "sender": [(str(each.position), each.name) for each in place.senders if each.group_id],
        "level": [(each, say(word)) for each, word in liaison_words.LEVELS.items()],
        "purpose": [(each, say(word)) for each, word in liaison_words.PURPOSES.items()],
        "is_expected": [("true", say(N_("yes"))), ("false", say(N_("no")))],
        "questions": _questions(act, group) if group and place.addressee else [],
    }


def _questions(act: Act, group: Group) -> list[tuple[str, str]]:
    """Today's Questions of the group, with their titles."""
    period = groups.period_on(act.session, group.sector, geneva_day(act.now))
    rows = [row for row in children(act.session, group, period) if row.group.kind == GroupKind.QUESTION]
    return [(row.group.path, f"{row.group.label} {row.title}".strip()) for row in rows]


def _people(act: Act, group: Group | None) -> list[Person]:
    """Officers of the group and of its Questions: who usually sees to answers."""
    if group is None:
        return []
    period = groups.period_on(act.session, group.sector, geneva_day(act.now))
    ids = [group.id or 0, *(row.group.id or 0 for row in children(act.session, group, period))]
    seats = groups.officers(act.session, ids, geneva_day(act.now))
    return list({seat.person.id: seat.person for seat in seats}.values())


def _start(act: Act, place: Place) -> dict[str, object]:
    """What the form begins with."""
    statement, addressee = place.statement, place.addressee
    if addressee is None:
        own = next((each for each in place.senders if each.group_id), None)
        return {"level": statement.level, "sender": str(own.position) if own else "0"}
    allotted = queries.questions_of(act.session, [addressee]).get(addressee.id or 0, [])
    owner = act.session.get(Person, addressee.owner_id) if addressee.owner_id else None
    return {
        "questions": [group.path for group in allotted],
        "person": owner.slug if owner else "",
        "purpose": Purpose.INFORMATION.value,
        "deadline": addressee.deadline.isoformat() if addressee.deadline else "",
        "is_expected": "true",
    }


def pages_of(pages: APIRouter, deed: Deed) -> None:
    """The page that asks."""

    def ask(request: Request, act: Reading, name: str) -> Response:
        place = place_of(act, name)
        there = moved(request, name, place.statement, f"/{deed.word}")
        if there is None:
            _offered(act, place, deed)
        return there or _show(request, act, place, deed, blank(_start(act, place)))

    def ask_there(request: Request, act: Reading, name: str, position: int) -> Response:
        place = place_of(act, name, position)
        there = moved(request, name, place.statement, f"/to/{position}/{deed.word}")
        if there is None:
            _offered(act, place, deed)
        return there or _show(request, act, place, deed, blank(_start(act, place)))

    is_of_statement = deed in deeds.OF_STATEMENT
    handler = ask if is_of_statement else ask_there
    handler.__name__ = f"ask_{deed.word.replace('-', '_')}"
    pages.get(f"/liaison/{{name}}/{'' if is_of_statement else 'to/{position}/'}{deed.word}")(handler)


def done(
    request: Request, act: Act, place: Place, deed: Deed, filled: Filled[Any], *, do: Callable[[], object]
) -> Response:
    """Act, and go to the page of the statement; what is refused is shown at the form, and nothing of it is written."""
    _offered(act, place, deed)
    if not filled.ok:
        return _show(request, act, place, deed, filled, status=422)
    made: list[object] = []
    try:
        with act.session.begin_nested():
            made.append(do())
    except NotAllowed:
        raise
    except Refused as refused:
        act.session.refresh(place.statement)
        return _show(request, act, place, deed, filled.refused(refused), status=status_of(refused))
    to = made[0] if isinstance(made[0], Statement) else place.statement
    return see(urls.statement(to.name), notice=language_of(request).say(deed.notice))
