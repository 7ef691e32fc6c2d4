"""Tables of documents: number series, documents, versions, files, clauses, citations, allocation."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.documents.labels import version_label


def _bytewise() -> Column[str]:
    """Text that sorts by its bytes on both databases."""
    return Column(String().with_variant(String(collation="C"), "postgresql"), nullable=False)


class NumberSeries(SQLModel, table=True):
    """A counter: `T25-SG15-C`, `T25-SG15-TD-GEN`, `T25-SG15-Q2-260302-DOC`, `R23-WP5D-TEMP`.

    last: the highest number given out; it only grows. pattern: how a number is written for people, with `{group}`,
    `{code}`, `{n}`, `{stream}`, `{meeting}`. Counters restart each study period, those of RGMs and assemblies with each
    meeting; circulars of the Bureaux have no group and run on. Source: domain 4.1.
    """

    __tablename__ = "number_series"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    sector: str
    kind: str
    stream: str = ""
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    pattern: str
    last: int = 0


class Document(SQLModel, table=True):
    """One numbered document, whatever its versions. name: permanent address (`T25-SG15-C123`, `T25-SG15-TD45-GEN`).

    label: as people write it (`SG15-C123`, `TD45/GEN`, `5D/123`); source: as on the cover; late: id of the deadline
    it missed; admitted_by: who admitted it nevertheless; held_for_id: the meeting a late one waits for;
    revision: number of the newest revision; language: of the original (`en`, `fr` …); expires_at: end of a
    reservation; deleted_at: taken out, can be restored for 30 days; old_number: how an older system wrote it.
    audience: who reads it now; while it is not posted that is `secretariat` (its owner and entity see it besides),
    and intended_audience the label it gets when it is. td_reason: why a TD may come after the last day for TDs.
    may_be_translated: received in time for it; admission: what became of a late one that was admitted
    (`admitted`, then `accepted` or `refused` by the meeting). Source: domain 4.3, 4.8, 8.3.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("sector IN ('T', 'R', 'D')", name="sector"),
        UniqueConstraint("series_id", "number"),
        Index("ix_document_meeting", "meeting_id", "sort_key"),
        Index("ix_document_list", "sector", "kind", "sort_key"),
        Index("ix_document_posted", "posted_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    label: str = Field(index=True)
    sort_key: str = Field(sa_column=_bytewise())
    sector: str
    kind: str
    stream: str = ""
    series_id: int = Field(foreign_key="number_series.id")
    number: int
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    group_id: int = Field(foreign_key="group.id", index=True)
    period_id: int | None = Field(default=None, foreign_key="study_period.id", index=True)
    title: str = ""
    titles: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    source: str = ""
    purpose: str = ""
    abstract: str = Field(default="", sa_column=Column(Text, nullable=False))
    keywords: str = ""
    contacts: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    language: str = "en"
    status: str = Field(default="reserved", index=True)
    audience: str = Field(index=True)
    intended_audience: str = ""
    audience_reason: str = ""
    revision: int = 0
    late: str = ""
    td_reason: str = ""
    may_be_translated: bool = False
    admission: str = ""
    admitted_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    admitted_reason: str = ""
    held_for_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    is_incomplete: bool = False
    withdrawn_reason: str = ""
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    old_number: str = ""
    reserved_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    expires_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True, index=True))
    received_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    posted_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    deleted_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))

    @property
    def part(self) -> str:
        """Of the version that is shown: `R2`, "" for the original."""
        return f"R{self.revision}" if self.revision else ""

    @property
    def label_now(self) -> str:
        """The label of the version that is shown: `SG15-C123R2`."""
        return version_label(self.label, self.part)


class DocumentQuestion(SQLModel, table=True):
    """A document is addressed to a Question (as its cover or form says); exactly one is primary. Source: domain M-1."""

    __tablename__ = "document_question"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    group_id: int = Field(primary_key=True, foreign_key="group.id", index=True)
    is_primary: bool = False


class DocumentSource(SQLModel, table=True):
    """A member entity that submits a document; several may together."""

    __tablename__ = "document_source"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)


class Version(SQLModel, table=True):
    """One posted state: part "" the original, `R1` a revision, `A1` an addendum, `C1` a corrigendum.

    late: id of the deadline that a revision missed (it is marked, not refused); findings: of the preflight, those
    overruled with their reason; status: posted, quarantine (waits for the virus scanner), refused.
    """

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    part: str = ""
    position: int = 0
    title: str = ""
    note: str = ""
    status: str = "posted"
    late: str = ""
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    submitted_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    submitted_at: datetime = Field(sa_column=instant_column())


