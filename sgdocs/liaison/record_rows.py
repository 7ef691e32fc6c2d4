"""What a page shows of one statement: its senders, addressees, papers, relations and links. Loaded by `records`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Dispatch, Sender, Statement, StatementLink, StatementPaper
from sgdocs.liaison.rules import DRAFTS, Kind, is_open, is_overdue
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.recommendations.models import Family
from sgdocs.work_programme.models import WorkItem


@dataclass(frozen=True)
class SenderRow:
    """A sender with its group, working party and Questions, or its body; approved_by: who approved for it."""

    sender: Sender
    group: Group | None = None
    working_party: Group | None = None
    questions: Sequence[Group] = ()
    body: Body | None = None
    approved_by: Person | None = None

    @property
    def name(self) -> str:
        """As people write it: `SG13`, `3GPP SA4`, else as it was given."""
        return _named(self.group, self.body, self.sender.name)


@dataclass(frozen=True)
class AddresseeRow:
    """To whom. is_inside: whether the reader is of the addressed side, who alone sees how it is handled there:
    questions, document (as far as it may be read), meeting on whose agenda it is, owner. answered_by: the answer, when it
    may be read. dispatches: proof of delivery, for the senders' side. today: the Geneva day.
    """

    addressee: Addressee
    today: date
    group: Group | None = None
    body: Body | None = None
    questions: Sequence[Group] = ()
    document: Document | None = None
    meeting: Meeting | None = None
    owner: Person | None = None
    answered_by: Statement | None = None
    is_inside: bool = False
    dispatches: Sequence[Dispatch] = ()

    @property
    def name(self) -> str:
        return _named(self.group, self.body, self.addressee.name)

    @property
    def is_open(self) -> bool:
        return is_open(self.addressee.state, is_answer_expected=self.addressee.is_answer_expected)

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is expected and has not come."""
        return self.addressee.is_answer_expected and self.is_open

    @property
    def is_overdue(self) -> bool:
        row = self.addressee
        return is_overdue(row.state, row.deadline, self.today, is_answer_expected=row.is_answer_expected)

    @property
    def days_over(self) -> int:
        """How many days the answer is late; negative: as many are left. 0 without a deadline."""
        return (self.today - self.addressee.deadline).days if self.addressee.deadline else 0


@dataclass(frozen=True)
class RelationRow:
    """is_back: the other statement is what the kind says of this one. other: None when it is not known here, or hidden."""

    kind: str
    words: str
    other: Statement | None
    is_back: bool = False
    is_outside: bool = False


@dataclass(frozen=True)
class LinkRow:
    """What it is about: exactly one of the four, as far as the reader may read it."""

    link: StatementLink
    work_item: WorkItem | None = None
    family: Family | None = None
    group: Group | None = None
    meeting: Meeting | None = None

    @property
    def is_shown(self) -> bool:
        return bool(self.work_item or self.family or self.group or self.meeting)


@dataclass(frozen=True)
class PaperRow:
    """document: when the reader may read it; is_hidden: it is a document that the reader may not read."""

    paper: StatementPaper
    document: Document | None = None

    @property
    def is_hidden(self) -> bool:
        return self.paper.document_id is not None and self.document is None


@dataclass(frozen=True)
class Record:
    """is_inside: whether the reader is of the senders' side (for one from outside: of one that it was sent to)."""

    statement: Statement
    group: Group | None
    meeting: Meeting | None
    document: Document | None
    owner: Person | None
    senders: Sequence[SenderRow]
    addressees: Sequence[AddresseeRow]
    papers: Sequence[PaperRow]
    relations: Sequence[RelationRow]
    links: Sequence[LinkRow]
    is_inside: bool
    today: date

    @property
    def is_draft(self) -> bool:
        return self.statement.status in DRAFTS

    @property
    def main(self) -> list[AddresseeRow]:
        """To whom it is addressed, without copies."""
        return [row for row in self.addressees if not row.addressee.is_copy]

    @property
    def copies(self) -> list[AddresseeRow]:
        return [row for row in self.addressees if row.addressee.is_copy]

    @property
    def answers(self) -> list[Statement]:
        """What answers it, as far as it may be read."""
        return [row.other for row in self.relations if row.is_back and row.kind == Kind.REPLIES_TO and row.other]

    @property
    def replied_to(self) -> list[RelationRow]:
        return [row for row in self.relations if not row.is_back and row.kind == Kind.REPLIES_TO]


def _named(group: Group | None, body: Body | None, given: str) -> str:
    if group is not None:
        return group.label
    return (body.acronym or body.name) if body is not None else given
