"""The form of a draft as it stands, to be shown and changed."""

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.liaison import queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Statement
from sgdocs.liaison.naming import write_title
from sgdocs.liaison.records import record_of
from sgdocs.liaison.rules import Kind, Level, Purpose
from sgdocs.liaison.schemas import AddresseeForm, DraftForm, SenderForm


def form_of(act: Act, statement: Statement) -> DraftForm:
    """Everything that `edit` writes: sent back unchanged, it changes nothing. Groups by path, bodies by address.

    What the actor may not read of what it is about is left out. Costs what its record costs, and three queries.
    """
    record = record_of(act, statement)
    session = act.session
    addressees = queries.addressees_of(session, statement)
    questions = queries.questions_of(session, addressees)
    words: dict[str, list[str]] = {Kind.REPLIES_TO: [], Kind.FORWARDS: []}
    for relation in queries.relations_of(session, statement):
        words.setdefault(relation.kind, []).append(relation.words)
    return DraftForm(
        senders=[
            SenderForm(
                name=_name(row.group, row.body, row.sender.name),
                working_party=row.working_party.path if row.working_party else "",
                questions=[group.path for group in row.questions],
            )
            for row in record.senders
        ],
        addressees=[
            AddresseeForm(
                name=_name(row.group, row.body, row.addressee.name),
                purpose=Purpose(row.addressee.purpose),
                deadline=row.addressee.deadline,
                is_copy=row.addressee.is_copy,
                is_answer_expected=row.addressee.is_answer_expected,
                questions=[group.path for group in questions.get(row.addressee.id or 0, [])],
            )
            for row in record.addressees
        ],
        title=_title(statement, words[Kind.REPLIES_TO]),
        body=statement.body,
        language=statement.language,
        reply_to=words[Kind.REPLIES_TO],
        forwards=words[Kind.FORWARDS],
        contacts=[dict(each) for each in statement.contacts],
        level=Level(statement.level) if statement.level else None,
        work_items=[str(row.work_item.number) for row in record.links if row.work_item],
        recommendations=[row.family.numbers[0] for row in record.links if row.family],
        questions=[row.group.path for row in record.links if row.group],
        meeting=record.meeting.code if record.meeting else "",
    )


def _title(statement: Statement, reply_to: list[str]) -> str:
    """The subject; with its mark where nothing else says that it is a reply."""
    if statement.is_reply and not reply_to:
        return write_title(statement.title, is_reply=True)
    return statement.title


def _name(group: Group | None, body: Body | None, given: str) -> str:
    if group is not None:
        return group.path
    return body.slug if body is not None else given