class File(SQLModel, table=True):
    """A file of a version. name: short, accepted by every system (`T25-SG15-C123R1-E.docx`); given_name: as uploaded.

    sha256: of the original, untouched, to which decisions bind; stamped_sha256: of the copy with the number on its
    cover, "" where there is none; is_signed: carries a signature and is served unstamped;
    text: pending, kept, none; text_problem: why there is none; preview_sha256: clean HTML, "" until made.
    """

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("version_id", "name"), Index("ix_document_file_sha", "sha256"))

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="document_version.id")
    document_id: int = Field(foreign_key="document.id", index=True)
    language: str = ""
    position: int = 0
    name: str
    given_name: str
    media_type: str
    size_bytes: int
    sha256: str
    stamped_sha256: str = Field(default="", index=True)
    stamped_size_bytes: int = 0
    is_signed: bool = False
    text: str = Field(default="pending", index=True)
    text_problem: str = ""
    language_read: str = ""
    characters: int = 0
    preview_sha256: str = ""


class Clause(SQLModel, table=True):
    """A piece of the text of a file: a clause with number and title, a page of a pdf, a slide, a sheet.

    anchor: in the preview (`c-6.2`); level: depth of the heading, 0 for what stands before the first; page: of a pdf;
    kind: as in `text.model.Unit` (clause, references, definitions, annex, page, slide, sheet, text).
    """

    __tablename__ = "document_clause"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    file_id: int = Field(foreign_key="document_file.id")
    document_id: int = Field(foreign_key="document.id", index=True)
    position: int
    number: str = ""
    title: str = ""
    anchor: str = ""
    level: int = 0
    page: int | None = None
    kind: str = "clause"
    text: str = Field(default="", sa_column=Column(Text, nullable=False))


class Citation(SQLModel, table=True):
    """A document names another text. family_id: a Recommendation's; cited_id: a document; words: as written.

    is_reference: stands in the references clause; is_normative, is_dated: None where it cannot be told.
    """

    __tablename__ = "document_citation"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    file_id: int = Field(foreign_key="document_file.id", index=True)
    clause_id: int | None = Field(default=None, foreign_key="document_clause.id", index=True)
    words: str
    identifier: str = ""
    family_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    cited_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    is_reference: bool = False
    is_normative: bool | None = None
    is_dated: bool | None = None


class Lineage(SQLModel, table=True):
    """document_id is `kind` of other_id: revision-of, merged-into, output-of, also-in, summary-of."""

    __tablename__ = "document_lineage"
    __table_args__ = (UniqueConstraint("document_id", "other_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    other_id: int = Field(foreign_key="document.id", index=True)
    kind: str
    note: str = ""


class Allocation(SQLModel, table=True):
    """A document stands under an agenda item of a meeting. reason: which rule put it there, with its words in `because`.

    by_hand: a person did; such rows are never moved by the rules. is_primary: exactly one for each document and meeting.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("document_id", "agenda_item_id"),
        Index("ix_allocation_meeting", "meeting_id", "agenda_item_id", "position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    agenda_item_id: int = Field(foreign_key="agenda_item.id", index=True)
    position: int = 0
    is_primary: bool = True
    by_hand: bool = False
    reason: str = ""
    because: str = ""
    allotted_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    allotted_at: datetime = Field(sa_column=instant_column())


class AllotmentRule(SQLModel, table=True):
    """A correction by hand that a group keeps: documents like this go to items of that kind (or Question)."""

    __tablename__ = "allotment_rule"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="group.id", index=True)
    feature: str
    value: str
    item_kind: str = ""
    question_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_column=instant_column())
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class DocumentPointer(SQLModel, table=True):
    """What a later subject found out about a document, for its allotment: with which group it goes, by which words.

    kind: `work-item`, `answers`, `allotted`; the reasons of those names read it.
    """

    __tablename__ = "document_pointer"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    kind: str = Field(primary_key=True)
    words: str = Field(primary_key=True)
    group_id: int = Field(foreign_key="group.id", index=True)


class PublicationObjection(SQLModel, table=True):
    """A Member State will not have the inputs of an assembly public in advance. Source: Council document C20/35."""

    __tablename__ = "publication_objection"
    __table_args__ = (UniqueConstraint("meeting_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    reason: str = ""
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_column=instant_column())
    ended_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
