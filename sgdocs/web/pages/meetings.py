"""Pages of meetings: the list, a meeting, who takes part, its history. The calendar is public; people are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed, invalid
from sgdocs.base.text import clean
from sgdocs.documents.actions.issuing import may_bring
from sgdocs.documents.listing import for_meeting
from sgdocs.groups import queries as groups
from sgdocs.groups.rules import SECTORS
from sgdocs.journal.record import history_of
from sgdocs.meetings import joining, participants, queries
from sgdocs.meetings.actions.registrations import door_of
from sgdocs.meetings.listing import WHENS, MeetingFilter, MeetingRow, group_labels, listing, reach_of
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.outgoing import MeetingOut, ParticipantOut, RecordOut
from sgdocs.meetings.rules import MeetingKind, MeetingStatus
from sgdocs.people.queries import sees_contacts
from sgdocs.policy import reads
from sgdocs.web import history as histories
from sgdocs.web import liaison_panels, meeting_words, paper_words, urls
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.meeting_frame import frame_of, framed
from sgdocs.web.render import page

pages = APIRouter()

SIZE, MOST = 100, 5000
COLUMNS = {
    "code": "Meeting",
    "title": "Title",
    "group_label": "Group",
    "kind": "Kind",
    "starts_on": "From",
    "ends_on": "Until",
    "place": "Place",
    "format": "Format",
    "status": "Status",
}
PARTICIPANT_COLUMNS = {
    "organisation": "Organisation",
    "country": "Country",
    "category": "Category",
    "name": "Name",
    "role": "Role",
    "mode": "Takes part",
    "email": "E-mail",
}
Words = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=40)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@dataclass(frozen=True)
class Asked:
    """The filters of a list as they stand in its address."""

    sector: tuple[str, ...]
    group: str
    kind: tuple[str, ...]
    when: tuple[str, ...]
    status: tuple[str, ...]
    q: str

    def address(self, base: str = "/meeting", **more: object) -> str:
        return urls.with_query(base, **{**vars(self), **more})

    @property
    def files(self) -> str:
        return self.address("").removeprefix("?")


def asked_for(
    *,
    sector: Several = [],  # noqa: B006 FastAPI copies it
    group: Words = "",
    kind: Several = [],  # noqa: B006
    when: Several = [],  # noqa: B006
    status: Several = [],  # noqa: B006
    q: Words = "",
) -> Asked:
    """The filters of page, exports and API; Invalid names the one that cannot be read."""
    known: dict[str, tuple[list[str], tuple[str, ...]]] = {
        "sector": (sector, tuple(SECTORS)),
        "kind": (kind, tuple(MeetingKind)),
        "when": (when, WHENS),
        "status": (status, tuple(MeetingStatus)),
    }
    told: dict[str, tuple[str, ...]] = {}
    for name, (values, right) in known.items():
        told[name] = tuple(each for each in values if each)
        for each in told[name]:
            if each not in right:
                invalid(name, each, ", ".join(right) + ".")
    return Asked(group=clean(group), q=clean(q), **told)


Asking = Annotated[Asked, Depends(asked_for)]


def filter_of(act: Act, asked: Asked) -> MeetingFilter:
    """The filter that these words mean. A group is named by path or as people write it, its parts count too."""
    ids = None
    if asked.group:
        found = groups.find(act.session, asked.group)
        found = found or next(iter(groups.resolve(act.session, asked.group, geneva_day(act.now))), None)
        if found is None:
            invalid("group", asked.group, "The address of a group, such as T/SG15.")
        ids = reach_of(act.session, found)
    return MeetingFilter(asked.sector, asked.kind, asked.when, asked.status, asked.q, ids)


@pages.get("/meeting")
def index(request: Request, act: Reading, asked: Asking, number: Number = 1) -> Response:
    found = listing(act, filter_of(act, asked), number=number, size=SIZE)
    return page(
        request,
        "meetings/index.html",
        fragment="rows",
        found=found,
        parts=parts_of(found.rows),
        others=group_labels(act.session, [row.meeting for row in found.rows]),
        asked=asked,
        files=asked.files,
        says=meeting_words,
        sector_names=SECTORS,
        page_address=lambda number: asked.address(page=number if number > 1 else None),
    )


def parts_of(rows: Sequence[MeetingRow]) -> list[tuple[str, list[MeetingRow]]]:
    """The rows under the headings of a list: on now, coming, past."""
    return [(when, list(some)) for when, some in groupby(rows, key=lambda row: row.when)]


@pages.get("/meeting.{form}")
def index_as(act: Reading, form: Export, asked: Asking) -> Response:
    """The same list as a file."""
    found = listing(act, filter_of(act, asked), size=MOST)
    return export(form, "meetings", [MeetingOut.of(row) for row in found.rows], COLUMNS, total=found.total)


@pages.get("/meeting/{code}/participants")
def people(request: Request, act: Reading, code: str) -> Response:
    frame = frame_of(act, code)
    there = frame.moved(request, code, "/participants")
    return there or framed(
        request,
        "meetings/participants.html",
        frame,
        rows=participants.participants(act, frame.meeting),
        waiting=participants.waiting(act, frame.meeting),
        contacts=sees_contacts(act),
    )


@pages.get("/meeting/{code}/participants.{form}")
def people_as(act: Reading, code: str, form: Export) -> Response:
    """The list of participants as a file, for those who may read it."""
    meeting = queries.by_code(act, code)
    if not participants.may_list(act, meeting):
        raise NotAllowed(NOT_PERMITTED if act.actor.is_known else NOT_SIGNED_IN, permission="members")
    contacts = sees_contacts(act)
    rows = [ParticipantOut.of(each, with_contact=contacts) for each in participants.participants(act, meeting)]
    return export(form, f"{meeting.code} participants", rows, PARTICIPANT_COLUMNS)


@pages.get("/meeting/{code}/history")
def history(request: Request, act: Reading, code: str) -> Response:
    frame = frame_of(act, code)
    there = frame.moved(request, code, "/history")
    entries = [e for e in history_of(act.session, "meeting", [frame.meeting.id or 0]) if reads(act.actor, e.audience)]
    lines = histories.lines(request, act, entries)
    return there or framed(request, "meetings/history.html", frame, lines=lines)


@pages.get("/meeting/{code}/letter")
def letter(request: Request, act: Reading, services: Svc, code: str) -> Response:
    """What convenes the meeting, to be read and printed."""
    frame = frame_of(act, code)
    there = frame.moved(request, code, "/letter")
    others = queries.groups_of(act.session, frame.meeting)[1:]
    site = services.settings.public_url.rstrip("/")
    return there or framed(
        request, "meetings/letter.html", frame, others=others, door=door_of(frame.meeting), site=site
    )


@pages.get("/meeting/{code}.json")
def show_as_json(request: Request, act: Reading, code: str) -> Response:
    """One meeting, with the schema of the API."""
    body = record_out(act, queries.by_code(act, code)).model_dump(mode="json")
    return with_etag(request, JSONResponse(body))


def record_out(act: Act, meeting: Meeting) -> RecordOut:
    """The record of the API; links for those alone who may have them."""
    return RecordOut.of(
        meeting,
        groups=queries.groups_of(act.session, meeting),
        deadlines=queries.deadlines_of(act.session, meeting),
        sittings=queries.sittings_of(act.session, meeting),
        parent=queries.parent_of(act, meeting),
        with_links=queries.presence(act, meeting).sees_links,
    )


@pages.get("/meeting/{code}")
def show(request: Request, act: Reading, code: str) -> Response:
    frame = frame_of(act, code)
    there = frame.moved(request, code)
    return there or framed(
        request,
        "meetings/show.html",
        frame,
        others=queries.groups_of(act.session, frame.meeting)[1:],
        children=queries.children_of(act, frame.meeting),
        papers=for_meeting(act, frame.meeting),
        paper=paper_words,
        may_bring=may_bring(act, frame.meeting),
        closed=joining.why_closed(door_of(frame.meeting), act.now),
        today=geneva_day(act.now),
        liaisons=liaison_panels.of_meeting(act, frame.meeting),
    )
