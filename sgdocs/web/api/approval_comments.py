"""Comments and replies on texts under approval over the API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from sgdocs.approval import queries
from sgdocs.approval.actions import comments, replies
from sgdocs.approval.comment_schemas import ClassForm, CommentForm, DisposalForm, ReplyForm
from sgdocs.approval.models import Process
from sgdocs.approval.outgoing import CommentOut, ReplyOut
from sgdocs.base.act import Act
from sgdocs.journal.repeats import Answer
from sgdocs.web import urls
from sgdocs.web.api._conventions import one
from sgdocs.web.api.approval import answered
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.once import once

api = APIRouter(prefix="/api/v1/approval/{procedure}/{number}", tags=["approval"])
Words = Annotated[str, Query(max_length=200)]


class SatisfiedForm(BaseModel):
    satisfied: bool = True


def _process(act: Act, procedure: str, number: str) -> Process:
    return queries.by_number(act, f"{procedure}/{number}")


@api.get("/comments")
def comments_of(request: Request, act: Reading, procedure: str, number: str) -> Response:
    """All of them, withdrawn ones too; none for those who may not read them."""
    rows = queries.comments_of(act, _process(act, procedure, number))
    return one(request, {"items": [CommentOut.of(row).model_dump(mode="json") for row in rows], "total": len(rows)})


@api.post("/comments", status_code=201)
def send(request: Request, procedure: str, number: str, form: CommentForm) -> Response:
    """Comment in the window that runs. Takes an `Idempotency-Key`."""

    def do(act: Act) -> Answer:
        row = comments.comment(act, _process(act, procedure, number), form)
        act.session.flush()
        return Answer(
            201, CommentOut.of(row).model_dump(mode="json"), urls.approval(f"{procedure}/{number}", "comments")
        )

    return answered(once(request, form.model_dump(mode="json"), do))


@api.put("/comments/{comment}")
def change(act: Writing, procedure: str, number: str, comment: int, form: CommentForm) -> CommentOut:
    """Change one's own comment until the window closes; what it said before stays."""
    process = _process(act, procedure, number)
    return CommentOut.of(comments.change(act, process, queries.comment_by_number(act, process, comment), form))


@api.delete("/comments/{comment}")
def withdraw(act: Writing, procedure: str, number: str, comment: int, reason: Words = "") -> CommentOut:
    process = _process(act, procedure, number)
    return CommentOut.of(comments.withdraw(act, process, queries.comment_by_number(act, process, comment), reason))


@api.put("/comments/{comment}/disposition")
def dispose(act: Writing, procedure: str, number: str, comment: int, form: DisposalForm) -> CommentOut:
    """What becomes of it: accepted, accepted-with-change, rejected, out-of-scope; null takes it back."""
    process = _process(act, procedure, number)
    return CommentOut.of(comments.dispose(act, process, queries.comment_by_number(act, process, comment), form))


@api.put("/comments/{comment}/satisfaction")
def satisfy(act: Writing, procedure: str, number: str, comment: int, form: SatisfiedForm) -> CommentOut:
    """The commenter says whether the disposition satisfies."""
    process = _process(act, procedure, number)
    row = queries.comment_by_number(act, process, comment)
    return CommentOut.of(comments.satisfy(act, process, row, satisfied=form.satisfied))


@api.put("/comments/{comment}/kind")
def classify(act: Writing, procedure: str, number: str, comment: int, form: ClassForm) -> CommentOut:
    process = _process(act, procedure, number)
    return CommentOut.of(comments.classify(act, process, queries.comment_by_number(act, process, comment), form))


@api.get("/replies")
def replies_of(request: Request, act: Reading, procedure: str, number: str, every: bool = False) -> Response:
    """Replies of the window that runs or ran last, the last of each entity; every: earlier versions too."""
    process = _process(act, procedure, number)
    window = queries.window_of(act.session, process)
    rows = queries.replies_of(act, process, window=window, every=every) if window else []
    return one(request, {"items": [ReplyOut.of(row).model_dump(mode="json") for row in rows], "total": len(rows)})


@api.put("/replies/mine")
def reply(act: Writing, procedure: str, number: str, form: ReplyForm) -> ReplyOut:
    """Reply, or change the reply while the window is open; the last one counts."""
    process = _process(act, procedure, number)
    row = replies.reply(act, process, form)
    return next(ReplyOut.of(said) for said in queries.replies_of(act, process) if said.reply.id == row.id)


@api.delete("/replies/mine", status_code=204)
def withdraw_reply(act: Writing, procedure: str, number: str, entity: Words = "") -> None:
    replies.withdraw(act, _process(act, procedure, number), entity)
