"""Tables of liaison: statements, senders, addressees, relations, papers, proof of delivery, mail that came in, twins."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.liaison.rules import Origin, Purpose, Status, listed


def _long() -> Column[str]:
    return Column(Text, nullable=False)


class Statement(SQLModel, table=True):
    """One liaison statement, whoever sent it: one row, though it goes to many. name: permanent address.

    name: `T25-SG13-LS123`; of one that came in the name of the document it was first filed as (`T25-SG17-TD3-GEN`,
    `R23-WP5D-C123`); of a draft `draft-17`, of an imported one without a document `ls-17`; `StatementName` keeps all.
    label: as people write it (`SG13-LS123`); external_number: how the sender numbers it (`S4-240311`), as given.
    origin: a group of ours or an outside body; direction to whom it came is told by its addressees.
    title: the subject without marks (`LS/r on`, `[to …]`, `(reply to …)`): `naming` writes them. body: text.
    status: `rules.Status`; level: of approval (`rules.Level`). group_id: the first group of ours among the senders, else
    among the addressees: where acts happen. meeting_id: where it was prepared. document_id: LS, TEMP or the document of
    the first addressee. dated_on: as on the letter; sent_at: when we sent or received it. in_reply_words: the reply
    reference as given (`SG2-LS40`). audience: of the sender's side; while a draft that of the group, while held
    `secretariat`. version: raised by each change. Source: domain 7.1.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint(f"origin IN ({listed(Origin)})", name="origin"),
        CheckConstraint(f"status IN ({listed(Status)})", name="status"),
        Index("ix_statement_list", "status", "dated_on", "id", "audience"),
        Index("ix_statement_group", "group_id", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    label: str = Field(index=True)
    number: int | None = None
    external_number: str = Field(default="", index=True)
    sector: str = ""
    origin: str
    status: str
    level: str = ""
    group_id: int | None = Field(default=None, foreign_key="group.id")
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    title: str
    language: str = "en"
    is_reply: bool = False
    in_reply_words: str = ""
    contacts: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    dated_on: date | None = None
    sent_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    withdrawn_reason: str = ""
    imported_from: str = Field(default="", description="the register it comes from, when it was imported")
    notes: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    audience: str = Field(index=True)
    version: int = 0
    created_at: datetime = Field(sa_column=instant_column(index=True))
    changed_at: datetime = Field(sa_column=instant_column())
    body: str = Field(default="", sa_column=_long(), description="last, so that lists need not read past it")


class StatementName(SQLModel, table=True):
    """A spelling by which a statement is found: own number, document names, the sender's number. key: `naming.key_of`.

    kind: number, document, external, draft."""

    __tablename__ = "statement_name"
    __table_args__ = (UniqueConstraint("statement_id", "key"), Index("ix_statement_name_key", "key"))

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    name: str
    key: str
    kind: str


class StatementText(SQLModel, table=True):
    """Every state of a draft's title and text that was saved: nothing that was written is lost."""

    __tablename__ = "statement_text"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    number: int
    title: str
    body: str = Field(default="", sa_column=_long())
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(sa_column=instant_column())


class Sender(SQLModel, table=True):
    """Who sends: a group (with working party and Questions) or an outside body, or a name that nobody resolved.

    approved_…: for a sending group: one holder of the needed role is enough. level: at which it was agreed there;
    agreed_meeting_id: at which meeting, None between meetings.
    """

    __tablename__ = "statement_sender"
    __table_args__ = (
        UniqueConstraint("statement_id", "position"),
        Index("ix_statement_sender_group", "group_id", "statement_id"),
        Index("ix_statement_sender_body", "body_id", "statement_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    position: int = 0
    name: str
    group_id: int | None = Field(default=None, foreign_key="group.id")
    working_party_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    question_ids: list[int] = Field(default_factory=list, sa_column=json_column())
    body_id: int | None = Field(default=None, foreign_key="liaison_body.id")
    level: str = ""
    agreed_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    approved_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    approved_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    approval_note: str = ""


class Addressee(SQLModel, table=True):
    """To whom, for what, until when, and how far it is there. Purpose, deadline and state are each addressee's own.

    state: `rules.State`; is_copy: cc. is_answer_expected: action, or a deadline was set; may be said by hand.
    document_id: as what the group filed it (TD, contribution); meeting_id: on whose agenda it was put first.
    answered_by_id: the statement that answers for this addressee; closed_…: why no answer will come.
    owner_id: who sees to the answer. flagged: `before-meeting` when the deadline falls before the group's next meeting.
    audience: of a group of ours, "" of a body and while it is not sent. reminded_on: the day on which the last meeting in
    time (or the deadline, when there is none) was told of; overdue_told_on: when it was told that the answer is late.
    """

    __tablename__ = "statement_addressee"
    __table_args__ = (
        CheckConstraint(f"purpose IN ({listed(Purpose)})", name="purpose"),
        UniqueConstraint("statement_id", "position"),
        Index("ix_statement_addressee_group", "group_id", "state", "deadline"),
        Index("ix_statement_addressee_body", "body_id", "state"),
        Index("ix_statement_addressee_open", "state", "deadline"),
    )

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    position: int = 0
    name: str
    group_id: int | None = Field(default=None, foreign_key="group.id")
    body_id: int | None = Field(default=None, foreign_key="liaison_body.id")
    is_copy: bool = False
    purpose: str
    deadline: date | None = Field(default=None, index=True)
    is_answer_expected: bool = False
    state: str
    state_on: date | None = None
    flagged: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    answered_by_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    answered_on: date | None = None
    closed_reason: str = ""
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    acknowledged_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    reminded_on: date | None = None
    overdue_told_on: date | None = None
    audience: str = Field(default="", index=True)


class AddresseeQuestion(SQLModel, table=True):
    """The Questions of a group to which a statement is allotted there; none: all of them (QALL)."""

    __tablename__ = "statement_addressee_question"

    addressee_id: int = Field(primary_key=True, foreign_key="statement_addressee.id")
    group_id: int = Field(primary_key=True, foreign_key="group.id", index=True)
    by_hand: bool = False


class Relation(SQLModel, table=True):
    """A statement is `kind` of another: replies-to, forwards, duplicates, crosses. words: as given.

    other_id None: not found; is_outside: it is known to be a number of somebody who keeps no register here.
    key: of the number as our own are written, by which one that waits is found when its statement comes.
    """

    __tablename__ = "statement_relation"
    __table_args__ = (UniqueConstraint("statement_id", "kind", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id")
    kind: str
    words: str
    key: str = Field(default="", index=True)
    other_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    is_outside: bool = False
    at: datetime = Field(sa_column=instant_column())


class StatementLink(SQLModel, table=True):
    """What a statement is about: exactly one of the ids is set. kind: work-item, recommendation, question, meeting."""

    __tablename__ = "statement_link"

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id", index=True)
    kind: str
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id", index=True)
    family_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    by_hand: bool = True


class StatementPaper(SQLModel, table=True):
    """What goes with a statement: a registered document (document_id, part) or a file uploaded with it.

    role: text (the letter itself as it came), attachment. sha256, name, media_type, size_bytes: of the file that goes out.
    """

    __tablename__ = "statement_paper"

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id", index=True)
    position: int = 0
    role: str = "attachment"
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    part: str = ""
    name: str
    media_type: str = ""
    size_bytes: int = 0
    sha256: str = Field(default="", index=True)
    is_quarantined: bool = False


class Dispatch(SQLModel, table=True):
    """Proof of delivery: to whom, when, with which files. One row for each contact that a letter went to, and for each group
    that it was filed for. files: `[{"name", "sha256", "size_bytes"}]`. token_hash: of the acknowledgement link, "" when
    there is none; expires_at: its end. acknowledged_by: as the other body wrote, "" when it said nothing.
    Source: domain 7.1, feature N18.
    """

    __tablename__ = "statement_dispatch"

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id", index=True)
    addressee_id: int = Field(foreign_key="statement_addressee.id", index=True)
    way: str = Field(description="document, letter")
    to_name: str = ""
    to_address: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    letter_id: int | None = Field(default=None, foreign_key="letter.id", index=True)
    files: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    at: datetime = Field(sa_column=instant_column())
    token_hash: str = Field(default="", index=True)
    expires_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    acknowledged_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    acknowledged_by: str = ""
    bounced_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    bounce_reason: str = ""
    chased_on: date | None = Field(default=None, description="when it was told that nobody acknowledged it")


class Arrival(SQLModel, table=True):
    """A mail that came in and waits for the secretariat. state: waiting, filed, refused, ignored (an automatic reply).

    sha256: of the raw message, kept as it came; is_authentic: whether a configured relay says so (Authentication-Results),
    None when no relay is configured; findings: what the gate and the reader noticed; files: as they passed the gate.
    """

    __tablename__ = "statement_arrival"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    sha256: str
    from_address: str = ""
    from_name: str = ""
    subject: str = ""
    text: str = Field(default="", sa_column=_long())
    received_at: datetime = Field(sa_column=instant_column(index=True))
    is_authentic: bool | None = None
    identity: str = Field(default="", description="the address that the relay vouches for")
    state: str = Field(default="waiting", index=True)
    reason: str = ""
    findings: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    files: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    body_id: int | None = Field(default=None, foreign_key="liaison_body.id", index=True)
    statement_id: int | None = Field(default=None, foreign_key="statement.id", index=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class TextBand(SQLModel, table=True):
    """A band of the min-hash signature of a statement's text, for the search of twins. Source: feature N19."""

    __tablename__ = "statement_text_band"
    __table_args__ = (Index("ix_statement_text_band_value", "value"),)

    statement_id: int = Field(primary_key=True, foreign_key="statement.id")
    band: int = Field(primary_key=True)
    value: int = Field(sa_type=BigInteger, description="of the band, its number mixed in; 63 bits")
