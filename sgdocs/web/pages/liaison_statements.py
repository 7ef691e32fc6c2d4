"""The pages of one liaison statement: what is asked of whom, its thread, its delivery, its history, its files.

Join it after every other module of /liaison: the last route takes whatever is left of an address as a number.
"""

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.errors import missing
from sgdocs.liaison import letter_docx, queries
from sgdocs.liaison.outgoing import RecordOut
from sgdocs.liaison.records import history_of, record_of
from sgdocs.liaison.threads import thread_of
from sgdocs.liaison.wording import words_of
from sgdocs.policy import audiences
from sgdocs.web import history as histories
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, ReadingFiles, Svc
from sgdocs.web.downloads import Kept, send
from sgdocs.web.liaison_frame import framed, moved, statement_of
from sgdocs.web.liaison_thread_out import thread_out
from sgdocs.web.liaison_tree import drawn
from sgdocs.web.pages.work_items import as_word
from sgdocs.web.render import language_of

pages = APIRouter()


@pages.get("/liaison/{name}.json")
def show_as_json(request: Request, act: Reading, services: Svc, name: str) -> Response:
    """One statement, with the schema of the API."""
    statement = statement_of(act, name)
    there = moved(request, name, statement, ".json")
    if there is not None:
        return there
    told = RecordOut.of(record_of(act, statement), services.settings.public_url)
    return with_etag(request, JSONResponse(told.model_dump(mode="json")))


@pages.get("/liaison/{name}.docx")
def as_file(request: Request, act: ReadingFiles, name: str) -> Response:
    """The statement on the template of its Sector, with the papers and the addresses of people that the reader may see."""
    statement = statement_of(act, name)
    there = moved(request, name, statement, ".docx")
    if there is not None:
        return there
    papers = tuple(row.paper.name for row in record_of(act, statement).papers if not row.is_hidden)
    words = words_of(act, statement, papers=papers)
    if "members" not in audiences(act.actor):
        words = replace(words, contacts=tuple(replace(each, email="", telephone="") for each in words.contacts))
    return as_word(letter_docx.write(words), f"{statement.name}.docx")


@pages.get("/liaison/{name}/thread")
def thread(request: Request, act: Reading, name: str) -> Response:
    """What it answers and what answers it, as a picture by date and as a tree of lines."""
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/thread")
    if there is not None:
        return there
    found = thread_of(act, statement)
    nodes = list(found)
    return framed(
        request,
        act,
        "liaison/thread.html",
        statement,
        thread=found,
        nodes=nodes,
        by_id={node.row.id: node.row for node in nodes},
        picture=drawn(found, mirrored=language_of(request).direction == "rtl"),
    )


@pages.get("/liaison/{name}/thread.json")
def thread_as_json(request: Request, act: Reading, services: Svc, name: str) -> Response:
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/thread.json")
    return there or with_etag(
        request, JSONResponse(thread_out(thread_of(act, statement), services.settings.public_url))
    )


@pages.get("/liaison/{name}/delivery")
def delivery(request: Request, act: Reading, name: str) -> Response:
    """To whom, when, with which files; for the side that sent it."""
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/delivery")
    return there or framed(request, act, "liaison/delivery.html", statement)


@pages.get("/liaison/{name}/history")
def history(request: Request, act: Reading, name: str) -> Response:
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/history")
    return there or framed(
        request,
        act,
        "liaison/history.html",
        statement,
        lines=histories.lines(request, act, history_of(act, statement)),
    )


@pages.get("/liaison/{name}/papers/{position}")
def paper(request: Request, act: ReadingFiles, services: Svc, name: str, position: int) -> Response:
    """A file that goes with it; one that is registered as a document is read there, with its own rights."""
    statement = statement_of(act, name)
    row = next((each for each in queries.papers_of(act.session, statement) if each.position == position), None)
    if row is None or row.document_id is not None or row.is_quarantined or not row.sha256:
        missing("file", f"{statement.name} {position}")
    return send(request, services.blobs, Kept(row.sha256, row.size_bytes, row.media_type, row.name))


@pages.get("/liaison/{name}")
def show(request: Request, act: Reading, name: str) -> Response:
    statement = statement_of(act, name)
    there = moved(request, name, statement)
    return there or framed(request, act, "liaison/show.html", statement)


@pages.get("/liaison/{words:path}")
def anything(request: Request, act: Reading, words: str) -> Response:
    """A number with strokes in it, as `5D/123` or `TD3/GEN`: on to the statement that goes by it."""
    statement = statement_of(act, words)
    return moved(request, words, statement) or show(request, act, statement.name)
