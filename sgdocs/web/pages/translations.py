"""Machine translations of a thing: what is there, asking for one, its text and file. Join it before the catch-all of /doc."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, Refused, missing
from sgdocs.base.rulebook import rule_of
from sgdocs.documents import queries as documents
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, may
from sgdocs.text.formats import MEDIA
from sgdocs.translation import actions, queries, rules
from sgdocs.translation.actions.asking import digest_of
from sgdocs.translation.cutting import pieces
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.translation.practice import Practice
from sgdocs.translation.rules import LANGUAGES, LIVE
from sgdocs.translation.schemas import page_of
from sgdocs.translation.subjects import Kind, Subject, load
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.downloads import Kept, send
from sgdocs.web.errors import status_of
from sgdocs.web.paper_form import LANGUAGES as NAMES
from sgdocs.web.render import language_of, page, see
from sgdocs.wiring import Services

pages = APIRouter()
Target = Annotated[str, Form(max_length=8)]
STATES = {
    "waiting": (N_("waits"), "progress"),
    "working": (N_("under way"), "progress"),
    "done": (N_("done"), "force"),
    "failed": (N_("failed"), "stopped"),
    "cancelled": (N_("stopped"), "past"),
}


@dataclass(frozen=True)
class Block:
    """A piece as it is shown. lines: paragraphs; rows: of a table."""

    piece: TranslationPiece
    lines: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@pages.get("/doc/{name}/translation")
@pages.get("/doc/{name}/translation/{language}")
def of_document(act: Reading, name: str, language: str = "") -> Response:
    """The short way by the name of a document."""
    document = documents.by_name(act, name)
    return see(page_of(Kind.DOCUMENT, document.id or 0, language).rstrip("/"))


@pages.get("/translation/{kind}/{id}")
def index(request: Request, act: Reading, services: Svc, kind: Kind, id: int) -> Response:
    return _index(request, act, services, load(act, kind, id))


def _index(
    request: Request, act: Act, services: Services, subject: Subject, *, refused: Refused | None = None
) -> Response:
    """What there is in which language, and the form that asks for another."""
    practice = Practice.of(services.settings, services.translator)
    jobs = queries.of_subject(act, subject)
    return page(
        request,
        "translation/index.html",
        status=status_of(refused) if refused else 200,
        **_frame(subject),
        jobs=jobs,
        why_not=why_not(subject, practice),
        practice=practice,
        choices=[code for code in LANGUAGES if code != subject.language],
        chosen=language_of(request).code,
        refused=refused,
    )


def why_not(subject: Subject, practice: Practice) -> Refusal | None:
    """Why no language at all can be asked for."""
    other = next(code for code in LANGUAGES if code != subject.language)
    return rules.why_not_send(practice.asked(subject, other, 1))


@pages.post("/translation/{kind}/{id}")
def ask(request: Request, act: Writing, services: Svc, kind: Kind, id: int, *, language: Target = "") -> Response:
    subject = load(act, kind, id)
    try:
        job = actions.ask(act, subject, language, Practice.of(services.settings, services.translator))
    except Refused as refused:
        return _index(request, act, services, subject, refused=refused)
    return see(page_of(kind, id, job.target))


@pages.get("/translation/{kind}/{id}/{language}")
def show(request: Request, act: Reading, services: Svc, kind: Kind, id: int, *, language: str) -> Response:
    """The text, as far as it is there; to htmx the state alone."""
    subject, job = _found(act, kind, id, language)
    practice = Practice.of(services.settings, services.translator)
    is_live = job.state in LIVE
    return page(
        request,
        "translation/show.html",
        fragment="state",
        **_frame(subject),
        job=job,
        blocks=[_block(each) for each in queries.pieces_of(act.session, job)],
        error=rule_of(job.error),
        file_error=rule_of(job.file_error),
        is_live=is_live,
        is_old=not is_live and job.digest != digest_of(list(pieces(subject.passages))),
        may_stop=is_live and may(act.actor, Permission.ASK_TRANSLATION, Scope(owner_id=job.person_id)),
        why_not=why_not(subject, practice),
        practice=practice,
    )


@pages.get("/translation/{kind}/{id}/{language}/{file}")
def download(
    request: Request, act: Reading, services: Svc, kind: Kind, id: int, *, language: str, file: str
) -> Response:
    """The labelled file, for who reads the thing itself."""
    _, job = _found(act, kind, id, language)
    if not job.sha256 or job.file_name != file:
        missing("file", file)
    return send(request, services.blobs, Kept(job.sha256, job.size_bytes, MEDIA["docx"], job.file_name))


@pages.post("/translation/{kind}/{id}/{language}/stop")
def stop(act: Writing, kind: Kind, id: int, language: str) -> Response:
    subject, job = _found(act, kind, id, language)
    actions.stop(act, job, subject)
    return see(f"/translation/{kind}/{id}")


def _found(act: Act, kind: Kind, id: int, language: str) -> tuple[Subject, TranslationJob]:
    subject = load(act, kind, id)
    return subject, queries.of_subject(act, subject).get(language) or missing("translation", language)


def _frame(subject: Subject) -> dict[str, Any]:
    return {
        "subject": subject,
        "home": f"/translation/{subject.kind}/{subject.id}",
        "names": NAMES,
        "states": STATES,
        "page_of": page_of,
    }


def _block(piece: TranslationPiece) -> Block:
    lines = [line for line in piece.text.split("\n") if line.strip()]
    if not piece.is_heading and lines and all("\t" in line for line in lines):
        return Block(piece, rows=[line.split("\t") for line in lines])
    return Block(piece, lines=[line.replace("\t", " · ") for line in lines])
