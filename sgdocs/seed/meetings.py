"""Meetings of the demonstration, on days counted from that of the first loading: one is always on now.

A fixed plan in weeks from the Monday of that week. Loading it again changes nothing, however late.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.meetings import actions
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.meetings.schemas import DeadlineForm, MeetingForm, RegistrationForm, SittingForm
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN

REMOTE = f"https://remote.{DOMAIN}/"


@dataclass(frozen=True)
class Planned:
    """week, day: from the Monday of the loading; length: days; key: by which others name it; sits: title -> hours."""

    key: str
    group: str
    kind: str
    week: int
    length: int
    status: MeetingStatus
    place: str = ""
    format: str = "hybrid"
    zone: str = "Europe/Zurich"
    day: int = 0
    host: str = ""
    letter: str = ""
    title: str = ""
    parent: str = ""
    note: str = ""
    tap: bool = False
    sits: Mapping[str, tuple[int, str, str]] = field(default_factory=dict)


PLENARIES = {
    "Opening plenary": (0, "09:30", "12:30"),
    "WP1/15 plenary": (1, "09:30", "11:00"),
    "Q2/15, session 1": (1, "11:15", "12:30"),
    "Q2/15, session 2": (2, "14:30", "17:30"),
    "Q2/15, session 3": (7, "09:30", "12:30"),
    "Closing plenary": (11, "09:30", "12:30"),
}
SESSIONS = {"Session 1": (0, "09:00", "12:00"), "Session 2": (1, "09:00", "12:00"), "Report": (2, "14:00", "16:00")}
S = MeetingStatus
PLAN = (
    Planned("sg15-before", "T/SG15", "study-group", -30, 12, S.CLOSED, "Geneva", letter="TSB Collective letter 2/15"),
    Planned(
        "sg15-now",
        "T/SG15",
        "study-group",
        0,
        12,
        S.OPEN,
        "Geneva",
        letter="TSB Collective letter 3/15",
        note="Badges are given out at the entrance of the conference centre from 08:00 on.",
        sits=PLENARIES,
    ),
    Planned(
        "sg15-next",
        "T/SG15",
        "study-group",
        30,
        12,
        S.ANNOUNCED,
        "Geneva",
        letter="TSB Collective letter 4/15",
        tap=True,
    ),
    Planned(
        "q2-before",
        "T/SG15/T25/Q2",
        "rapporteur-group",
        -14,
        3,
        S.CLOSED,
        "Kyoto",
        zone="Asia/Tokyo",
        host="Imaginary Networks Ltd",
        parent="sg15-now",
        sits=SESSIONS,
    ),
    Planned(
        "q2-next",
        "T/SG15/T25/Q2",
        "rapporteur-group",
        10,
        3,
        S.ANNOUNCED,
        "Turin",
        zone="Europe/Rome",
        host="University of Nowhere",
        parent="sg15-next",
        note="The group has agreed to meet in principle at its last session.",
        sits=SESSIONS,
    ),
    Planned(
        "q2-call",
        "T/SG15/T25/Q2",
        "e-meeting",
        3,
        1,
        S.ANNOUNCED,
        format="virtual",
        day=2,
        title="Call on the text of passive optical networks",
        parent="sg15-next",
        sits={"Call": (0, "13:00", "15:00")},
    ),
    Planned("q4-off", "T/SG15/T25/Q4", "rapporteur-group", 7, 2, S.CANCELLED, "Turin", parent="sg15-next"),
    Planned("workshop", "T/SG15", "workshop", 12, 1, S.PLANNED, "Geneva", title="Workshop on access in the home"),
    Planned("sg13-before", "T/SG13", "study-group", -18, 12, S.CLOSED, "Geneva", letter="TSB Collective letter 2/13"),
    Planned("sg13-next", "T/SG13", "study-group", 13, 12, S.ANNOUNCED, "Geneva", letter="TSB Collective letter 3/13"),
    Planned("wp5d-before", "R/WP5D", "working-party", -16, 11, S.CLOSED, "Geneva", letter="5/LCCE/101"),
    Planned("rsg5-before", "R/SG5", "study-group", -3, 5, S.CLOSED, "Geneva", letter="5/LCCE/103"),
    Planned("wp5d-next", "R/WP5D", "working-party", 15, 11, S.ANNOUNCED, "Geneva", letter="5/LCCE/102"),
)
TAKES_PART = {
    "sg15-now": ("chair", "vice-chair", "wp-chair", "rapporteur", "editor", "delegate-member", "delegate-associate"),
    "q2-before": ("rapporteur", "associate-rapporteur", "editor", "delegate-member"),
    "q2-next": ("rapporteur", "editor"),
    "q2-call": ("rapporteur",),
    "wp5d-next": ("wp5d-chair",),
}
WAITS = {"sg15-now": ("delegate-state",), "q2-next": ("delegate-member",)}
REMOTELY = ("editor", "delegate-member")


def load(act: Act) -> dict[str, Meeting]:
    """Enter the meetings when there are none; returns the new ones by their keys."""
    if act.session.exec(select(Meeting.id)).first() is not None:
        return {}
    today = geneva_day(act.now)
    monday = today - timedelta(days=today.weekday())
    found: dict[str, Meeting] = {}
    for planned in PLAN:
        if groups.find(act.session, planned.group) is not None:
            found[planned.key] = _hold(act, planned, monday, found)
    for key, people in TAKES_PART.items():
        _take_part(act, found.get(key), people)
    for planned in PLAN:
        if planned.key in found:
            _finish(act, found[planned.key], planned.status)
    for key, people in WAITS.items():
        _ask(act, found.get(key), people)
    _postpone(act, found.get("q2-next"))
    return found


def _hold(act: Act, planned: Planned, monday: date, known: Mapping[str, Meeting]) -> Meeting:
    starts_on = monday + timedelta(weeks=planned.week, days=planned.day)
    form = MeetingForm.model_validate(
        {
            "kind": planned.kind,
            "group": planned.group,
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=planned.length - 1),
            "place": planned.place,
            "format": planned.format,
            "zone": planned.zone,
            "host": planned.host,
            "letter": planned.letter,
            "title": planned.title,
            "note": planned.note,
            "announces_tap": planned.tap,
            "parent": known[planned.parent].code if planned.parent in known else "",
        }
    )
    row = actions.convene(act, form)
    _sit(act, row, planned)
    if planned.status is not S.PLANNED:
        actions.announce(act, row, accept=True)
    return row


def _sit(act: Act, row: Meeting, planned: Planned) -> None:
    room = "" if planned.format == "virtual" else "Popov"
    for title, (after, begins, until) in planned.sits.items():
        on = row.starts_on + timedelta(days=after)
        told = {"title": title, "on": on, "begins": begins, "until": until, "zone": planned.zone, "room": room}
        link = f"{REMOTE}{planned.key}/{on:%m%d}"
        actions.hold_sitting(act, row, SittingForm.model_validate({**told, "remote_link": link}))


def _finish(act: Act, row: Meeting, status: MeetingStatus) -> None:
    if status in (S.OPEN, S.CLOSED):
        actions.open_meeting(act, row)
    if status is S.CLOSED:
        actions.close(act, row)
    if status is S.CANCELLED:
        actions.cancel(act, row, reason="Too few contributions were announced")


def _take_part(act: Act, row: Meeting | None, keys: tuple[str, ...]) -> None:
    """Entered by the secretariat, so they are in at once."""
    for key in keys if row is not None else ():
        person = by_email(act.session, f"{key}@{DOMAIN}")
        if person is not None and row is not None:
            mode = "remote" if key in REMOTELY or row.format == "virtual" else "in-person"
            form = RegistrationForm.model_validate({"mode": mode, "is_listed": key != "editor"})
            actions.register(act, row, person, form)


def _ask(act: Act, row: Meeting | None, keys: tuple[str, ...]) -> None:
    """Asked by the people themselves: these wait for a decision."""
    for key in keys if row is not None else ():
        person = by_email(act.session, f"{key}@{DOMAIN}")
        if person is not None and row is not None:
            own = Act(act.session, groups.actor_for(act.session, person, act.now), act.now)
            actions.register(own, row, person, RegistrationForm(mode="in-person", is_listed=True))


def _postpone(act: Act, row: Meeting | None) -> None:
    """One deadline that no rule gives: the group asked for its papers a week before."""
    if row is not None:
        last = row.starts_on - timedelta(days=7)
        due = DeadlineForm.model_validate({"due_at": f"{last}T22:00:00Z", "reason": "Agreed at the last session"})
        actions.override_deadline(act, row, "contribution", due)
