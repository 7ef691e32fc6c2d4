"""What the API and `.json` give out: one schema for both."""

from datetime import date, datetime

from pydantic import BaseModel

from sgdocs.recommendations.listing import Row
from sgdocs.recommendations.models import Patent, PublishedFile, Text
from sgdocs.recommendations.reading import Record, Related
from sgdocs.recommendations.rules import NameKind
from sgdocs.recommendations.standing import Answer, TextFacts


class RecommendationRow(BaseModel):
    """One family in a list. approved: of the edition shown, as precise as it is known; texts: how many there are."""

    identifier: str
    number: str
    sector: str
    kind: str
    series: str
    title: str
    titles: dict[str, str]
    standing: str
    approved: str
    year: int | None
    study_group: str
    languages: list[str]
    texts: int
    address: str

    @classmethod
    def of(cls, row: Row, root: str) -> "RecommendationRow":
        return cls(
            identifier=identifier_of(row.sector, row.space, row.number),
            number=row.number,
            sector=row.sector,
            kind=row.kind,
            series=row.series,
            title=row.title,
            titles=row.titles,
            standing=row.standing,
            approved=row.approved,
            year=row.year,
            study_group=row.study_group,
            languages=row.languages.split(),
            texts=row.texts,
            address=root.rstrip("/") + row.address,
        )


class TextOut(BaseModel):
    """One text. approved_precision: day, month, year or unknown; modifies, superseded_by: identifiers."""

    identifier: str
    kind: str
    title: str
    titles: dict[str, str]
    status: str
    status_note: str
    approved: str
    approved_precision: str
    withdrawn: str
    posted: str
    edition: str
    version: str
    process: str
    study_group: str
    languages: list[str]
    equivalents: list[str]
    modifies: str | None
    superseded_by: str | None
    url: str
    handle: str
    address: str
    changed_at: datetime


class PatentOut(BaseModel):
    """One declaration: option 1 free of charge, 2 reasonable terms, 3 unwilling."""

    holder: str
    text: str
    option: str
    declared: str


class RelationOut(BaseModel):
    """How it stands to another text. backwards: the other one says it of this."""

    kind: str
    target: str
    address: str | None
    backwards: bool


class FileOut(BaseModel):
    language: str
    format: str
    name: str
    url: str
    size_bytes: int | None


class RecommendationOut(BaseModel):
    """A family with its texts, the oldest first. summary: of the text shown, by language."""

    identifier: str
    number: str
    numbers: list[str]
    sector: str
    kind: str
    series: str
    title: str
    titles: dict[str, str]
    standing: str
    approved: str
    study_group: str
    languages: list[str]
    former_names: list[str]
    acronyms: list[str]
    summaries: dict[str, str]
    shown: str
    texts: list[TextOut]
    relations: list[RelationOut]
    patents: list[PatentOut]
    files: list[FileOut]
    address: str
    changed_at: datetime

    @classmethod
    def of(cls, record: Record, root: str) -> "RecommendationOut":
        family = record.family
        return cls(
            identifier=identifier_of(family.sector, family.space, family.number),
            number=family.number,
            numbers=family.numbers,
            sector=family.sector,
            kind=family.kind,
            series=family.series,
            title=family.title,
            titles=family.titles,
            standing=family.standing,
            approved=family.approved,
            study_group=family.study_group,
            languages=family.languages.split(),
            former_names=record.former_names,
            acronyms=[name.name for name in record.names if name.kind == NameKind.ACRONYM],
            summaries=record.summaries,
            shown=record.shown.identifier,
            texts=[text_out(record, text, root) for text in record.texts],
            relations=[_relation(relation, root) for relation in record.relations],
            patents=[_patent(patent) for patent in record.patents],
            files=[_file(file) for file in record.files],
            address=root.rstrip("/") + family.address,
            changed_at=family.changed_at,
        )


class OnDay(BaseModel):
    """What was in force on a day. verdict: yes, no or not-known; reason: why; doubtful: of which it is not known."""

    day: date
    verdict: str
    reason: str
    text: TextOut | None
    parts: list[TextOut]
    doubtful: dict[str, str]
    since_replaced_by: str | None

    @classmethod
    def of(cls, record: Record, day: date, answer: Answer, root: str) -> "OnDay":
        def out(fact: TextFacts) -> TextOut:
            return text_out(record, record.by_id[fact.id], root)

        return cls(
            day=day,
            verdict=answer.verdict,
            reason=answer.reason,
            text=out(answer.text) if answer.text else None,
            parts=[out(part) for part in answer.parts],
            doubtful={part.identifier: reason for part, reason in answer.doubtful},
            since_replaced_by=answer.since.identifier if answer.since else None,
        )


def identifier_of(sector: str, space: str, number: str) -> str:
    """The number with its Sector: `ITU-T G.709`, `Report ITU-R M.2134`, `Question 241/1`."""
    if space == "rec":
        return f"ITU-{sector} {number}"
    return f"Report ITU-{sector} {number}" if space == "report" else number


def text_out(record: Record, text: Text, root: str) -> TextOut:
    names = record.by_id
    modified = names.get(text.modifies_id) if text.modifies_id is not None else None
    successor = names.get(text.superseded_by_id) if text.superseded_by_id is not None else None
    return TextOut(
        identifier=text.identifier,
        kind=text.kind,
        title=text.title,
        titles=text.titles,
        status=text.status,
        status_note=text.status_note,
        approved=text.approved,
        approved_precision=text.approved_precision,
        withdrawn=text.withdrawn,
        posted=text.posted,
        edition=text.edition,
        version=text.version,
        process=text.process,
        study_group=text.study_group,
        languages=text.languages.split(),
        equivalents=[e.number for e in record.equivalents if e.text_id == text.id],
        modifies=modified.identifier if modified else None,
        superseded_by=successor.identifier if successor else None,
        url=text.url,
        handle=text.handle,
        address=root.rstrip("/") + text.address,
        changed_at=text.changed_at,
    )


def _relation(related: Related, root: str) -> RelationOut:
    other = related.family
    target = related.target or (identifier_of(other.sector, other.space, other.number) if other else "")
    address = root.rstrip("/") + other.address if other else None
    return RelationOut(kind=related.kind, target=target, address=address, backwards=related.backwards)


def _patent(patent: Patent) -> PatentOut:
    return PatentOut(holder=patent.holder, text=patent.text, option=patent.option, declared=patent.declared)


def _file(file: PublishedFile) -> FileOut:
    return FileOut(language=file.language, format=file.format, name=file.name, url=file.url, size_bytes=file.size_bytes)
