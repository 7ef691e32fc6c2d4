"""The facts that the checks of a statement look at, gathered from its rows."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import bodies, filing, queries
from sgdocs.liaison.bodies_models import Body, BodyContact
from sgdocs.liaison.body_rules import why_not_address
from sgdocs.liaison.checking import AddresseeFacts, Finding, PaperFacts, StatementFacts, findings
from sgdocs.liaison.drafting_rules import why_not_send
from sgdocs.liaison.loops import Caution, warnings_of
from sgdocs.liaison.models import Addressee, Statement, StatementPaper
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.rules import Level, Purpose


def found_in(
    act: Act,
    statement: Statement,
    reached: Mapping[int | None, Sequence[BodyContact]],
    letter_bytes: int,
    practice: Practice,
) -> list[Finding]:
    """What is found now. reached: by id of the addressee, whom its letter goes to; letter_bytes: of all attachments."""
    senders = queries.senders_of(act.session, statement)
    ours = [each for each in senders if each.group_id is not None]
    facts = StatementFacts(
        title=statement.title,
        body=statement.body,
        sector=statement.sector,
        on=geneva_day(act.now),
        addressees=[
            _addressee(act, row, reached.get(row.id, ())) for row in queries.addressees_of(act.session, statement)
        ],
        papers=_papers(act, queries.papers_of(act.session, statement)),
        addresses=[each.get("email", "") for each in statement.contacts],
        has_contact=bool(statement.contacts),
        has_question=any(each.question_ids for each in senders),
        has_meeting=statement.meeting_id is not None,
        is_between_meetings=all(_is_between(each.level, each.agreed_meeting_id) for each in ours),
        refusals=why_not_send(
            statement.label, statement.status, [(s.name, s.level, s.approved_at is not None) for s in ours]
        ),
        letter_bytes=letter_bytes,
        letter_mb=practice.letter_mb,
    )
    return [*findings(facts), *(_of_caution(each) for each in warnings_of(act, statement))]


def _of_caution(caution: Caution) -> Finding:
    """Twins, crossings, circles: read and accepted like any warning."""
    label, name = (caution.other.label, caution.other.name) if caution.other else ("", "")
    return Finding(caution.rule, "warning", caution.facts, label, other=name, other_label=label)


def _is_between(level: str, meeting_id: int | None) -> bool:
    return level == Level.CHAIR or (bool(level) and meeting_id is None)


def _addressee(act: Act, row: Addressee, contacts: Sequence[BodyContact]) -> AddresseeFacts:
    group = act.session.get(Group, row.group_id) if row.group_id else None
    body = act.session.get(Body, row.body_id) if row.body_id else None
    on = geneva_day(act.now)
    refusal = filing.why_not_address(act.session, group, on) if group else None
    if body is not None and refusal is None:
        heir = bodies.last_successor(act.session, body)
        refusal = why_not_address(body.name, body.ended_on, heir.name if heir else "", on)
    return AddresseeFacts(
        name=row.name,
        purpose=Purpose(row.purpose),
        deadline=row.deadline,
        is_copy=row.is_copy,
        is_group=group is not None,
        is_known=group is not None or body is not None,
        label=groups.audience_of(act.session, group) if group else "",
        addresses=tuple(each.email for each in contacts),
        bounced=tuple(each.email for each in contacts if each.bounced_at is not None),
        refusal=refusal,
    )


def _papers(act: Act, papers: Sequence[StatementPaper]) -> list[PaperFacts]:
    """One for each document, whatever its files, and one for each file of its own."""
    ids = {paper.document_id for paper in papers if paper.document_id}
    rows = act.session.exec(select(Document).where(col(Document.id).in_(ids))) if ids else ()
    documents = {row.id: row for row in rows}
    found: dict[str, PaperFacts] = {}
    for paper in papers:
        document = documents.get(paper.document_id)
        facts = (
            PaperFacts(
                document.label,
                document.audience,
                "deleted" if document.deleted_at else document.status,
                paper.part,
                document.part,
                is_document=True,
                size_bytes=paper.size_bytes,
            )
            if document is not None
            else PaperFacts(paper.name, is_quarantined=paper.is_quarantined, size_bytes=paper.size_bytes)
        )
        found.setdefault(facts.name + paper.part, facts)
    return list(found.values())
