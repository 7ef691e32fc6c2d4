"""Letters on texts under approval: who must get them, what they say, and the rows that the worker sends.

    draft = letters.draft(act, Letter.TAP_CONSULTATION, target, told, by_meeting=False)   # what the panel shows
    letters.write(act, draft.worded(form.subject, form.text), entry)                      # in the same transaction

`told`: `letters.told_of(act, target, outcome, …)`. Recipients follow from the rules and are never asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from sgdocs.approval import letter_words as words
from sgdocs.approval.letter_words import ENTITIES, Told, Who
from sgdocs.approval.models import Comment, Process
from sgdocs.approval.targets import Target, editors_of
from sgdocs.approval.workflow import Outcome
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Appointment, Group, Membership
from sgdocs.groups.queries import in_force
from sgdocs.journal.models import Entry
from sgdocs.mail import actions as mail
from sgdocs.mail.models import Letter as Sent
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Role

KIND = "approval.{kind}"
PURPOSES = {"aap": "aap", "tap": "tap", "regional-tap": "tap"}
"""Procedure -> what a focal point may be appointed for."""
CHAIRS = (Role.SG_CHAIR, Role.CHAIR)
RAPPORTEURS = (Role.RAPPORTEUR, Role.CO_RAPPORTEUR, Role.ASSOCIATE_RAPPORTEUR)


@dataclass(frozen=True)
class Recipient:
    """why: the roles and entities for which this person gets it, in words."""

    address: str
    name: str
    why: str
    person_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A letter before it goes. unreached: entities that must get it and have no focal point with an address; series: of
    the paper that goes with it (`circular`, `CACE`), "" for none."""

    kind: str
    subject: str
    text: str
    recipients: tuple[Recipient, ...]
    unreached: tuple[str, ...] = ()
    series: str = ""
    clause: str = ""

    def worded(self, subject: str = "", text: str = "") -> "Draft":
        """The same to the same people, in somebody's words; what is left empty stays."""
        return replace(self, subject=subject or self.subject, text=text or self.text)


@dataclass
class Known:
    """Officers that were looked up for another text of the same occasion: a batch of closings asks once. groups: kept
    alive, so that the session need not read them again."""

    officers: dict[tuple[Who, int | None], list[Person]] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    held: list[Group] = field(default_factory=list)

    def hold(self, *groups: Group | None) -> None:
        new = [group for group in groups if group is not None and group.id not in self.groups]
        self.groups |= {group.id or 0 for group in new}
        self.held += new


def told_of(
    act: Act,
    target: Target,
    outcome: Outcome,
    *,
    opens_on: date | None = None,
    deciding: Meeting | None = None,
    closed_on: date | None = None,
    due_on: date | None = None,
    count: str = "",
    reason: str = "",
    site: str = "",
) -> Told:
    """What a step tells. site: of the pages (`https://docs.example`), for the link; "" says the number alone."""
    process, item = target.process, target.item
    title = (process.title if process else "") or (item.title if item else "") or _title(target)
    number = process.number if process else ""
    return Told(
        number=number,
        name=_name(target),
        title=title,
        group=target.group.label,
        question=target.question.label if target.question else "",
        procedure=target.procedure.title,
        state=target.procedure.states[outcome.state].title.lower(),
        clause=outcome.clause,
        happened_on=outcome.happened_on,
        opens_on=opens_on or (outcome.happened_on if outcome.closes_on else None),
        closes_on=outcome.closes_on,
        closed_on=closed_on,
        due_on=due_on,
        deciding=_of_meeting(deciding),
        count=count,
        reason=reason,
        link=_link(site.rstrip("/"), target),
    )


def _link(site: str, target: Target) -> str:
    """Where the record is read; before the process has its number that of the work item."""
    if site and target.process is not None:
        return f"{site}/approval/{target.process.number}"
    return f"{site}/wi/{target.item.number}" if site and target.item is not None else ""


def _name(target: Target) -> str:
    """`Draft new ITU-T Y.3199 (ex Y.slice)`, or the name alone."""
    process = target.process
    if process is None:
        return target.label
    is_renamed = process.identifier and process.identifier != process.name
    return f"{process.identifier} (ex {process.name})" if is_renamed else process.name


def _title(target: Target) -> str:
    return target.text.title if target.text else target.label


