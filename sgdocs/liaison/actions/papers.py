"""What goes with a statement: registered documents and files of its own, put to it and taken from it while it is a draft."""

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, invalid, missing
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document, File
from sgdocs.documents.schemas import Upload
from sgdocs.liaison import drafting_rules as rules
from sgdocs.liaison import queries
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.actions.drafting import reopen
from sgdocs.liaison.models import Statement, StatementPaper
from sgdocs.liaison.schemas import PaperForm


def attach(act: Act, statement: Statement, form: PaperForm) -> list[StatementPaper]:
    """Every file of a document's version (the newest, unless a part is named): what is posted later does not slip in.

    By whoever may change the draft. Invalid: no such document for the actor, or it has no file. What was agreed is a
    draft again.
    """
    _begin(act, statement)
    document = document_named(act, form.document)
    files = files_of(act, document, form.part)
    if not files:
        invalid("document", form.document, "Give a document that has a file.")
    held = queries.papers_of(act.session, statement)
    if any(row.document_id == document.id and row.sha256 in [_sent(file)[0] for file in files] for row in held):
        raise Conflict(rules.PAPER_TWICE, name=document.label)
    part = form.part or document.part
    rows = [_of_file(statement, document, part, file, len(held) + n) for n, file in enumerate(files)]
    _add(act, statement, rows)
    _note(act, statement, "liaison.paper-added", document.label, document.audience)
    return rows


def attach_file(act: Act, statement: Statement, upload: Upload) -> StatementPaper:
    """A file of the statement's own, scanned and read by the door before."""
    _begin(act, statement)
    held = queries.papers_of(act.session, statement)
    if upload.blob.sha256 in [row.sha256 for row in held]:
        raise Conflict(rules.PAPER_TWICE, name=upload.given_name)
    row = StatementPaper(
        statement_id=statement.id or 0,
        position=len(held),
        name=upload.given_name[:300],
        media_type=upload.media_type[:120],
        size_bytes=upload.blob.size_bytes,
        sha256=upload.blob.sha256,
        is_quarantined=upload.is_quarantined,
    )
    _add(act, statement, [row])
    _note(act, statement, "liaison.paper-added", row.name, statement.audience)
    return row


def detach(act: Act, statement: Statement, paper_id: int) -> None:
    """Take one file away again. NotFound: it does not go with the statement."""
    _begin(act, statement)
    row = next((each for each in queries.papers_of(act.session, statement) if each.id == paper_id), None)
    if row is None:
        missing("paper", paper_id)
    act.session.delete(row)
    act.session.flush()
    for position, each in enumerate(queries.papers_of(act.session, statement)):
        each.position = position
        act.session.add(each)
    reopen(act, statement)
    document = act.session.get(Document, row.document_id) if row.document_id else None
    _note(
        act, statement, "liaison.paper-removed", document.label if document else row.name,
        document.audience if document else statement.audience,
    )  # fmt: skip


def document_named(act: Act, words: str) -> Document:
    """The document of that name or number, as far as the actor may read it. Invalid: there is none."""
    found = documents.alike(act, words)
    exact = [each for each in found if words.lower() in (each.name.lower(), each.label.lower())]
    return next(iter(exact or found), None) or invalid("document", words, "Give a document, such as SG13-TD12/GEN.")


def files_of(act: Act, document: Document, part: str) -> list[File]:
    """The files of that version, or of the one that is shown."""
    if not part:
        return documents.current_files(act, document)
    version = documents.version(act, document, part)
    return [file for file in documents.files_of(act, document) if file.version_id == version.id]


def _begin(act: Act, statement: Statement) -> None:
    _writing.permit(act, statement)
    _writing.require_open(statement)
    _writing.claim(act, statement)


def _sent(file: File) -> tuple[str, int]:
    """Digest and size of what goes out: the copy with the number on its cover, where there is one."""
    if file.stamped_sha256 and not file.is_signed:
        return file.stamped_sha256, file.stamped_size_bytes
    return file.sha256, file.size_bytes


def _of_file(statement: Statement, document: Document, part: str, file: File, position: int) -> StatementPaper:
    sha256, size_bytes = _sent(file)
    return StatementPaper(
        statement_id=statement.id or 0,
        position=position,
        document_id=document.id,
        part=part,
        name=file.name,
        media_type=file.media_type,
        size_bytes=size_bytes,
        sha256=sha256,
    )


def _add(act: Act, statement: Statement, rows: list[StatementPaper]) -> None:
    act.session.add_all(rows)
    reopen(act, statement)


def _note(act: Act, statement: Statement, verb: str, paper: str, audience: str) -> None:
    """For who reads both the statement and the paper."""
    _writing.note(act, verb, statement, audience=_writing.narrowest(statement.audience, audience), paper=paper)
