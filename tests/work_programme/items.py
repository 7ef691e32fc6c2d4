"""Work items of SG13 for tests: a complete form, items proposed and registered, the meetings that decide."""

from datetime import date
from typing import Any

from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import actions
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.schemas import ItemForm
from tests.cast import Cast
from tests.make import Make

COMPLETE: dict[str, Any] = {
    "question": "T/SG13/T25/Q2",
    "acronym": "Y.slice",
    "title": "Slices of networks in tests",
    "timing": "2027-Q2",
    "process": "aap",
    "scope": "What a slice is.",
    "summary": "This text says what a slice is.",
    "relations": "Y.3100",
    "editors": [{"name": "Edwin Blotter", "entity": "University of Nowhere"}],
    "supporters": [{"name": name} for name in ("Aland", "Borduria", "Cagliostro", "Drachenfels")],
    "base": "Chapter 3 of the report",
}


def form(**facts: Any) -> ItemForm:
    """The form of Annex A, filled in; facts: what matters to the test."""
    return ItemForm.model_validate(COMPLETE | facts)


def proposed(cast: Cast, **facts: Any) -> WorkItem:
    """By the rapporteur of Q2/13; it waits to be confirmed."""
    return actions.propose(cast.rapporteur.act, form(**facts))


def registered(cast: Cast, **facts: Any) -> WorkItem:
    """Under study in Q2/13, entered by the secretariat."""
    assert cast.q2.id
    return actions.enter(cast.tsb.act, form(**{"accept": True} | facts), None)


def meeting(make: Make, starts_on: date = date(2026, 3, 2), group: str = "T/SG13", **facts: Any) -> Meeting:
    """A meeting of SG13 from that day on, five days long, as a row."""
    home = make.group(group)
    code = f"T25-{group.rpartition('/')[2]}-{starts_on:%y%m%d}"
    told: dict[str, Any] = {
        "code": code,
        "kind": "study-group",
        "title": "Meeting",
        "status": "open",
        "ends_on": date.fromordinal(starts_on.toordinal() + 4),
    } | facts
    row = Meeting(
        sector=home.sector,
        group_id=home.id or 0,
        period_id=make.period("T25").id,
        starts_on=starts_on,
        created_at=make.act.now,
        changed_at=make.act.now,
        **told,
    )
    return make.add(row)  # type: ignore[no-any-return]
