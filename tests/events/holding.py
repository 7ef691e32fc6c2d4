"""An event of SG13 in Seoul, and who takes part in it."""

from datetime import date, time
from typing import Any

from sgdocs.events import actions
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.schemas import EventForm, JoinForm, SessionForm, TalkForm
from tests.cast import Cast, Player

FIRST, LAST = date(2026, 12, 2), date(2026, 12, 3)


def form(**facts: Any) -> EventForm:
    told = {
        "title": "Workshop on slices", "place": "Seoul", "zone": "Asia/Seoul", "starts_on": FIRST, "ends_on": LAST,
        "group": "T/SG13", "groups": "T/SG13/T25/Q2", "text": "A **workshop**.",
    }  # fmt: skip
    return EventForm.model_validate(told | facts)


def held(cast: Cast, **facts: Any) -> Event:
    """Announced by the chair."""
    cast.summon("q2", "chair", "tsb", "rapporteur", "delegate_member", "delegate_state", "outsider", "guest")
    return actions.announce(cast.chair.act, actions.draft(cast.chair.act, form(**facts)))


def with_programme(cast: Cast, event: Event) -> Event:
    """A morning of two talks."""
    morning = SessionForm(title="Morning", on=FIRST, begins=time(9), until=time(10, 30), room="Hall A")
    part = actions.add_session(cast.chair.act, event, morning)
    actions.add_talk(cast.chair.act, event, part, TalkForm(title="Opening", speakers="Clara Gavel", minutes=30))
    actions.add_talk(cast.chair.act, event, part, TalkForm(title="Slices", speakers="Rafael Quill", minutes=45))
    return event


def joins(player: Player, event: Event, *, listed: bool = False, matching: bool = False, fields: str = "") -> EventRegistration:  # fmt: skip
    told = JoinForm(is_listed=listed, wants_matching=matching, fields=fields)
    return actions.join(player.act, event, player.person, told)