def _of_meeting(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return f"{meeting.code} ({words.day(meeting.starts_on)} to {words.day(meeting.ends_on)})"


def draft(
    act: Act, kind: str, target: Target, told: Told, *, by_meeting: bool = False, known: Known | None = None
) -> Draft:
    """The letter of a kind as the rules have it. KeyError for a kind that is none."""
    sort = words.SORTS[kind]
    to = words.must_get(kind, target.procedure.id, by_meeting=by_meeting)
    people, unreached = recipients(act, to, target, known)
    series = "CACE" if sort.series and target.group.sector == "R" else sort.series
    return Draft(kind, words.subject_of(kind, told), words.text_of(kind, told), people, unreached, series, sort.clause)


def write(act: Act, draft: Draft, entry: Entry) -> list[Sent]:
    """The rows, one for each address; written again for the same entry they are the same."""
    return [
        mail.write(
            act,
            to=each.address,
            to_name=each.name,
            person_id=each.person_id,
            subject=draft.subject,
            text=draft.text,
            kind=KIND.format(kind=draft.kind),
            entry_id=entry.id,
            reason=f"You get this as {each.why}. The rules of approval ask for it, so it cannot be switched off.",
        )
        for each in draft.recipients
    ]


# Who


def recipients(
    act: Act, to: Sequence[Who], target: Target, known: Known | None = None
) -> tuple[tuple[Recipient, ...], tuple[str, ...]]:
    """One letter to an address, whatever the number of roles; and the entities that have no address. Up to six queries."""
    found: dict[str, Recipient] = {}
    facts = {
        "group": target.group.label,
        "question": target.question.label if target.question else "",
        "name": _name(target),
    }
    purpose = PURPOSES.get(target.procedure.id, "")
    entities, unreached = _entities(act, [who for who in to if who in ENTITIES], target.group, purpose)
    people = [
        *_officers(act, to, target, known or Known()),
        *_editors(act, to, target),
        *_commenters(act, to, target.process),
    ]
    for person, who, entity in (*entities, *people):
        if not person.email or person.left_at is not None:
            continue
        why = words.WHY[who].format(**facts, entity=entity)
        before = found.get(person.email.lower())
        if before is None:
            found[person.email.lower()] = Recipient(person.email, person.name, why, person.id)
        elif why not in before.why.split("; "):
            found[person.email.lower()] = replace(before, why=f"{before.why}; {why}")
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.address))), unreached


_Found = tuple[Person, Who, str]


def _entities(act: Act, to: Sequence[Who], group: Group, purpose: str) -> tuple[list[_Found], tuple[str, ...]]:
    """Focal points of the members of the Sector, or of the Associates of the study group; names of those without.

    purpose: what they are appointed for; one whose appointment names none is there for everything. Source: domain 1.6
    (TSB Circular 251).
    """
    if not to:
        return [], ()
    on = geneva_day(act.now)
    rows = act.session.exec(
        select(Organisation, Person)
        .join(Membership, col(Membership.organisation_id) == Organisation.id)
        .outerjoin(
            Person,
            (col(Person.organisation_id) == Organisation.id)
            & col(Person.left_at).is_(None)
            & col(Person.email).is_not(None)
            & col(Person.id).in_(
                select(Appointment.person_id).where(
                    Appointment.role == Role.FOCAL_POINT, _is_for(purpose), *in_force(on)
                )
            ),
        )
        .where(
            col(Organisation.category).in_([who.value for who in to]),
            Membership.sector == group.sector,
            _is_member_there(group),
            col(Membership.starts_on) <= on,
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= on),
        )
        .order_by(Organisation.name, col(Person.id))
    ).all()
    reached = [(person, Who(entity.category), entity.name) for entity, person in rows if person is not None]
    return reached, tuple(dict.fromkeys(entity.name for entity, person in rows if person is None))


def _is_for(purpose: str) -> ColumnElement[bool]:
    return or_(col(Appointment.note) == "", func.lower(Appointment.note).contains(purpose))


def _is_member_there(group: Group) -> ColumnElement[bool]:
    is_of_group = (col(Organisation.category) == Who.ASSOCIATES) & (col(Membership.group_id) == group.id)
    return is_of_group | (col(Organisation.category) != Who.ASSOCIATES)


def _officers(act: Act, to: Sequence[Who], target: Target, known: Known) -> Iterable[_Found]:
    """Chair and counsellor of the group, rapporteurs of the Question, Directors."""
    question_id = target.question.id if target.question else None
    places = {
        Who.CHAIR: (CHAIRS, target.group.id),
        Who.COUNSELLOR: ((Role.COUNSELLOR,), target.group.id),
        Who.RAPPORTEURS: (RAPPORTEURS, question_id),
        Who.DIRECTORS: ((Role.DIRECTOR,), None),
    }
    for who in to:
        if who not in places or (who is Who.RAPPORTEURS and question_id is None):
            continue
        roles, group_id = places[who]
        if (who, group_id) not in known.officers:
            known.officers[who, group_id] = _holders(act, roles, group_id)
        yield from ((person, who, "") for person in known.officers[who, group_id])


def _holders(act: Act, roles: Sequence[Role], group_id: int | None) -> list[Person]:
    held = (
        select(Person)
        .join(Appointment, col(Appointment.person_id) == Person.id)
        .where(col(Appointment.role).in_(roles), Appointment.group_id == group_id, *in_force(geneva_day(act.now)))
    )
    return list(act.session.exec(held.order_by(col(Person.id))))


def _editors(act: Act, to: Sequence[Who], target: Target) -> Iterable[_Found]:
    """Editors whom we know; or whose address stands with the work item."""
    if Who.EDITORS not in to:
        return
    rows = editors_of(act.session, target.item)
    ids = [row.person_id for row in rows if row.person_id is not None]
    people = {p.id: p for p in act.session.exec(select(Person).where(col(Person.id).in_(ids)))} if ids else {}
    for row in rows:
        known = people.get(row.person_id)
        if known is not None:
            yield known, Who.EDITORS, ""
        elif "@" in row.email:
            yield Person(slug="", name=row.name, email=row.email, created_at=act.now), Who.EDITORS, ""


def _commenters(act: Act, to: Sequence[Who], process: Process | None) -> Iterable[_Found]:
    if Who.COMMENTERS not in to or process is None:
        return
    sent = select(Comment.person_id).where(Comment.process_id == process.id, col(Comment.withdrawn_at).is_(None))
    for person in act.session.exec(select(Person).where(col(Person.id).in_(sent)).order_by(col(Person.id))):
        yield person, Who.COMMENTERS, ""
