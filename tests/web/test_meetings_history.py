"""What the history of a meeting says, in whole sentences."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from sgdocs.i18n import language
from sgdocs.journal.models import Entry
from sgdocs.meetings import actions
from sgdocs.meetings.schemas import DeadlineForm, MeetingForm, SittingForm
from sgdocs.web.particulars import facts_of, names_of
from sgdocs.web.sentences import sentence
from tests.cast import Cast

pytestmark = pytest.mark.databases("sqlite")


def test_life_of_a_meeting_is_told(cast: Cast) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    form = {
        "group": "T/SG13",
        "kind": "study-group",
        "starts_on": "2026-11-09",
        "ends_on": "2026-11-20",
        "place": "Geneva",
    }
    row = actions.convene(act, MeetingForm.model_validate(form))
    actions.announce(act, row)
    given = DeadlineForm(due_at=datetime(2026, 11, 2, 22, 59, 59, tzinfo=UTC), reason="Strike {name}")
    actions.override_deadline(act, row, "contribution", given)
    actions.lift_override(act, row, "contribution")
    sitting = SittingForm.model_validate({"title": "Opening", "on": "2026-11-09", "begins": "09:30", "until": "12:30"})
    actions.cancel_sitting(act, row, actions.hold_sitting(act, row, sitting))
    actions.cancel(act, row, reason="Nobody comes")

    entries = act.session.exec(select(Entry).where(Entry.subject_kind == "meeting").order_by(col(Entry.id))).all()
    spoken, names = language("en"), names_of(act, entries)

    assert [sentence(spoken, entry.verb, facts_of(spoken, entry, names)) for entry in entries] == [
        "Convened as T25-SG13-261109, from 9 Nov 2026 to 20 Nov 2026",
        "Announced",
        "Set the deadline to 2 Nov 2026: Contributions. Strike {name}",
        "The deadline follows its rule again: Contributions",
        "Added the sitting “Opening” on 9 Nov 2026",
        "Cancelled the sitting “Opening” of 9 Nov 2026",
        "Cancelled: Nobody comes",
    ]
