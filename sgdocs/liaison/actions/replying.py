"""The form of a reply, filled with what is known. Source: Rec. ITU-T A.1 1.5 (a reply says so), domain 7.1."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.schemas import ContactForm
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import filing, queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.rules import Level, Purpose
from sgdocs.liaison.schemas import AddresseeForm, DraftForm, SenderForm
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.recommendations.audience import is_readable
from sgdocs.recommendations.models import Family
from sgdocs.work_programme import queries as items
from sgdocs.work_programme.models import WorkItem


def draft_reply(act: Act, statement: Statement, addressee: Addressee) -> DraftForm:
    """The answer of one addressee to whoever sent the statement: title, sides, thread, Questions, what it is about, and
    the actor as contact. Due before the group meets, it goes by correspondence: approved by its chair. Writes nothing."""
    group = groups.by_id(act.session, addressee.group_id) if addressee.group_id else None
    is_inside = addressee.audience in groups.audiences(act)  # who alone sees to which Questions it is allotted
    asked = queries.questions_of(act.session, [addressee]).get(addressee.id or 0, []) if is_inside else []
    sender = SenderForm(
        name=group.path if group else addressee.name,
        questions=[each.path for each in asked],
    )
    about = _about(act, statement)
    meeting = _meeting_now(act, group)
    by_correspondence = is_inside and addressee.flagged == filing.BEFORE_MEETING and not meeting
    return DraftForm(
        senders=[sender],
        addressees=[_to(act, each) for each in queries.senders_of(act.session, statement)],
        title=statement.title,
        language=statement.language,
        reply_to=[_number(act, statement)],
        forwards=[],
        contacts=contacts_of(act),
        work_items=about["work-item"],
        recommendations=about["recommendation"],
        questions=[],
        meeting=meeting,
        level=Level.CHAIR if by_correspondence else None,
    )


def _number(act: Act, statement: Statement) -> str:
    """As people write it, where that means this statement alone; else its address."""
    found = queries.find(act, statement.label)
    return statement.label if found is not None and found.id == statement.id else statement.name


def contacts_of(act: Act) -> list[ContactForm]:
    """Who acts, as a contact; none for the operator."""
    person = act.session.get(Person, act.actor.person_id) if act.actor.person_id else None
    if person is None:
        return []
    own = act.session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return [
        ContactForm(
            name=person.name,
            organisation=own.name if own else "",
            country=person.country,
            telephone=person.phone,
            email=person.email or "",
        )
    ]


def _to(act: Act, sender: Sender) -> AddresseeForm:
    """A group by its path, a body by its address; the Questions that wrote it get the answer."""
    group = act.session.get(Group, sender.group_id) if sender.group_id else None
    body = act.session.get(Body, sender.body_id) if sender.body_id else None
    asked = act.session.exec(select(Group).where(col(Group.id).in_(sender.question_ids))).all()
    name = group.path if group else body.slug if body else sender.name
    return AddresseeForm(name=name, purpose=Purpose.INFORMATION, questions=[each.path for each in asked])


def _about(act: Act, statement: Statement) -> dict[str, list[str]]:
    """What it is about, as far as the actor may read it, as a form writes it."""
    found: dict[str, list[str]] = {"work-item": [], "recommendation": []}
    for row in queries.links_of(act.session, statement):
        if row.work_item_id:
            item = act.session.exec(select(WorkItem).where(WorkItem.id == row.work_item_id, items.visible(act))).first()
            found["work-item"] += [str(item.number)] if item else []
        if row.family_id:
            family = act.session.get(Family, row.family_id)
            found["recommendation"] += [family.numbers[0]] if family and is_readable(act, family.audience) else []
    return found


def _meeting_now(act: Act, group: Group | None) -> str:
    """The code of the group's meeting that is sitting, "" between meetings."""
    if group is None:
        return ""
    today = geneva_day(act.now)
    sitting = select(Meeting.code).where(
        Meeting.group_id == group.id,
        Meeting.status == "open",
        col(Meeting.starts_on) <= today,
        col(Meeting.ends_on) >= today,
        col(Meeting.audience).in_(groups.audiences(act)),
    )
    return act.session.exec(sitting.order_by(col(Meeting.starts_on).desc())).first() or ""
