"""Comments on a text under approval: the list, one of them with all its versions, sending and dealing with them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, Request, Response, UploadFile
from pydantic import BaseModel, Field

from sgdocs.approval import comment_listing, queries
from sgdocs.approval.actions import comments as actions
from sgdocs.approval.comment_listing import STANDINGS, CommentFilter, CommentRow
from sgdocs.approval.comment_rules import Disposal, Kind
from sgdocs.approval.comment_schemas import ClassForm, CommentForm, DisposalForm
from sgdocs.approval.models import Comment, Process
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused, invalid, missing
from sgdocs.base.text import clean
from sgdocs.i18n import N_
from sgdocs.web import uploads, urls
from sgdocs.web.approval_frame import frame_for, framed, is_mirrored
from sgdocs.web.deps import Reading, Svc, Writing, now_of, visitor_of
from sgdocs.web.downloads import UNKNOWN, Kept
from sgdocs.web.downloads import send as send_file
from sgdocs.web.errors import status_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Blank, Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.render import language_of, see

pages = APIRouter(prefix="/approval/{procedure}/{number}/comments")
Short = Annotated[str, Query(max_length=40)]
COLUMNS = {
    "number": "No.",
    "entity": "Member",
    "clause": "Clause",
    "element": "Element",
    "kind": "Kind",
    "text": "Comment",
    "proposed": "Proposed change",
    "disposition": "Disposition",
    "disposition_text": "Reason of the disposition",
    "satisfied_at": "Member satisfied",
    "about": "About",
    "since": "Revisions since",
    "sent_at": "Sent",
    "withdrawn_at": "Withdrawn",
    "uid": "Id",
}


@dataclass(frozen=True)
class Asked:
    """The filters of the list as they stand in its address."""

    kind: str
    standing: str
    clause: str
    window: int

    @property
    def files(self) -> str:
        return urls.with_query("", **{**asdict(self), "window": self.window or None}).removeprefix("?")


def asked_for(
    *, kind: Short = "", standing: Short = "", clause: Short = "", window: Annotated[int | None, Blank] = None
) -> Asked:
    if kind and kind not in set(Kind):
        invalid("kind", kind, ", ".join(Kind) + ".")
    if standing and standing not in STANDINGS:
        invalid("standing", standing, ", ".join(STANDINGS) + ".")
    return Asked(kind, standing, clean(clause), window or 0)


Asking = Annotated[Asked, Depends(asked_for)]


def _process(act: Act, procedure: str, number: str) -> Process:
    return queries.by_number(act, f"{procedure}/{number}")


@pages.get("")
def index(request: Request, act: Reading, procedure: str, number: str, asked: Asking) -> Response:
    frame = frame_for(act, _process(act, procedure, number), is_mirrored=is_mirrored(request))
    rows = comment_listing.commented(act, frame.process, CommentFilter(**asdict(asked)))
    return framed(
        request,
        "approval/comments.html",
        frame,
        fragment="rows",
        rows=rows,
        asked=asked,
        found=frame.counts,
        windows=[each for each in frame.windows if each.kind in ("last-call", "additional-review")],
    )


@pages.get(".{form}")
def index_as(act: Reading, procedure: str, number: str, form: Export, asked: Asking) -> Response:
    process = _process(act, procedure, number)
    rows = comment_listing.commented(act, process, CommentFilter(**asdict(asked)))
    name = f"{process.number.replace('/', '-')} comments"
    return export(form, name, [_told(row) for row in rows], COLUMNS)


def _told(row: CommentRow) -> dict[str, Any]:
    """One comment as exports give it, with the revision it is about."""
    names = set(COLUMNS) - {"about", "since"} | {"version", "sha256", "opposes", "file_name"}
    return {name: getattr(row.comment, name) for name in sorted(names)} | {
        "about": row.about.revision.label if row.about.revision else "",
        "since": row.about.since,
    }


# Sending


@pages.get("/new")
def new(request: Request, act: Reading, procedure: str, number: str) -> Response:
    return _form(request, act, _process(act, procedure, number), blank({"kind": Kind.SUBSTANTIVE.value}))


def _form(request: Request, act: Act, process: Process, filled: Filled[Any], *, status: int = 200) -> Response:
    if not comment_listing.may_read(act, process):
        missing("comments", process.number)
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    return framed(request, "approval/comment_new.html", frame, status=status, filled=filled)


@pages.post("", dependencies=[uploading()])
def send(
    request: Request,
    act: Reading,
    procedure: str,
    number: str,
    filled: Filled[CommentForm],
    *,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> Response:
    """A comment, with a file if need be: that is read outside the writer's lock."""
    process = _process(act, procedure, number)
    if not filled.ok:
        return _form(request, act, process, filled, status=422)
    try:
        row = _perform(
            request, act, process, file, lambda writing, upload: _sent(writing, process, filled.value, upload)
        )
    except NotFound:
        raise
    except Refused as refused:
        return _form(request, act, process, filled.refused(refused), status=status_of(refused))
    says = language_of(request).sentence(N_("Comment {number} is sent."), {"number": row})
    return see(urls.approval(process.number, "comments", row), notice=says)


def _sent(act: Act, process: Process, form: CommentForm, upload: Any) -> int:
    return actions.comment(act, queries.by_number(act, process.number), form, upload).number


def _perform(
    request: Request, act: Act, process: Process, file: UploadFile | str | None, do: Callable[[Act, Any], int]
) -> int:
    """The file read and kept, then one act in a transaction of its own. Who may not comment has no file kept."""
    services = request.app.state.services
    given = uploads.given(file)
    if given:
        actions.require_commenter(act, process)
    upload = uploads.take(services, given).upload() if given else None
    with services.database.writing() as session:
        return do(Act(session, visitor_of(request).actor, now_of(request)), upload)


