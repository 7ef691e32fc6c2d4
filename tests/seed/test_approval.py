"""Approvals of the demonstration: played once, in many states, whatever the day on which it is loaded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from sgdocs.approval import queries
from sgdocs.approval.models import Announcement, Process, Window
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.meetings.models import Meeting
from sgdocs.seed import approval, cast, meetings, structure
from sgdocs.storage.local import LocalStore
from sgdocs.work_programme.queries import find

pytestmark = pytest.mark.databases("sqlite")
STATES = {
    "G.doze-state": "last-call",
    "G.night-power": "judgement",
    "G.class-label": "additional-review",
    "G.outdoor-split": "sg-decision",
    "G.splice-loss": "approved",
    "G.cold-start": "consented",
    "G.access-tariff": "consultation",
    "TR.connector-colours": "agreed",
    "M.[IMT.RURAL]": "psaa",
}


@pytest.mark.parametrize(
    "now",
    [datetime(2026, 3, 16, 8, tzinfo=UTC), datetime(2026, 12, 31, 22, 30, tzinfo=UTC)],
    ids=["a Monday of announcements", "the last evening of a year"],
)
def test_texts_stand_in_many_states_and_are_played_once(act: Act, tmp_path: Path, now: datetime) -> None:
    act.now = now
    blobs = LocalStore(tmp_path / "blobs")
    structure.load(act)
    cast.load(act)
    held: dict[str, Meeting] = meetings.load(act)

    first, again = approval.load(act, blobs, held), approval.load(act, blobs, held)

    assert (first, again) == (11, 0)
    rows = act.session.exec(select(Process)).all()
    assert {row.name: row.state for row in rows} == STATES
    assert all(row.state != "approved" or row.identifier == "ITU-T G.9895" for row in rows)
    windows = act.session.exec(select(Window).where(Window.closed_at.is_(None))).all()  # type: ignore[union-attr]
    assert all(window.closes_on >= geneva_day(now) for window in windows)
    made = act.session.exec(select(Announcement).where(Announcement.kind == "aap")).all()
    days = [row.happened_on for row in sorted(made, key=lambda row: row.number)]
    assert days == sorted(days)
    assert {day.day for day in days} <= {1, 16}
    ready = find(act, "G.asym-terms")
    assert ready is not None
    offers = {each.step.id: each.unmet for each in queries.offers_for(act, ready)}
    assert offers == {"consent": ()}
    assert held["sg15-before"].status == held["rsg5-before"].status == "closed"
