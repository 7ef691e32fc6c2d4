"""Write the rows of one statement that another register tells of. Kept as given: no number, no document, no letter."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refused
from sgdocs.documents.models import Document
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.journal.record import record
from sgdocs.liaison import rules
from sgdocs.liaison.actions.bodies import add_body
from sgdocs.liaison.body_schemas import BodyForm
from sgdocs.liaison.importing.rows import Row
from sgdocs.liaison.models import (
    Addressee,
    AddresseeQuestion,
    Sender,
    Statement,
    StatementName,
    StatementPaper,
)
from sgdocs.liaison.naming import key_of, names_of, read_reference
from sgdocs.liaison.rules import BodyKind, Origin, Purpose, State, Status
from sgdocs.liaison.twinning import keep_bands
from sgdocs.liaison.whom import Whom, whom
from sgdocs.meetings.models import Meeting

HIDDEN: Final = "secretariat"
AMONG_OTHERS: Final = "members"
"""Who reads what outside bodies wrote to each other, as their registers tell it. Source: domain 8.3."""
_OURS: Final = ("itu", "sg", "com", "wp", "jca", "tsag", "rag", "question", "study group", "working party", "fg-")
_VARIANTS: Final = (("SA WG", "SA"), ("RAN WG", "RAN"), ("CT WG", "CT"))


@dataclass
class Known:
    """What was looked up before, for all rows of an import."""

    parties: dict[str, Whom] = field(default_factory=dict)
    periods: dict[tuple[str, date], StudyPeriod | None] = field(default_factory=dict)
    meetings: dict[str, int | None] = field(default_factory=dict)

    def party(self, act: Act, words: str) -> Whom:
        """Who is meant; an outside body that nobody entered yet is entered by that name."""
        key = key_of(words)
        if key not in self.parties:
            found = whom(act.session, words, geneva_day(act.now))
            self.parties[key] = found if found.is_known or _is_ours(words) else _entered(act, words)
        return self.parties[key]

    def period(self, act: Act, sector: str, on: date) -> int | None:
        if (sector, on) not in self.periods:
            self.periods[sector, on] = groups.period_on(act.session, sector, on)
        found = self.periods[sector, on]
        return found.id if found else None

    def meeting(self, act: Act, code: str) -> int | None:
        if code not in self.meetings:
            self.meetings[code] = act.session.exec(select(Meeting.id).where(Meeting.code == code)).first()
        return self.meetings[code]


def _is_ours(words: str) -> bool:
    """Whether the name has the form of a group of ours, which is not to be entered as a body."""
    return words.casefold().startswith(_OURS)


def _entered(act: Act, words: str) -> Whom:
    """The new body; nobody when the name cannot be one (another body has a spelling of it)."""
    spellings = [words.replace(a, b).replace("  ", " ") for a, b in _VARIANTS if a in words]
    try:
        with act.session.begin_nested():
            return Whom(words, body=add_body(act, BodyForm(name=words[:200], kind=BodyKind.OTHER, names=spellings)))
    except (Refused, ValueError):
        return Whom(words)


def enter(act: Act, row: Row, known: Known, imported_from: str) -> Statement:
    """One statement with its parties, names, papers and notes. Relations are written when all are there."""
    senders = [known.party(act, name) for name in row.senders]
    addressed = [(known.party(act, name), False) for name in row.to]
    addressed += [(known.party(act, name), True) for name in row.cc]
    ours = next((each.group for each in senders if each.group), None)
    first = next((each.group for each, _ in addressed if each.group), None)
    statement = _statement(act, row, known, ours, first)
    statement.imported_from = imported_from
    act.session.add(statement)
    act.session.flush()
    statement.name = f"ls-{statement.id}"
    statement.label = row.label or statement.name
    for position, each in enumerate(_unique(senders)):
        act.session.add(_sender(statement, position, each))
    rows = [
        _addressee(act, row, statement, who, position=n, is_copy=is_copy)
        for n, (who, is_copy) in enumerate(_unique_addressed(addressed))
    ]
    act.session.add_all(rows)
    _take_document(act, row, statement, rows)
    _name(act, statement, row)
    act.session.flush()
    _question(act, row, rows)
    _papers(act, statement, row)
    keep_bands(act.session, statement)
    _note(act, statement, rows, row)
    return statement


def _statement(act: Act, row: Row, known: Known, ours: Group | None, first: Group | None) -> Statement:
    group = ours or first
    status = Status.SENT if ours and not first else Status.RECEIVED
    on = row.dated_on or geneva_day(act.now)
    hidden = HIDDEN if first else AMONG_OTHERS
    notes = [{"rule": "", "words": day, "says": says} for day, says in row.notes]
    notes += [{"rule": "", "words": row.dated, "says": f"Dated {row.dated} in the register."}] if row.dated else []
    return Statement(
        name=f"imported-{row.register}-{row.fingerprint}",
        label="",
        external_number=row.label,
        sector=group.sector if group else "",
        origin=Origin.OURS if ours else Origin.OUTSIDE,
        status=Status.WITHDRAWN if row.is_withdrawn else status,
        group_id=group.id if group else None,
        period_id=known.period(act, group.sector, on) if group else None,
        meeting_id=known.meeting(act, row.meeting) if row.meeting else None,
        title=row.title,
        body=row.body,
        is_reply=row.is_reply,
        in_reply_words=row.in_reply_to[:500],
        dated_on=row.dated_on,
        withdrawn_reason="withdrawn in the register" if row.is_withdrawn else "",
        notes=notes,
        audience=groups.audience_of(act.session, ours) if ours else hidden,
        created_at=act.now,
        changed_at=act.now,
    )


def _unique(parties: list[Whom]) -> list[Whom]:
    return list({_key(each): each for each in reversed(parties)}.values())[::-1]


def _unique_addressed(parties: list[tuple[Whom, bool]]) -> list[tuple[Whom, bool]]:
    """Who is addressed is no copy besides."""
    return list({_key(each): (each, is_copy) for each, is_copy in reversed(parties)}.values())[::-1]


def _key(who: Whom) -> tuple[int | None, int | None, str]:
    ids = (who.group.id if who.group else None, who.body.id if who.body else None)
    return (*ids, "" if who.is_known else key_of(who.name))


def _sender(statement: Statement, position: int, who: Whom) -> Sender:
    return Sender(
        statement_id=statement.id or 0,
        position=position,
        name=who.name[:300],
        group_id=who.group.id if who.group else None,
        body_id=who.body.id if who.body else None,
        question_ids=[who.question.id or 0] if who.question else [],
    )


def _addressee(act: Act, row: Row, statement: Statement, who: Whom, *, position: int, is_copy: bool) -> Addressee:
    purpose = Purpose.INFORMATION if is_copy else row.purpose
    deadline = None if is_copy else row.deadline
    state = State.RECEIVED if who.group else State.SENT
    return Addressee(
        statement_id=statement.id or 0,
        position=position,
        name=who.name[:300],
        group_id=who.group.id if who.group else None,
        body_id=who.body.id if who.body else None,
        is_copy=is_copy,
        purpose=purpose,
        deadline=deadline,
        is_answer_expected=rules.expects_answer(purpose, deadline, is_copy=is_copy),
        state=State.WITHDRAWN if row.is_withdrawn else state,
        state_on=row.dated_on,
        audience=groups.audience_of(act.session, who.group) if who.group else "",
    )


def _take_document(act: Act, row: Row, statement: Statement, rows: list[Addressee]) -> None:
    """The register may number it by the document that the addressed group filed: that document, when it is here."""
    read = read_reference(row.number) if row.number else None
    if read is None or read.kind != "document" or not read.period:
        return
    document = act.session.exec(select(Document).where(Document.name == read.name)).first()
    addressee = next((each for each in rows if document and each.group_id == document.group_id), None)
    if document is None or addressee is None:
        return
    addressee.document_id, addressee.meeting_id = document.id, document.meeting_id
    if addressee.state == State.RECEIVED:
        addressee.state = State.POSTED
    addressee.audience = document.intended_audience or document.audience
    taken = select(Statement.id).where(Statement.name == document.name)
    if act.session.exec(taken).first() is None:
        statement.name, statement.document_id = document.name, document.id


def _name(act: Act, statement: Statement, row: Row) -> None:
    found: dict[str, tuple[str, str]] = {}
    for number in row.names:
        for name in names_of(number):
            found.setdefault(key_of(name), (name, "external"))
    found.setdefault(key_of(statement.name), (statement.name, "number"))
    for key, (name, kind) in found.items():
        act.session.add(StatementName(statement_id=statement.id or 0, name=name[:300], key=key[:300], kind=kind))


def _question(act: Act, row: Row, rows: list[Addressee]) -> None:
    """The Questions of the register, as far as the addressed group has them."""
    on = row.dated_on or geneva_day(act.now)
    asked = [group for words in row.questions for group in groups.resolve(act.session, words, on)[:1]]
    for each in rows:
        own = {q.id or 0 for q in asked if each.group_id is not None and q.parent_id == each.group_id}
        act.session.add_all([AddresseeQuestion(addressee_id=each.id or 0, group_id=id) for id in own])


def _papers(act: Act, statement: Statement, row: Row) -> None:
    """Named alone: what an address leads to is not fetched."""
    for position, name in enumerate(row.attachments):
        act.session.add(StatementPaper(statement_id=statement.id or 0, position=position, name=name[:300]))


def _note(act: Act, statement: Statement, rows: list[Addressee], row: Row) -> None:
    audience = next((each.audience for each in rows if each.audience), statement.audience)
    record(
        act,
        "liaison.imported",
        statement,
        group_id=statement.group_id,
        audience=audience,
        name=statement.name,
        label=statement.label,
        title=statement.title,
        register=row.register,
    )
