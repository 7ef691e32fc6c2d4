"""Events of the demonstration: a workshop with its programme, people who want to meet, and a draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.events import actions
from sgdocs.events.models import Event
from sgdocs.events.schemas import AskForm, EventForm, JoinForm, SessionForm, TalkForm
from sgdocs.groups.queries import actor_for, find
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN

MEETING: Final = "sg15-now"
GROUP, QUESTION = "T/SG15", "T/SG15/T25/Q2"
ABOUT: Final = """A day on what optical access networks cost in power, and what can be saved.

- measurements from networks in service
- sleep states and how fast a unit wakes
- what the next Recommendations should ask for

Bring your results; two hours are kept for **meeting one another**."""
SESSIONS: Final = (
    ("Measurements", time(9, 30), time(11), "Room Popov", (
        ("What a year in a field network shows", "Imaginary Networks", 30, "Power by hour and by season, with the outliers explained."),
        ("Sleep states in the laboratory", "University of Nowhere", 30, ""),
        ("Questions", "", 20, ""),
    )),
    ("What to ask for", time(14), time(15, 30), "Room Popov", (
        ("From measurements to limits", "the rapporteur of Q2/15", 40, "Which figures a Recommendation can hold."),
        ("Discussion", "", 40, ""),
    )),
)  # fmt: skip
PEOPLE: Final = (
    ("rapporteur", True, True, "power saving, field measurements"),
    ("delegate-member", True, True, "power saving"),
    ("delegate-state", False, True, "field measurements"),
    ("chair", True, False, ""),
    ("tsb", False, False, ""),
)
"""Who registers, is listed, wants to be suggested, for what."""


def load(act: Act, meetings: Mapping[str, Meeting]) -> None:
    """Nothing when there is an event already, or no group to hold it."""
    if find(act.session, GROUP) is None or act.session.exec(select(Event.id)).first() is not None:
        return
    on, meeting = geneva_day(act.now) + timedelta(days=9), meetings.get(MEETING)
    form = EventForm(
        title="Workshop on power saving in optical access", text=ABOUT, place="Geneva", starts_on=on, ends_on=on,
        group=GROUP, groups=QUESTION, meeting=meeting.code if meeting else "", capacity=60,
        join_link="https://rooms.example.org/power-saving",
    )  # fmt: skip
    event = actions.draft(act, form)
    for title, begins, until, room, talks in SESSIONS:
        part = actions.add_session(act, event, SessionForm(title=title, on=on, begins=begins, until=until, room=room))
        for name, speakers, minutes, summary in talks:
            actions.add_talk(
                act, event, part, TalkForm(title=name, speakers=speakers, minutes=minutes, summary=summary)
            )
    actions.announce(act, event)
    for key, listed, matching, fields in PEOPLE:
        own, person = _as(act, key)
        actions.join(own, event, person, JoinForm(is_listed=listed, wants_matching=matching, fields=fields))
    own, person = _as(act, "delegate-member")
    to = _as(act, "rapporteur")[1].slug
    actions.ask(own, event, person, AskForm(to=to, text="Could we compare our figures before the session?"))
    later = {"title": "Side event on test equipment", "place": "", "starts_on": on + timedelta(days=60)}
    actions.draft(act, form.model_copy(update={**later, "ends_on": on + timedelta(days=60), "meeting": "", "text": ""}))


def _as(act: Act, key: str) -> tuple[Act, Person]:
    person = by_email(act.session, f"{key}@{DOMAIN}")
    assert person is not None, "the cast is loaded"
    return replace(act, actor=actor_for(act.session, person, act.now)), person
