"""The rows of a draft: itself, its sides, relations and texts; what of it has changed."""

import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, func
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Invalid
from sgdocs.groups import queries as groups
from sgdocs.liaison import drafting_rules as drafts
from sgdocs.liaison import filing, queries, rules
from sgdocs.liaison.actions import _parties, _writing
from sgdocs.liaison.actions._parties import Side
from sgdocs.liaison.actions.answering import answer_begun
from sgdocs.liaison.actions.filing import keep_name
from sgdocs.liaison.actions.relating import relate
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Relation, Sender, Statement, StatementText
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.rules import Kind, Origin, State, Status
from sgdocs.liaison.schemas import DraftForm
from sgdocs.policy import Permission

AGREED: Final = ("level", "agreed_meeting_id", "approved_by", "approved_at", "approval_note")
"""How a sending group agreed: kept while the sender stays."""


def create(act: Act, form: DraftForm, senders: Sequence[Side]) -> Statement:
    statement = Statement(
        name=f"new-{secrets.token_hex(8)}",
        label="",
        origin=Origin.OURS,
        status=Status.DRAFT,
        title="",
        audience="secretariat",
        owner_id=act.actor.person_id,
        created_at=act.now,
        changed_at=act.now,
    )
    describe(act, statement, form, senders)
    act.session.flush()
    statement.name = statement.label = f"draft-{statement.id}"
    act.session.flush()
    keep_name(act, statement, statement.name, "draft")
    return statement


def describe(act: Act, statement: Statement, form: DraftForm, senders: Sequence[Side]) -> None:
    """What stands in the row itself. Marks of the title are left out: they are written when it is sent."""
    first = senders[0].whom.group
    assert first is not None, "refused above"
    whose = filing.counting(act.session, first)
    period = groups.period_on(act.session, whose.sector, geneva_day(act.now))
    title = read_title(form.title)
    statement.title, statement.body, statement.language = title.subject[:500], form.body, form.language or "en"
    statement.sector, statement.group_id = whose.sector, whose.id
    statement.period_id = period.id if period else None
    statement.audience = groups.audience_of(act.session, whose)
    statement.is_reply = bool(form.reply_to) or title.is_reply
    statement.in_reply_words = ", ".join(form.reply_to)[:500]
    statement.contacts = [told for each in form.contacts if any((told := each.model_dump()).values())]
    statement.level = form.level or statement.level
    act.session.add(statement)


def address(act: Act, statement: Statement, sides: Sequence[Side]) -> None:
    """To whom, in place of what stood there; nothing is posted yet."""
    ids = select(Addressee.id).where(Addressee.statement_id == statement.id)
    act.session.execute(delete(AddresseeQuestion).where(col(AddresseeQuestion.addressee_id).in_(ids)))
    act.session.execute(delete(Addressee).where(col(Addressee.statement_id) == statement.id))
    _parties.add_addressees(act, statement, sides, State.PENDING, geneva_day(act.now))


def replace_senders(act: Act, statement: Statement, sides: Sequence[Side]) -> None:
    """Senders that stay keep how they agreed."""
    held = {(row.group_id, row.body_id, row.name): row for row in queries.senders_of(act.session, statement)}
    kept = {key: tuple(getattr(row, each) for each in AGREED) for key, row in held.items()}
    act.session.execute(delete(Sender).where(col(Sender.statement_id) == statement.id))
    rows = _parties.add_senders(act, statement, sides)
    require_right(act, rows)
    for row in rows:
        agreed = kept.get((row.group_id, row.body_id, row.name))
        for name, value in zip(AGREED, agreed or (), strict=False):
            setattr(row, name, value)
    act.session.flush()


def relate_all(act: Act, statement: Statement, form: DraftForm) -> None:
    relate(act, statement, Kind.REPLIES_TO, form.reply_to)
    relate(act, statement, Kind.FORWARDS, form.forwards)
    for other in _others(act, statement):
        if other.status not in rules.OUT:
            raise Invalid(drafts.REPLY_TO_DRAFT, field="reply_to", label=other.label or other.name)
    answer_begun(act, statement)


def _others(act: Act, statement: Statement) -> list[Statement]:
    """What it answers or forwards."""
    rows = select(Statement).join(Relation, col(Relation.other_id) == col(Statement.id))
    return list(act.session.exec(rows.where(Relation.statement_id == statement.id)))


def keep_text(act: Act, statement: Statement) -> None:
    last = act.session.exec(
        select(func.max(StatementText.number)).where(StatementText.statement_id == statement.id)
    ).one()
    row = StatementText(
        statement_id=statement.id or 0,
        number=(last or 0) + 1,
        title=statement.title,
        body=statement.body,
        by_id=act.actor.person_id,
        at=act.now,
    )
    act.session.add(row)
    act.session.flush()


def told(act: Act, statement: Statement) -> dict[str, object]:
    """What a change is measured against."""
    session = act.session
    addressees = queries.addressees_of(session, statement)
    questions = queries.questions_of(session, addressees)
    relations = queries.relations_of(session, statement)
    return {
        "title": statement.title,
        "body": statement.body,
        "language": statement.language,
        "contacts": statement.contacts,
        "senders": [
            (s.name, s.working_party_id, tuple(s.question_ids)) for s in queries.senders_of(session, statement)
        ],
        "addressees": [
            (
                a.name,
                a.purpose,
                a.deadline,
                a.is_copy,
                a.is_answer_expected,
                [q.id for q in questions.get(a.id or 0, [])],
            )
            for a in addressees
        ],
        "reply_to": sorted(r.words for r in relations if r.kind == Kind.REPLIES_TO),
        "forwards": sorted(r.words for r in relations if r.kind == Kind.FORWARDS),
        "about": sorted(
            (e.kind, e.work_item_id or e.family_id or e.group_id or e.meeting_id or 0)
            for e in queries.links_of(session, statement)
        ),
        "status": statement.status,
    }


def is_again(before: dict[str, object], statement: Statement) -> bool:
    return before["status"] != Status.DRAFT and statement.status == Status.DRAFT


def unagree(act: Act, statement: Statement) -> None:
    for row in queries.senders_of(act.session, statement):
        row.level, row.agreed_meeting_id, row.approved_by, row.approved_at, row.approval_note = "", None, None, None, ""
        act.session.add(row)
    _writing.set_status(act, statement, Status.DRAFT)


def require_right(act: Act, rows: Sequence[Sender]) -> None:
    """The actor writes for one of the sending groups; the refusal names what is missing for the first."""
    if not any(_writing.may_for(act, row, Permission.DRAFT_STATEMENT) for row in rows):
        _writing.permit_for(act, rows[0], Permission.DRAFT_STATEMENT)
