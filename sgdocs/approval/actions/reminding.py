"""Reminders of what is owed, a week before, on the day, a week after: one letter a person, whatever the number of things.

Who owes as a role is found on the day. After a downtime the newest occasion alone is told. Source: domain AAP-2, 8.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.approval import owing
from sgdocs.approval.models import Obligation, Process, Reply
from sgdocs.approval.procedures.terms import By
from sgdocs.approval.reminder_words import KINDS, LINES, REASON, SUBJECT, TEXT
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Appointment
from sgdocs.groups.queries import holders, in_force
from sgdocs.i18n import Language, spoken
from sgdocs.journal.record import record
from sgdocs.mail import actions as mail
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Role
from sgdocs.work_programme.models import ItemEditor

HELD_BY = {
    By.CHAIR: (Role.SG_CHAIR, Role.CHAIR),
    By.COUNSELLOR: (Role.COUNSELLOR,),
    By.EDITOR: (Role.RAPPORTEUR, Role.CO_RAPPORTEUR, Role.EDITOR),
}


@dataclass(frozen=True)
class Owed:
    obligation: Obligation
    process: Process
    occasion: int


def remind(act: Act, *, site: str = "") -> int:
    """Write the letters of today's occasions; returns how many. Rows are locked, so that two workers write one each.

    site: address of the pages, for links.
    """
    policy.require(act.actor, Permission.CLOSE_WINDOW)
    today = geneva_day(act.now)
    told: dict[int, list[Owed]] = {}
    people: dict[int, Person] = {}
    entry_id: int | None = None
    for owed in _due(act, today):
        _mark(act, owed)
        entry_id = _note(act, owed)
        for person in _debtors(act, owed, today):
            people[person.id or 0] = person
            told.setdefault(person.id or 0, []).append(owed)
    for id, things in told.items():
        _write(act, people[id], things, entry_id, site)
    return len(told)


def is_due(act: Act) -> bool:
    """Whether anything reached an occasion that was not told yet."""
    return bool(_due(act, geneva_day(act.now), locked=False))


def _due(act: Act, today: date, *, locked: bool = True) -> list[Owed]:
    """Open debts that reached an occasion which was not told yet; a reply that came is no debt."""
    replied = exists().where(
        col(Reply.process_id) == Obligation.process_id,
        col(Reply.organisation_id) == Obligation.organisation_id,
        col(Reply.sent_at) >= Obligation.created_at,
    )
    found = (
        select(Obligation, Process)
        .join(Process, col(Process.id) == Obligation.process_id)
        .where(col(Obligation.done_at).is_(None), col(Obligation.due_on).is_not(None), ~replied)
        .where(col(Obligation.due_on) <= today - timedelta(days=owing.REMINDED_ON[0]))
        .order_by(col(Obligation.due_on), col(Obligation.id))
        .execution_options(populate_existing=True)
    )
    rows = act.session.exec(found.with_for_update(of=Obligation, skip_locked=True) if locked else found).all()
    return [
        Owed(row, process, occasion)
        for row, process in rows
        if row.due_on is not None
        and (occasion := owing.occasion(row.due_on, geneva_day(row.created_at), today)) is not None
        and str(occasion) not in row.reminded
    ]


def _mark(act: Act, owed: Owed) -> None:
    """This occasion and those before it are done."""
    row = owed.obligation
    row.reminded = [str(day) for day in owing.REMINDED_ON if day <= owed.occasion]
    act.session.add(row)
    act.session.flush()


def _note(act: Act, owed: Owed) -> int | None:
    entry = record(
        act,
        "approval.reminded",
        owed.process,
        group_id=owed.process.question_id or owed.process.group_id,
        audience="secretariat",
        process=owed.process.number,
        kind=owed.obligation.kind,
        due_on=str(owed.obligation.due_on),
        days=owed.occasion,
    )
    return entry.id


def _debtors(act: Act, owed: Owed, today: date) -> list[Person]:
    """The person, the focal points of the entity, or whoever has the role today; the secretariat when nobody has it."""
    row = owed.obligation
    if row.person_id is not None:
        return _reachable(act, [row.person_id])
    if row.organisation_id is not None:
        return holders(act.session, Role.FOCAL_POINT, today, organisation_id=row.organisation_id)
    named = _editors(act, owed.process) if row.role == By.EDITOR else []
    found = _reachable(act, [*named, *_in_role(act, row, today)])
    return found or holders(act.session, Role.SECRETARIAT, today)


def _editors(act: Act, process: Process) -> list[int]:
    held = select(col(ItemEditor.person_id)).where(ItemEditor.work_item_id == process.work_item_id)
    return [id for id in act.session.exec(held) if id is not None] if process.work_item_id else []


def _in_role(act: Act, row: Obligation, today: date) -> list[int]:
    roles = HELD_BY.get(By(row.role), ()) if row.role else ()
    held = select(col(Appointment.person_id)).where(
        col(Appointment.role).in_(roles), Appointment.group_id == row.group_id, *in_force(today)
    )
    return list(act.session.exec(held)) if roles else []


def _reachable(act: Act, ids: Iterable[int]) -> list[Person]:
    wanted = set(ids)
    found = select(Person).where(
        col(Person.id).in_(wanted), col(Person.left_at).is_(None), col(Person.email).is_not(None)
    )
    return list(act.session.exec(found.order_by(col(Person.id)))) if wanted else []


def _write(act: Act, person: Person, things: list[Owed], entry_id: int | None, site: str) -> None:
    tongue = spoken(person.language)
    lines = "\n".join(_line(tongue, each, site) for each in things)
    mail.write(
        act,
        to=person.email or "",
        to_name=person.name,
        subject=tongue.sentence(SUBJECT, {"count": len(things)}),
        text=tongue.sentence(TEXT, {"name": person.name, "lines": lines}),
        kind="approval.reminder",
        person_id=person.id,
        entry_id=entry_id,
        reason=tongue.say(REASON),
    )


def _line(tongue: Language, owed: Owed, site: str) -> str:
    says = LINES["late" if owed.occasion > 0 else "today" if owed.occasion == 0 else "soon"]
    process = owed.process
    facts = {
        "what": tongue.say(KINDS.get(owed.obligation.kind, owed.obligation.kind)),
        "name": process.name,
        "title": process.title,
        "due_on": owed.obligation.due_on,
        "link": f"{site.rstrip('/')}/approval/{process.number}" if site else process.number,
    }
    return tongue.sentence(says, facts)
