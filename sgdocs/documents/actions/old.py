"""Old stock: documents under the numbers and dates they had in an older system."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, refuse
from sgdocs.base.text import clean, one_line
from sgdocs.documents import bodies, rules
from sgdocs.documents.actions import _filing
from sgdocs.documents.actions._filing import Part, note
from sgdocs.documents.actions._numbers import raise_to, series_of
from sgdocs.documents.actions._rights import Sources
from sgdocs.documents.actions.deciding import usual_audience
from sgdocs.documents.bodies import Body
from sgdocs.documents.models import Document, File, NumberSeries, Version
from sgdocs.documents.numbering import SeriesForm
from sgdocs.documents.rules import USUAL, DocumentKind, Status
from sgdocs.documents.schemas import OldDocument, Upload
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission, Scope, require


@dataclass
class Shelf:
    """What entering many documents of one meeting asks for again and again. One act long."""

    body: Body
    series: dict[tuple[DocumentKind, str], tuple[NumberSeries, SeriesForm, str]] = field(default_factory=dict)
    audiences: dict[DocumentKind, str] = field(default_factory=dict)
    questions: dict[tuple[str, ...], list[Group]] = field(default_factory=dict)
    organisations: dict[str, Organisation | None] = field(default_factory=dict)


def open_shelf(act: Act, meeting: Meeting) -> Shelf:
    """Where the documents of a meeting are put."""
    body = bodies.body_of(act.session, meeting)
    require(act.actor, Permission.MANAGE_DOCUMENTS, Scope(body.meets.path))
    return Shelf(body)


def enter_old(
    act: Act, meeting: Meeting, old: OldDocument, uploads: Sequence[Upload] = (), *, shelf: Shelf | None = None
) -> Document:
    """A document under its old number and dates. Without title or file it is incomplete, and listed as such.

    A number that is there already gets the version that it lacks, or what it was incomplete for; Conflict: it has both.
    The series goes on after the highest number. shelf: of `open_shelf`, for many; without it, costs more queries.
    """
    shelf = shelf or open_shelf(act, meeting)
    require(act.actor, Permission.MANAGE_DOCUMENTS, Scope(shelf.body.meets.path))
    if old.number < 1:
        raise Invalid(rules.PATTERN, field="number", right="1, 2, 3 …")
    series, form, stream = _series(act, shelf, old)
    given = _filing.numbered(shelf.body, series, form, stream, old.number)
    document = act.session.exec(select(Document).where(Document.name == given.name)).first()
    if document is None:
        document = _new(act, shelf, old, given)
        raise_to(act, series, old.number)
    else:
        _complete(act, document, old)
    _add_version(act, document, old, uploads)
    document.is_incomplete = not document.title or not _has_file(act, document, uploads)
    act.session.add(document)
    note(act, "documents.entered", document, old_number=document.old_number, part=_part(old))
    return document


def _series(act: Act, shelf: Shelf, old: OldDocument) -> tuple[NumberSeries, SeriesForm, str]:
    key = (old.kind, old.stream)
    if key not in shelf.series:
        form, stream = shelf.body.form(old.kind, old.stream)
        shelf.series[key] = (series_of(act, shelf.body, old.kind, form, stream), form, stream)
    return shelf.series[key]


def _new(act: Act, shelf: Shelf, old: OldDocument, given: _filing.Numbered) -> Document:
    body = shelf.body
    if old.kind not in shelf.audiences:
        shelf.audiences[old.kind] = usual_audience(act, body, old.kind, USUAL)
    usual = shelf.audiences[old.kind]
    if old.audience:
        refuse(rules.why_not_class(old.audience, usual, "as in the old system", body.group.sector), Invalid)
    document = _filing.document_of(act, body, old.kind, given, old.audience or usual)
    document.status = Status.WITHDRAWN if old.is_withdrawn else Status.POSTED
    document.audience = document.intended_audience
    document.owner_id = document.reserved_at = None
    document.received_at, document.posted_at = old.received_at, old.posted_at or old.received_at
    _describe(document, old)
    _filing.insert(act, document)
    _filing.set_sources(act, document, _sources(act, shelf, one_line(old.source)))
    document.organisation_id = (
        document.organisation_id if document.organisation_id != act.actor.organisation_id else None
    )
    questions = _questions(act, shelf, old.questions)
    if questions:
        _filing.set_questions(act, document, questions)
    return document


def _describe(document: Document, old: OldDocument) -> None:
    document.title, document.abstract = one_line(old.title)[:500], clean(old.abstract)
    document.language, document.old_number = one_line(old.language)[:3] or "en", one_line(old.old_number)[:120]


def _complete(act: Act, document: Document, old: OldDocument) -> None:
    """What was missing; what is there stays."""
    document.title = document.title or one_line(old.title)[:500]
    document.source = document.source or one_line(old.source)[:500]
    document.abstract = document.abstract or clean(old.abstract)
    document.posted_at = document.posted_at or old.posted_at


def _sources(act: Act, shelf: Shelf, words: str) -> Sources:
    """Members that the words name, one after the other; the words stay as they are."""
    found = []
    for name in [words, *words.split(",")] if "," in words else [words]:
        bare = name.strip()
        if bare and bare not in shelf.organisations:
            shelf.organisations[bare] = organisation_named(act.session, bare)
        known = shelf.organisations.get(bare)
        found += [known] if known is not None and known not in found else []
    return Sources(tuple(found), words)


def _questions(act: Act, shelf: Shelf, words: Sequence[str]) -> list[Group]:
    """Those that are known; others are left out."""
    key = tuple(words)
    if key not in shelf.questions:
        shelf.questions[key] = bodies.questions_of(act.session, shelf.body, words)[0]
    return shelf.questions[key]


def _part(old: OldDocument) -> str:
    return f"R{old.revision}" if old.revision else ""


def _add_version(act: Act, document: Document, old: OldDocument, uploads: Sequence[Upload]) -> None:
    """The version of that revision, or its files when it had none. Conflict: there is nothing that it lacks."""
    part = _part(old)
    held = select(Version).where(Version.document_id == document.id, Version.part == part)
    version = act.session.exec(held).first()
    if version is None:
        at = old.received_at or old.posted_at or act.now
        _filing.add_version(act, document, Part(part, one_line(old.title)[:500], submitted_at=at), uploads, {})
        document.revision = max(document.revision, old.revision)
    elif uploads and not _files(act, version):
        _filing.add_files(act, document, version, uploads)
    elif not document.is_incomplete:
        raise Conflict(rules.ALREADY, name=document.label)


def _files(act: Act, version: Version) -> bool:
    return act.session.exec(select(File.id).where(File.version_id == version.id)).first() is not None


def _has_file(act: Act, document: Document, uploads: Sequence[Upload]) -> bool:
    if uploads:
        return True
    return act.session.exec(select(File.id).where(File.document_id == document.id)).first() is not None
