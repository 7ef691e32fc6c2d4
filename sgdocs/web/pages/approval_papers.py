"""Papers of approvals at the browser: post the one of an announcement, reply form, list of comments with dispositions."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sgdocs.approval import queries
from sgdocs.approval.actions import papers
from sgdocs.base.errors import NotAllowed, NotFound, Refused
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.pages.approval_announcements import announcement_named
from sgdocs.web.pages.reports import putting
from sgdocs.web.render import language_of, see

pages = APIRouter(prefix="/approval")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.post("/announcement/{name}/paper")
def post(request: Request, act: Writing, services: Svc, name: str) -> Response:
    """File the paper now; otherwise the worker does when the day is over."""
    row, spoken = announcement_named(act, name), language_of(request)
    back = urls.announcement(row.sector, row.kind, row.number)
    try:
        with act.session.begin_nested():
            document = papers.post(act, row, putting(services.blobs))
    except NotAllowed:
        raise
    except Refused as refused:
        return see(back, notice=spoken.refusal(refused))
    return see(back, notice=spoken.sentence(N_("The paper is posted as {label}."), {"label": document.label}))


@pages.get("/{procedure}/{number}/reply-form.docx")
def reply_form(act: Reading, procedure: str, number: str) -> Response:
    process = queries.by_number(act, f"{procedure}/{number}")
    return _word(papers.reply_form(act, process), f"{process.number.replace('/', '-')}-reply-form")


@pages.get("/{procedure}/{number}/comments/list.docx")
def comments(act: Reading, procedure: str, number: str) -> Response:
    process = queries.by_number(act, f"{procedure}/{number}")
    return _word(papers.comments_file(act, process), f"{process.number.replace('/', '-')}-list-of-comments")


@pages.post("/{procedure}/{number}/comments/list")
def post_comments(request: Request, act: Writing, services: Svc, procedure: str, number: str) -> Response:
    """The list as TD of the meeting that decides."""
    process, spoken = queries.by_number(act, f"{procedure}/{number}"), language_of(request)
    try:
        with act.session.begin_nested():
            document = papers.post_comments(act, process, putting(services.blobs))
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        return see(urls.approval(process.number, "comments", "sheet"), notice=spoken.refusal(refused))
    notice = spoken.sentence(N_("The list of comments is posted as {label}."), {"label": document.label})
    return see(urls.document(document.name), notice=notice)


def _word(data: bytes, name: str) -> Response:
    return Response(data, media_type=WORD, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'})
