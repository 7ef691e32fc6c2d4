"""Tables of machine translation: jobs, and the pieces of the texts that they translate."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column
from sgdocs.translation.rules import FileState, JobState


class TranslationJob(SQLModel, table=True):
    """A text that somebody wants in another language. It is never an official version. Source: domain 8.3.

    kind, subject_id: what is translated (`document`, `recommendation`, `work_item` …); digest: of its words when it was
    asked for; key: the same for the same words into the same language, None once it failed or was stopped: of two that ask
    at once one finds the other's. label, address: as the thing is called, and where its page is. host: where the text goes.
    pieces, done: how far it is. attempts, due_at: of the present step; while a worker is at it, due_at is when it is
    taken for dead. error: id of the rule why the last try, or all of it, failed. terms: official terms that were put in; missed: those that the service lost.
    sha256: of the translated file, "" while there is none; it is read by whoever reads the thing itself.
    """

    __tablename__ = "translation_job"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in JobState)})", name="state"),
        CheckConstraint(f"file_state IN ({', '.join(repr(s.value) for s in FileState)})", name="file_state"),
        Index("ix_translation_job_due", "state", "due_at"),
        Index("ix_translation_job_subject", "kind", "subject_id", "target"),
        Index("ix_translation_job_person", "person_id", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject_id: int
    key: str | None = Field(default=None, unique=True)
    digest: str
    label: str
    address: str
    group_id: int | None = Field(default=None, foreign_key="group.id", index=True)
    source: str
    target: str
    host: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_column=instant_column(index=True))
    state: str = JobState.WAITING
    pieces: int = 0
    done: int = 0
    attempts: int = 0
    due_at: datetime = Field(sa_column=instant_column())
    error: str = ""
    error_facts: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    finished_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    terms: int = 0
    missed: list[dict[str, str]] = Field(default_factory=list, sa_column=json_column())
    file_id: int | None = Field(default=None, foreign_key="document_file.id", index=True)
    file_state: str = FileState.NONE
    file_error: str = ""
    file_facts: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    file_name: str = ""
    sha256: str = ""
    size_bytes: int = 0


class TranslationPiece(SQLModel, table=True):
    """A heading or a run of paragraphs. anchor: of the clause it stands in; is_heading: of that depth when level > 0.

    words: what is sent, "" as soon as the translation is there: nothing is kept twice. text: the translation.
    """

    __tablename__ = "translation_piece"
    __table_args__ = (UniqueConstraint("job_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="translation_job.id")
    position: int
    anchor: str = ""
    number: str = ""
    level: int = 0
    is_heading: bool = False
    is_done: bool = False
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
