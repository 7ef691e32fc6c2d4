"""Discussions of a group and of a meeting on their pages, and as files: one thread, or all of a meeting's record."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.discussions import exporting, queries
from sgdocs.discussions.exporting import Record
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.schemas import COLUMNS
from sgdocs.discussions.subjects import about_row
from sgdocs.discussions.word import MEDIA, word_of
from sgdocs.groups.records import record_of
from sgdocs.meetings import queries as meetings
from sgdocs.web import urls
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.exports import Export, export
from sgdocs.web.meeting_frame import frame_of
from sgdocs.web.meeting_frame import framed as meeting_framed
from sgdocs.web.pages.group_places import moved, seen, today_of
from sgdocs.web.pages.groups import GroupPage, framed
from sgdocs.web.talk import KINDS, talk_on
from sgdocs.web.zipping import Page

pages = APIRouter()


class Form(StrEnum):
    """Markdown, Word, rows."""

    MD = "md"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


TYPES: Final = {Form.MD: "text/markdown; charset=utf-8", Form.DOCX: MEDIA}


@pages.get("/discussion/{id:int}.{form}")
def thread_as(request: Request, act: Reading, id: int, form: Form) -> Response:
    thread = queries.by_id(act, id)
    return _sent(form, f"discussion-{id}", thread.title or thread.subject, _records(request, act, [thread]))


@pages.get("/meeting/{code}/discussion.{form}")
def meeting_as(request: Request, act: Reading, code: str, form: Form) -> Response:
    """Everything that was said at the meeting, on its agenda items and on its papers, as far as one may read it."""
    meeting = meetings.by_code(act, code)
    rows = queries.of_meeting(act, meeting.id or 0)
    title = f"{meeting.code} {meeting.title}"
    return _sent(form, f"{meeting.code}-discussion", title, _records(request, act, rows))


def annex_of(act: Act, meeting_id: int, title: str, site: str) -> list[Page]:
    """The record of a meeting for its bundle; nothing when nothing was said that one may read."""
    rows = queries.of_meeting(act, meeting_id)
    records = [exporting.record_of(act.session, row, site) for row in rows]
    return [Page("about/discussion.md", exporting.markdown_of(title, records).encode())] if records else []


def _records(request: Request, act: Act, threads: Sequence[Thread]) -> list[Record]:
    site = services_of(request).settings.public_url.rstrip("/")
    return [exporting.record_of(act.session, row, site) for row in threads]


def _sent(form: Form, name: str, title: str, records: Sequence[Record]) -> Response:
    if form in TYPES:
        told = exporting.markdown_of(title, records).encode() if form is Form.MD else word_of(title, records)
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(told, media_type=TYPES[form], headers=headers)
    rows = [{"thread": record.title} | row for record in records for row in exporting.rows_of(record)]
    return export(Export(form.value), name, rows, {"thread": "Discussion", **COLUMNS})


@pages.get("/meeting/{code}/discussion")
def of_meeting(request: Request, act: Reading, code: str) -> Response:
    """The talk of the meeting, and all threads of its record."""
    frame = frame_of(act, code)
    there = frame.moved(request, code, "/discussion")
    if there is not None:
        return there
    told = _told(request, act, Kind.MEETING, frame.meeting)
    record = queries.of_meeting(act, frame.meeting.id or 0)
    own = told["talk"].thread
    others = [row for row in record if own is None or row.id != own.id]
    return meeting_framed(request, "discussions/meeting.html", frame, **{**told, "others": others})


@pages.get("/group/{path:path}/discussion")
def of_group(request: Request, act: Reading, path: str) -> Response:
    place = seen(act.session, path, today_of(request))
    there = moved(request, place, path, "/discussion")
    if there is not None:
        return there
    record = record_of(act.session, place.group, today_of(request), period=place.period)
    return framed(
        request, "discussions/group.html", GroupPage(place, record), **_told(request, act, Kind.GROUP, place.group)
    )


def _told(request: Request, act: Act, kind: Kind, row: Any) -> dict[str, Any]:
    """The own thread of a group or meeting, and those with a title."""
    subject = about_row(act, kind, row)
    rows = queries.of_subject(act, subject)
    own = queries.own_of(rows)
    talk = talk_on(request, act, subject, own)
    return {
        "talk": talk,
        "others": [each for each in rows if each is not own],
        "talk_kinds": KINDS,
        "more": urls.with_query("/discussion", all="true", **{kind.value: subject.ref}),
    }
