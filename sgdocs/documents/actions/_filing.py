"""The rows of a document: itself with its number, its Questions and sources, its versions and files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import refuse
from sgdocs.base.text import clean, one_line
from sgdocs.documents import numbering, rules
from sgdocs.documents.actions._numbers import next_number
from sgdocs.documents.actions._rights import Sources
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import Document, DocumentQuestion, DocumentSource, File, NumberSeries, Version
from sgdocs.documents.numbering import Place, SeriesForm
from sgdocs.documents.rules import HIDDEN_AUDIENCE, DocumentKind, Status
from sgdocs.documents.schemas import ContactForm, Upload
from sgdocs.groups.models import Group
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.policy import PUBLIC, Permission, Scope, may

K = DocumentKind


@dataclass(frozen=True)
class Numbered:
    """What a document is called. series: whose number it has."""

    series: NumberSeries
    number: int
    stream: str
    name: str
    label: str


def number_next(act: Act, body: Body, kind: DocumentKind, form: SeriesForm, stream: str) -> Numbered:
    series, number = next_number(act, body, kind, form, stream)
    return numbered(body, series, form, stream, number)


def numbered(body: Body, series: NumberSeries, form: SeriesForm, stream: str, number: int) -> Numbered:
    words = body.words(stream)
    return Numbered(series, number, stream, words.fill(form.name, number), words.fill(series.pattern, number))


def document_of(act: Act, body: Body, kind: DocumentKind, given: Numbered, audience: str) -> Document:
    """A new document, reserved and hidden. audience: the label it gets when it is posted."""
    period = body.period
    return Document(
        name=given.name,
        label=given.label,
        sort_key=numbering.sort_key_of(
            K.CONTRIBUTION if body.place is Place.RADIO and kind is K.REPORT else kind,
            body.meeting.code if given.series.meeting_id and body.meeting else body.group.code,
            period.code if period else "",
            given.stream,
            given.number,
        ),
        sector=body.group.sector,
        kind=kind,
        stream=given.stream,
        series_id=given.series.id or 0,
        number=given.number,
        meeting_id=body.meeting.id if body.meeting else None,
        group_id=body.group.id or 0,
        period_id=period.id if period else None,
        status=Status.RESERVED,
        audience=HIDDEN_AUDIENCE,
        intended_audience=audience,
        owner_id=act.actor.person_id,
        reserved_at=act.now,
    )


def insert(act: Act, document: Document) -> Document:
    act.session.add(document)
    act.session.flush()
    return document


def set_sources(act: Act, document: Document, sources: Sources) -> None:
    """Write who submits; organisation_id: whose people may revise it. A paper of the group, `Rapporteur Q2/15`, is no
    entity's: the colleagues of whoever issues it have no say in it.
    """
    document.source = sources.words[:500]
    ids = [each.id for each in sources.organisations]
    own = act.actor.organisation_id
    document.organisation_id = own if own in ids else next(iter(ids), None)
    act.session.execute(delete(DocumentSource).where(col(DocumentSource.document_id) == document.id))
    for id in ids:
        act.session.add(DocumentSource(document_id=document.id or 0, organisation_id=id or 0))


def set_questions(act: Act, document: Document, questions: Sequence[Group]) -> None:
    """Write to which Questions it is addressed; the first is primary."""
    act.session.execute(delete(DocumentQuestion).where(col(DocumentQuestion.document_id) == document.id))
    act.session.flush()
    for n, question in enumerate(questions):
        act.session.add(DocumentQuestion(document_id=document.id or 0, group_id=question.id or 0, is_primary=n == 0))


def contacts_of(forms: Iterable[ContactForm]) -> list[dict[str, str]]:
    """Those that say anything."""
    return [told for form in forms if any((told := form.model_dump()).values())]


@dataclass(frozen=True)
class Part:
    """What a version is. part: "" or `R1`; late: id of the deadline that it missed."""

    part: str = ""
    title: str = ""
    note: str = ""
    late: str = ""
    submitted_at: datetime | None = None


def add_version(
    act: Act, document: Document, part: Part, uploads: Sequence[Upload], overruled: dict[str, str]
) -> Version:
    """A version with its files. In quarantine when any of them is."""
    held = select(Version.position).where(Version.document_id == document.id)
    position = max(act.session.exec(held), default=-1) + 1
    status = Status.QUARANTINE if any(upload.is_quarantined for upload in uploads) else Status.POSTED
    version = Version(
        document_id=document.id or 0,
        part=part.part,
        position=position,
        title=part.title or document.title,
        note=part.note,
        status=status,
        late=part.late,
        findings=_kept(uploads, overruled),
        submitted_by=act.actor.person_id,
        submitted_at=part.submitted_at or act.now,
    )
    act.session.add(version)
    act.session.flush()
    add_files(act, document, version, uploads)
    return version


def add_files(act: Act, document: Document, version: Version, uploads: Sequence[Upload]) -> list[File]:
    """The files of a version, under short names; several of a language are told apart by a number."""
    taken = set(act.session.exec(select(File.name).where(File.version_id == version.id)))
    files = []
    for position, upload in enumerate(uploads, len(taken)):
        language = upload.language or document.language
        name = _free_name(document.name, version.part, language, _extension(upload), taken)
        taken.add(name)
        files.append(_file(version, upload, name=name, language=language, position=position))
    act.session.add_all(files)
    act.session.flush()
    return files


def _free_name(name: str, part: str, language: str, extension: str, taken: set[str]) -> str:
    n = 0
    while (found := numbering.short_name(name, part, language, extension, position=n)) in taken:
        n += 1
    return found


def _extension(upload: Upload) -> str:
    return upload.format or PurePosixPath(upload.given_name).suffix.lstrip(".") or "bin"


def _file(version: Version, upload: Upload, *, name: str, language: str, position: int) -> File:
    stamped = None if upload.is_signed else upload.stamped
    return File(
        version_id=version.id or 0,
        document_id=version.document_id,
        language=language,
        position=position,
        name=name,
        given_name=one_line(upload.given_name)[:300],
        media_type=one_line(upload.media_type)[:120],
        size_bytes=upload.blob.size_bytes,
        sha256=upload.blob.sha256,
        stamped_sha256=stamped.sha256 if stamped else "",
        stamped_size_bytes=stamped.size_bytes if stamped else 0,
        is_signed=upload.is_signed,
    )


def _kept(uploads: Sequence[Upload], overruled: dict[str, str]) -> list[dict[str, Any]]:
    """The findings of all files, those overruled with their reason."""
    found = [_cleaned(finding) for upload in uploads for finding in upload.findings]
    return [f | {"overruled": overruled[f["id"]]} if f.get("id") in overruled else f for f in found]


def _cleaned(finding: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says may hold anything; PostgreSQL refuses NUL."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in finding.items()}


def require_checked(act: Act, scope: Scope, uploads: Sequence[Upload], overruled: dict[str, str]) -> None:
    """Errors of the preflight stop a document; the secretariat may overrule, never deadline or membership."""
    if overruled and not may(act.actor, Permission.MANAGE_DOCUMENTS, scope):
        refuse(rules.why_not_overrule(_errors(uploads), {}))
        overruled = {}
    refuse(rules.why_not_overrule(_errors(uploads), overruled))


def _errors(uploads: Sequence[Upload]) -> list[str]:
    found = [finding for upload in uploads for finding in upload.findings]
    return list(dict.fromkeys(str(f.get("id", "")) for f in found if f.get("severity") == "error"))


def note(act: Act, verb: str, document: Document, **facts: Any) -> Entry:
    """The journal entry of an act on a document, for those who may read the document."""
    told: dict[str, Any] = {"name": document.name, "label": document.label, "title": document.title}
    return record(
        act, verb, document, group_id=document.group_id, audience=document.audience or PUBLIC, **(told | facts)
    )
