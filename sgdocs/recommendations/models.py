"""Tables of the published texts. Source: domain 2.3 to 2.5.

A family is what one number names through time (`G.9804.1`, `G Suppl. 66`, `Question 241/1`); a text is one
published thing in it: an edition, an amendment, a corrigendum, an annex published apart.
Dates stand as they were given; `…_precision` says how much of them is known.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, UniqueConstraint
from sqlalchemy import Text as LongString
from sqlmodel import Field, SQLModel

from sgdocs.base.db import instant_column, json_column


def sorted_column() -> Column[str]:
    """Text that is compared byte by byte on both databases, whatever the locale of the server."""
    return Column(String().with_variant(String(collation="C"), "postgresql"), nullable=False)


class Family(SQLModel, table=True):
    """One number through time. Columns from `title` on are derived from the texts (`deriving`).

    space: first segment of the address (`rec`, `report`, `question` …); numbers: every number, the first names it;
    languages: ` en fr ` with a space around each; year: of the newest edition; standing: status of the
    edition shown; current_id: the edition in force, latest_id: the newest.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("address"),
        UniqueConstraint("key"),
        Index("ix_recommendation_list", "space", "sector", "series", "sort_key"),
        Index("ix_recommendation_group", "sector", "study_group", "sort_key"),
        Index("ix_recommendation_year", "year", "sort_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    space: str
    sector: str
    kind: str
    series: str
    number: str
    numbers: list[str] = Field(default_factory=list, sa_column=json_column())
    address: str
    sort_key: str = Field(sa_column=sorted_column())
    audience: str = "public"
    title: str = ""
    titles: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    standing: str = "unknown"
    study_group: str = ""
    languages: str = " "
    year: int | None = None
    approved: str = ""
    texts: int = 0
    current_id: int | None = None
    latest_id: int | None = None
    changed_at: datetime = Field(sa_column=instant_column(index=True))


class Text(SQLModel, table=True):
    """One published text.

    identifier: canonical, as shown; catalogue_id: as a source spells it. apart: "" for the main line, else the
    part that is published on its own (`AnnexC`, `AppIV`, `Sup3`). part: number of the amendment, letter of the annex.
    modifies_id: the text it hangs on; base_year: as printed, when that text is not known.
    approved: `2019-11-22`, `2019-11`, `2019` or "", as given. edition: ITU's ordinal, display only.
    corrected: names of fields that people have corrected; imports leave them alone.
    """

    __tablename__ = "recommendation_text"
    __table_args__ = (
        UniqueConstraint("address"),
        Index("ix_recommendation_text_family", "family_id", "sort_key"),
        Index("ix_recommendation_text_identifier", "identifier"),
        Index("ix_recommendation_text_catalogue_id", "catalogue_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="recommendation.id")
    kind: str
    identifier: str
    catalogue_id: str = ""
    address: str
    sort_key: str = Field(sa_column=sorted_column())
    numbers: list[str] = Field(default_factory=list, sa_column=json_column())
    apart: str = ""
    part: str = ""
    version: str = ""
    revision: int | None = None
    edition: str = ""
    base_year: int | None = None
    modifies_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    superseded_by_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    title: str = ""
    titles: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    status: str = "unknown"
    status_note: str = ""
    withdrawn: str = ""
    approved: str = ""
    approved_precision: str = "unknown"
    year: int | None = Field(default=None, index=True)
    posted: str = ""
    process: str = ""
    study_group: str = ""
    languages: str = " "
    url: str = ""
    handle: str = ""
    normative: bool = True
    ibr: bool = False
    audience: str = "public"
    corrected: list[str] = Field(default_factory=list, sa_column=json_column())
    changed_at: datetime = Field(sa_column=instant_column())


class Summary(SQLModel, table=True):
    """The summary of a text in one language; apart, so that lists need not read it."""

    __tablename__ = "recommendation_summary"

    text_id: int = Field(primary_key=True, foreign_key="recommendation_text.id")
    language: str = Field(primary_key=True)
    summary: str = Field(sa_column=Column(LongString, nullable=False))


class Name(SQLModel, table=True):
    """Another name under which people look for a family. kind: number, former, provisional, acronym.

    folded: `rules.fold(name)`, the form that is compared.
    """

    __tablename__ = "recommendation_name"
    __table_args__ = (
        UniqueConstraint("family_id", "kind", "name"),
        Index("ix_recommendation_name_folded", "folded", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="recommendation.id")
    kind: str
    name: str
    folded: str


class Equivalent(SQLModel, table=True):
    """The same text at another organisation. relation: common, twin, technically-aligned or ""."""

    __tablename__ = "recommendation_equivalent"
    __table_args__ = (UniqueConstraint("text_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="recommendation_text.id")
    number: str
    folded: str = Field(index=True)
    relation: str = ""


class Relation(SQLModel, table=True):
    """A family stands to another text so: `derived-from`, `supplements`, `replaces`, `became` …

    target: identifier as given; target_id: the family, when it is here.
    """

    __tablename__ = "recommendation_relation"
    __table_args__ = (UniqueConstraint("family_id", "kind", "target"),)

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="recommendation.id")
    kind: str
    target: str
    target_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)


class PublishedFile(SQLModel, table=True):
    """One file of a text: what it is, not its bytes."""

    __tablename__ = "recommendation_file"
    __table_args__ = (UniqueConstraint("text_id", "language", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="recommendation_text.id")
    language: str
    format: str
    name: str
    url: str = ""
    size_bytes: int | None = None
    sha256: str = ""


class Patent(SQLModel, table=True):
    """A declaration. option: 1, 2 or 3; declared: day, month or year as given; text: what it is about, as declared."""

    __tablename__ = "recommendation_patent"
    __table_args__ = (UniqueConstraint("family_id", "holder", "text", "option", "declared"),)

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="recommendation.id")
    holder: str
    text: str
    option: str
    declared: str = ""


class Flag(SQLModel, table=True):
    """Something imported that breaks an invariant, for the secretariat to look at."""

    __tablename__ = "recommendation_flag"
    __table_args__ = (UniqueConstraint("family_id", "rule", "text_id", "detail"),)

    id: int | None = Field(default=None, primary_key=True)
    family_id: int = Field(foreign_key="recommendation.id")
    text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)
    rule: str = Field(index=True)
    detail: str = ""


class Imported(SQLModel, table=True):
    """What a source said last about one record: by its digest a second run knows that nothing changed.

    brings: `text`, or `summary` for a source that only adds summaries to texts of others.
    """

    __tablename__ = "recommendation_import"

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    brings: str = "text"
    text_id: int | None = Field(default=None, foreign_key="recommendation_text.id", index=True)


class ImportLock(SQLModel, table=True):
    """The one import that runs now. Taken over when its process is gone or its heartbeat is old."""

    __tablename__ = "recommendation_import_lock"

    name: str = Field(primary_key=True)
    token: str
    owner: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    heartbeat_at: datetime = Field(sa_column=instant_column())
