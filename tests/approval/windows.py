"""A text of SG13 in one of its windows, as rows; acts at other instants."""

from datetime import date, datetime
from typing import Any

from sgdocs.approval.models import Process, Window
from sgdocs.approval.rulings import snapshot
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA, end_of
from tests.cast import Cast


def process(cast: Cast, procedure: str = "aap", state: str = "last-call", **facts: Any) -> Process:
    """Y.slice of Q2/13, opened on 16 February 2026."""
    began = date(2026, 2, 16)
    given: dict[str, Any] = {
        "number": f"{procedure}/2026-001",
        "procedure": procedure,
        "sector": "T",
        "group_id": cast.sg13.id,
        "question_id": cast.q2.id,
        "name": "Y.slice",
        "identifier": "Y.3199",
        "title": "Slicing of networks in tests",
        "state": state,
        "opened_on": began,
        "opened_at": cast.make.act.now,
        "rules": snapshot(began),
        "rules_on": began,
        "document_part": "R1",
        "sha256": "a" * 64,
        "audience": "public",
        "changed_at": cast.make.act.now,
    }
    return cast.make.add(Process(**(given | facts)))  # type: ignore[no-any-return]


def window(
    cast: Cast,
    of: Process,
    kind: str = "last-call",
    *,
    opens: date = date(2026, 2, 16),
    closes: date = date(2026, 3, 15),
) -> Window:
    """28 days in Geneva, unless it says otherwise."""
    row = Window(
        process_id=of.id or 0,
        kind=kind,
        opens_on=opens,
        closes_on=closes,
        closes_at=end_of(closes),
        document_part="R1",
        sha256="b" * 64,
    )
    of.closes_on, of.closes_at = closes, row.closes_at
    return cast.make.add(row)  # type: ignore[no-any-return]


def at(cast: Cast, actor: Actor, when: datetime) -> Act:
    """An act of the actor at another instant, in the test's transaction."""
    return Act(cast.make.session, actor, when)


def geneva(
    year: int, month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0, micro: int = 0
) -> datetime:
    """An instant by the clocks of Geneva."""
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=GENEVA)
