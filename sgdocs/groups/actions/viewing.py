"""The secretariat looks at the pages as somebody else: begun, ended, both noted. Source: features 108."""

from datetime import timedelta

from sqlmodel import col, select, update

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, missing, refuse
from sgdocs.base.settings import Settings
from sgdocs.groups.models import Group
from sgdocs.groups.rights import require_power_over
from sgdocs.groups.roles import roles_for
from sgdocs.groups.viewing import PLAIN, VIEW_ROLE, VISITOR, why_not_view
from sgdocs.journal.record import record
from sgdocs.people.accounts import UserSession
from sgdocs.people.models import Person
from sgdocs.people.rules import Category
from sgdocs.policy import Permission, Role


def view_as_person(act: Act, session_id: int, person: Person, settings: Settings) -> UserSession:
    """From now on, and for so many minutes, this browser sees what the person may see."""
    policy.require(act.actor, Permission.VIEW_AS)
    require_power_over(act, person)
    refuse(why_not_view(act.actor.person_id, person), Invalid)
    row = _begin(act, session_id, settings, view_person_id=person.id)
    record(act, "people.viewed", person, audience="secretariat", until=_told(row))
    return row


def view_as_role(
    act: Act, session_id: int, settings: Settings, *, role: str, group: Group | None, category: Category
) -> UserSession:
    """The same as whoever holds a role in a group, for an entity of that category. The role `public` is nobody."""
    policy.require(act.actor, Permission.VIEW_AS)
    if role == Role.ADMIN:
        policy.require(act.actor, Permission.ADMINISTER)
    known = role in PLAIN or role in roles_for(group.kind if group else None)
    is_placed = group is not None or role not in (Role.GUEST,)
    refuse(None if known and is_placed else Refusal(VIEW_ROLE, field="role"), Invalid)
    path = group.path if group and role != VISITOR else ""
    row = _begin(act, session_id, settings, view_role=role, view_group=path, view_category=category.value)
    viewer = act.session.get_one(Person, row.person_id)
    record(
        act,
        "people.viewed-as-role",
        viewer,
        audience="secretariat",
        until=_told(row),
        role=role,
        group=group.label if path and group else "",
        category=category.value,
    )
    return row


def end_view(act: Act, session_id: int) -> None:
    """Back to one's own eyes. Nothing happens when the view has ended already."""
    row = _own(act, session_id)
    if row.view_until is None:
        return
    seen = act.session.get(Person, row.view_person_id or row.person_id)
    ended = update(UserSession).where(col(UserSession.id) == row.id, col(UserSession.view_until).is_not(None))
    if act.session.exec(ended.values(**_NOBODY)).rowcount and seen is not None:
        record(act, "people.view-ended", seen, audience="secretariat")


_NOBODY = {"view_person_id": None, "view_role": "", "view_group": "", "view_category": "", "view_until": None}


def _begin(act: Act, session_id: int, settings: Settings, **told: object) -> UserSession:
    row = _own(act, session_id)
    until = act.now + timedelta(minutes=settings.view_as_minutes)
    for name, value in {**_NOBODY, **told, "view_until": until}.items():
        setattr(row, name, value)
    act.session.add(row)
    act.session.flush()
    return row


def _own(act: Act, session_id: int) -> UserSession:
    """The session, if it is the actor's."""
    wanted = select(UserSession).where(
        UserSession.id == session_id, UserSession.person_id == (act.actor.person_id or 0)
    )
    return act.session.exec(wanted).first() or missing("Session", session_id)


def _told(row: UserSession) -> str:
    return row.view_until.isoformat() if row.view_until else ""
