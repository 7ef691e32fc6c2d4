"""Send a statement: numbered, filed here and there, written to bodies, all in one transaction. Source: domain 7.1, N18."""

from collections.abc import Callable, Sequence
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, Conflict, Refusal, refuse
from sgdocs.base.rulebook import rule
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document
from sgdocs.documents.schemas import ContactForm, SubmissionForm, Upload
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries, rights
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.actions._deliveries import dispatch, write_letter
from sgdocs.liaison.actions.answering import answer_all
from sgdocs.liaison.actions.filing import file_for, keep_name
from sgdocs.liaison.actions.previewing import prepared, series_of
from sgdocs.liaison.actions.relating import resolve_waiting
from sgdocs.liaison.checking import Finding
from sgdocs.liaison.crossings import keep_crossings
from sgdocs.liaison.models import Statement
from sgdocs.liaison.naming import names_of
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.preview_rows import OutDocument, OutFile, Preview
from sgdocs.liaison.rules import A1, State, Status
from sgdocs.liaison.twinning import keep_bands
from sgdocs.storage.store import Blob

FOUND = rule("liaison.findings", "It cannot be sent: {findings}", A1)
UNREAD = rule("liaison.warnings-unread", "Read and accept what was found first: {findings}", A1)
Put = Callable[[bytes], Blob]


def send(
    act: Act,
    statement: Statement,
    version: int,
    put: Put,
    *,
    accept: Sequence[str] = (),
    digest: str = "",
    practice: Practice = USUAL,
) -> Statement:
    """Number it, file it, write the letters; whole or not at all. By the secretariat or the counsellor of the first sender.

    1. nobody changed it since `version` (as the preview showed); nothing stands against it, every warning was accepted
       by its id; with `digest` (of the preview): what would go out is what was shown;
    2. the file with the number is kept by `put` and filed as LS (ITU-T) or TEMP (ITU-R) of the sender;
    3. each addressed group gets its document, each contact of an addressed body its letter, with the same files;
    4. each delivery is noted with names and digests; what it answers is closed for the senders.
    Conflict: it changed meanwhile, or something stands against it.
    """
    rights.require_send(act, statement)
    _writing.claim(act, statement, version)
    plan = prepared(act, statement, practice, hold=True)
    _require_accepted(plan, accept)
    if digest and plan.digest != digest:
        raise Conflict(CHANGED)
    uploads = _uploads(plan, put)
    _number(act, statement, plan, uploads[0])
    entry = _note(act, statement, plan)
    _deliver(act, statement, plan, uploads)
    _post(act, statement, plan, entry, practice)
    _writing.set_status(act, statement, Status.SENT)
    answer_all(act, statement)
    keep_crossings(act, statement)
    resolve_waiting(act, statement)
    keep_bands(act.session, statement)
    return statement


def _require_accepted(plan: Preview, accept: Sequence[str]) -> None:
    errors = plan.errors
    if len(errors) == 1:
        refuse(Refusal(errors[0].rule, errors[0].facts))
    if errors:
        raise Conflict(
            FOUND, findings=" ".join(each.message for each in errors), unmet=[each.rule.id for each in errors]
        )
    unread = [each for each in plan.warnings if each.id not in accept]
    if unread:
        raise Conflict(UNREAD, **_told(unread))


def _told(found: Sequence[Finding]) -> dict[str, Any]:
    return {"findings": " ".join(each.message for each in found), "unmet": [each.id for each in found]}


def _uploads(plan: Preview, put: Put) -> list[Upload]:
    """The statement's own file, kept now, then its papers, kept before."""
    kept = put(plan.content)
    if kept.sha256 != plan.file.sha256:
        raise AssertionError("the store kept other bytes")
    return [_upload(each) for each in plan.files]


def _upload(file: OutFile) -> Upload:
    ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
    return Upload(Blob(file.sha256, file.size_bytes), file.name, file.media_type, format=ending)


def _number(act: Act, statement: Statement, plan: Preview, own: Upload) -> None:
    """File the sender's own document and take its number."""
    document = _file(act, statement, plan.documents[0], own)
    if document.label != plan.number:
        raise Conflict(CHANGED)
    statement.document_id, statement.number = document.id, document.number
    statement.name, statement.label = document.name, document.label
    statement.period_id = document.period_id
    statement.dated_on, statement.sent_at = geneva_day(act.now), act.now
    _writing.set_status(act, statement, Status.NUMBERED)
    for spelling in (document.name, document.label, *names_of(document.label)):
        keep_name(act, statement, spelling, "number")


def _file(act: Act, statement: Statement, out: OutDocument, own: Upload) -> Document:
    series = series_of(act, statement)
    questions = [id for each in queries.senders_of(act.session, statement) for id in each.question_ids]
    form = SubmissionForm(
        title=out.title,
        questions=_writing.paths_in(act.session, questions, series.group),
        sources=[each.name for each in queries.senders_of(act.session, statement)],
        abstract=statement.body[:2_000],
        contacts=[ContactForm.model_validate(each) for each in statement.contacts[:20]],
        language=statement.language,
    )
    return documents.file_as(act, series.kind, series.meeting, form, [own], group=series.group)


def _deliver(act: Act, statement: Statement, plan: Preview, uploads: Sequence[Upload]) -> None:
    """The documents of the addressed groups."""
    rows = {each.id: each for each in queries.addressees_of(act.session, statement)}
    for out in plan.documents[1:]:
        row = rows[out.addressee_id]
        filed = file_for(act, statement, row, uploads)
        dispatch(act, row, way="document", files=out.files, to_name=out.group, document_id=filed.id)


def _post(act: Act, statement: Statement, plan: Preview, entry: Entry, practice: Practice) -> None:
    """The letters to the addressed bodies."""
    rows = {each.id: each for each in queries.addressees_of(act.session, statement)}
    for letter in plan.letters:
        row = rows[letter.addressee_id]
        write_letter(act, row, letter, entry, practice.ack_days)
        row.state, row.state_on = State.SENT, geneva_day(act.now)
        act.session.add(row)
    act.session.flush()


def _note(act: Act, statement: Statement, plan: Preview) -> Entry:
    """To whom it went, with which files, and what was accepted. Addresses of people stand apart."""
    addresses = [each.to_address for each in plan.letters]
    return _writing.note(
        act,
        "liaison.sent",
        statement,
        to=[each.name for each in plan.words.to],
        files=[{"name": f.name, "sha256": f.sha256} for f in plan.files],
        accepted=[each.id for each in plan.warnings],
        personal={"addresses": addresses} if addresses else None,
    )