# One comment


@pages.get("/{n}")
def show(request: Request, act: Reading, procedure: str, number: str, n: int) -> Response:
    return _comment(request, act, _process(act, procedure, number), n)


def _comment(  # noqa: PLR0917
    request: Request, act: Act, process: Process, n: int, filled: Filled[Any] | None = None, status: int = 200
) -> Response:
    row = comment_listing.comment_numbered(act, process, n)
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    is_own = act.actor.organisation_id is not None and act.actor.organisation_id == row.comment.organisation_id
    said = row.comment
    start = {
        "kind": said.kind,
        "clause": said.clause,
        "element": said.element,
        "text": said.text,
        "proposed": said.proposed,
        "opposes": said.opposes,
        "disposition": said.disposition,
        "reason": said.disposition_text,
        "seen": said.version,
    }
    return framed(
        request,
        "approval/comment.html",
        frame,
        status=status,
        row=row,
        comment=said,
        versions=comment_listing.versions_of(act, said),
        filled=filled or blank(start),
        is_own=is_own or frame.may_hold,
        disposals=[each.value for each in Disposal if each is not Disposal.WITHDRAWN],
    )


@pages.get("/{n}/file")
def file_of(request: Request, act: Reading, services: Svc, procedure: str, number: str, n: int) -> Response:  # noqa: PLR0917
    row = comment_listing.comment_numbered(act, _process(act, procedure, number), n).comment
    if not row.file_sha256 or not services.blobs.has(row.file_sha256):
        missing("file", n)
    with services.blobs.open(row.file_sha256) as stream:
        size_bytes = stream.seek(0, 2)
    return send_file(request, services.blobs, Kept(row.file_sha256, size_bytes, UNKNOWN, row.file_name))


@pages.post("/{n}", dependencies=[uploading()])
def change(  # noqa: PLR0917
    request: Request,
    act: Reading,
    procedure: str,
    number: str,
    n: int,
    filled: Filled[CommentForm],
    *,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> Response:
    process = _process(act, procedure, number)
    if not filled.ok:
        return _comment(request, act, process, n, filled, 422)

    def do(writing: Act, upload: Any) -> int:
        there = queries.by_number(writing, process.number)
        comment = comment_listing.comment_numbered(writing, there, n).comment
        return actions.change(writing, there, comment, filled.value, upload).number

    try:
        _perform(request, act, process, file, do)
    except NotFound:
        raise
    except Refused as refused:
        return _comment(request, act, process, n, filled.refused(refused), status_of(refused))
    return see(
        urls.approval(process.number, "comments", n), notice=language_of(request).say(N_("The comment is changed."))
    )


def _deed(
    request: Request,
    act: Act,
    at: tuple[str, str, int],
    filled: Filled[Any],
    *,
    do: Callable[[Process, Comment], object],
    words: str,
) -> Response:
    """Do something with a comment; what is refused is told on its page as it is now."""
    procedure, number, n = at
    process = _process(act, procedure, number)
    comment = comment_listing.comment_numbered(act, process, n).comment
    if not filled.ok:
        return _comment(request, act, process, n, filled, 422)
    try:
        with act.session.begin_nested():
            do(process, comment)
    except Refused as refused:
        act.session.expire_all()
        return _comment(request, act, process, n, filled.refused(refused), status_of(refused))
    return see(urls.approval(process.number, "comments", n), notice=language_of(request).say(words))


class ReasonForm(BaseModel):
    reason: Annotated[str, Field(max_length=5000)] = ""


@pages.post("/{n}/withdrawal")
def withdraw(  # noqa: PLR0917
    request: Request, act: Writing, procedure: str, number: str, n: int, filled: Filled[ReasonForm]
) -> Response:
    return _deed(
        request,
        act,
        (procedure, number, n),
        filled,
        do=lambda process, comment: actions.withdraw(act, process, comment, filled.value.reason),
        words=N_("The comment is withdrawn; it stays to be read."),
    )


@pages.post("/{n}/disposition")
def dispose(  # noqa: PLR0917
    request: Request, act: Writing, procedure: str, number: str, n: int, filled: Filled[DisposalForm]
) -> Response:
    return _deed(
        request,
        act,
        (procedure, number, n),
        filled,
        do=lambda process, comment: actions.dispose(act, process, comment, filled.value),
        words=N_("The disposition is recorded."),
    )


class SatisfactionForm(BaseModel):
    satisfied: bool = True


@pages.post("/{n}/satisfaction")
def satisfy(  # noqa: PLR0917
    request: Request, act: Writing, procedure: str, number: str, n: int, filled: Filled[SatisfactionForm]
) -> Response:
    is_so = filled.ok and filled.value.satisfied
    return _deed(
        request,
        act,
        (procedure, number, n),
        filled,
        do=lambda process, comment: actions.satisfy(act, process, comment, satisfied=is_so),
        words=N_("It is recorded that the disposition satisfies.") if is_so else N_("It is no longer said to satisfy."),
    )


@pages.post("/{n}/kind")
def classify(  # noqa: PLR0917
    request: Request, act: Writing, procedure: str, number: str, n: int, filled: Filled[ClassForm]
) -> Response:
    return _deed(
        request,
        act,
        (procedure, number, n),
        filled,
        do=lambda process, comment: actions.classify(act, process, comment, filled.value),
        words=N_("The kind of the comment is changed; what it was stays in the record."),
    )
