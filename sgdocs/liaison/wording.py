"""The words of a statement, gathered from its rows: for its file, its letters, its export."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.stamping import place_and_days
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.liaison import filing, queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.letter_words import StatementWords, To, approval_of, day, printed, short_question
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.naming import write_title
from sgdocs.liaison.rules import DRAFTS, Kind, Origin, Purpose
from sgdocs.meetings.models import Meeting
from sgdocs.text.model import Contact


def words_of(
    act: Act, statement: Statement, *, number: str = "", papers: tuple[str, ...] | None = None
) -> StatementWords:
    """Everything that its file says. number: the one it will get, "" for the one it has. Up to fourteen queries.

    Only what every reader of the statement may know: to whom, but not how it is handled there.
    """
    session = act.session
    senders, addressees = queries.senders_of(session, statement), queries.addressees_of(session, statement)
    asked = queries.questions_of(session, addressees)
    to = tuple(to_of(each, asked.get(each.id or 0, ())) for each in addressees)
    answers = tuple(r.words for r in queries.relations_of(session, statement) if r.kind == Kind.REPLIES_TO)
    dated_on = statement.dated_on or geneva_day(act.now)
    held = papers if papers is not None else tuple(each.name for each in queries.papers_of(session, statement))
    whose = queries.group_of(session, statement)
    period = session.get(StudyPeriod, statement.period_id) if statement.period_id else None
    return StatementWords(
        sector=statement.sector,
        number=number or ("" if statement.status in DRAFTS else statement.external_number or statement.label),
        title=title_of(statement, to, answers),
        subject=statement.title,
        body=statement.body,
        group=printed(statement.sector, [whose.code]) if whose else "",
        period=period.title.replace("–", "-") if period else "",
        working_party=", ".join(_parties(session, senders)),
        questions=tuple(_questions(session, senders)),
        place_date=_place_date(act, statement),
        dated_on=dated_on,
        source=", ".join(source_of(session, each) for each in senders),
        senders=tuple(each.name for each in senders),
        is_reply=statement.is_reply,
        to=to,
        approval=tuple(_approvals(session, senders)),
        answers=answers,
        papers=held,
        contacts=tuple(_contact(each) for each in statement.contacts),
        language=statement.language,
    )


def title_of(statement: Statement, to: tuple[To, ...], answers: tuple[str, ...]) -> str:
    """`LS/o/r on … (reply to SG17-LS55)`; in ITU-R `Reply liaison statement to Working Party 5A - …`. Source: domain 7.1."""
    if statement.sector != "R":
        return write_title(
            statement.title,
            kind="o" if statement.origin == Origin.OURS else "i",
            is_reply=statement.is_reply,
            reply_to=answers,
        )
    head = "Reply liaison statement" if statement.is_reply or answers else "Liaison statement"
    names = ", ".join(each.name for each in to if not each.is_copy)
    tail = f" (reply to {', '.join(answers)})" if answers else ""
    return f"{head} to {names} - {statement.title}{tail}" if names else f"{head} - {statement.title}{tail}"


def to_of(addressee: Addressee, questions: Sequence[Group]) -> To:
    return To(
        addressee.name,
        Purpose(addressee.purpose),
        addressee.deadline,
        addressee.is_copy,
        tuple(short_question(each.label) for each in questions),
    )


def source_of(session: Session, sender: Sender) -> str:
    """`ITU-T Study Group 13`, `Working Party 5A`, a body by its name."""
    group = session.get(Group, sender.group_id) if sender.group_id else None
    body = session.get(Body, sender.body_id) if sender.body_id else None
    return filing.formal_name(group) if group else (body.name if body else sender.name)


def _groups(session: Session, ids: list[int]) -> list[Group]:
    wanted = [each for each in dict.fromkeys(ids) if each]
    found = {g.id: g for g in session.exec(select(Group).where(col(Group.id).in_(wanted)))} if wanted else {}
    return [found[each] for each in wanted if each in found]


def _questions(session: Session, senders: list[Sender]) -> list[str]:
    ids = [id for each in senders for id in each.question_ids]
    return [short_question(group.label) for group in _groups(session, ids)]


def _parties(session: Session, senders: list[Sender]) -> list[str]:
    """`1/13` of `WP1/13`."""
    found = _groups(session, [each.working_party_id or 0 for each in senders])
    return [group.label.removeprefix("WP") for group in found]


def _approvals(session: Session, senders: list[Sender]) -> list[str]:
    """A sentence for each sending group that agreed."""
    found = []
    for each in senders:
        if not each.level or each.group_id is None:
            continue
        group = groups.by_id(session, each.group_id)
        meeting = session.get(Meeting, each.agreed_meeting_id) if each.agreed_meeting_id else None
        on = geneva_day(each.approved_at) if each.approved_at else None
        found.append(approval_of(each.level, filing.formal_name(group), meeting.code if meeting else "", on))
    return found


def _place_date(act: Act, statement: Statement) -> str:
    """Where and when it was prepared; the day it is sent when that was between meetings."""
    meeting = act.session.get(Meeting, statement.meeting_id) if statement.meeting_id else None
    if meeting is not None:
        return place_and_days(meeting)
    return f"Geneva, {day(statement.dated_on or geneva_day(act.now))}"


def _contact(told: dict[str, str]) -> Contact:
    return Contact(**{name: told.get(name, "") for name in ("name", "organisation", "country", "telephone", "email")})
