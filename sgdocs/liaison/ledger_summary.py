"""The heads of the ledger: how many wait in each queue, how old they are, how many days an answer takes. Four queries."""

from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import Select, and_, func
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.liaison.filtering import Ids, is_inside
from sgdocs.liaison.ledger import matter_of
from sgdocs.liaison.ledger_conditions import age_here, is_for_us, is_out_here, is_sent_by_us, side_here
from sgdocs.liaison.ledger_parts import EVERYTHING, LedgerFilter, Part, parts_of, readable
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.queues import Age, Queue, queues_of
from sgdocs.liaison.rules import State

YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Summary:
    """counts: matters in each queue; ages: of each queue, how many in each class; nobody: how many of each queue have no
    owner; days_we_take, days_they_take: median from the date of the letter to that of the answer, of answers given since
    a year; None without any; answers_ours, answers_theirs: of how many.
    """

    counts: dict[Queue, int] = field(default_factory=dict)
    ages: dict[Queue, dict[Age, int]] = field(default_factory=dict)
    nobody: dict[Queue, int] = field(default_factory=dict)
    days_we_take: float | None = None
    days_they_take: float | None = None
    answers_ours: int = 0
    answers_theirs: int = 0


def summary(act: Act, asked: LedgerFilter = EVERYTHING) -> Summary:
    """Of everything that is asked for, whatever its queue. Four queries."""
    found = Summary(**_taken(act, asked.group_ids))
    _count(act, asked, found)
    return found


def _count(act: Act, asked: LedgerFilter, into: Summary) -> None:
    """Alike ones are counted by the database, and sorted into queues by the rule."""
    today = geneva_day(act.now)
    alike = [row for part in parts_of(act, asked) for row in act.session.execute(_alike(act, asked, part))]
    for status, state, expected, late, age, ours, side, nobody, count in alike:
        matter = matter_of(
            status,
            state or "",
            side,
            is_ours=ours,
            is_answer_expected=bool(expected),
            deadline=today - timedelta(days=1) if late else None,
        )
        for queue in queues_of(matter, today):
            by_age = into.ages.setdefault(queue, {})
            by_age[Age(age)] = by_age.get(Age(age), 0) + count
            into.counts[queue] = into.counts.get(queue, 0) + count
            if nobody:
                into.nobody[queue] = into.nobody.get(queue, 0) + count


def _alike(act: Act, asked: LedgerFilter, part: Part) -> Select[Any]:
    """What a matter is sorted by, and how many are so."""
    today, a, s = geneva_day(act.now), Addressee, Statement
    told: tuple[Any, ...] = (
        col(s.status),
        col(a.state),
        col(a.is_answer_expected),
        func.coalesce(col(a.deadline) < today, False),
        age_here(today),
        is_sent_by_us(asked.group_ids),
        side_here(asked.group_ids),
        and_(col(a.owner_id).is_(None), is_inside(act)),
    )
    named = [each.label(f"told_{n}") for n, each in enumerate(told)]
    rows = part.of(columns(*named)).subquery()
    return columns(*rows.c, func.count()).group_by(*rows.c)


def _taken(act: Act, group_ids: Ids) -> dict[str, Any]:
    """How long answers of a year took, ours and those of others. Two queries."""
    today = geneva_day(act.now)
    ours = is_for_us(group_ids)
    days: list[Any] = [col(Statement.dated_on), col(Addressee.answered_on)]
    answered = (
        columns(*days)
        .select_from(Addressee)
        .join(Statement, col(Statement.id) == col(Addressee.statement_id))
        .where(
            readable(act),
            is_out_here(),
            col(Addressee.state) == State.REPLIED,
            col(Addressee.answered_on) > today - YEAR,
            col(Statement.dated_on).is_not(None),
        )
    )
    by_us = _days(act, answered.where(ours))
    by_them = _days(act, answered.where(func.coalesce(~ours, True), is_sent_by_us(group_ids)))
    return {
        "days_we_take": median(by_us) if by_us else None,
        "days_they_take": median(by_them) if by_them else None,
        "answers_ours": len(by_us),
        "answers_theirs": len(by_them),
    }


def _days(act: Act, answered: Select[Any]) -> list[int]:
    return [(answered_on - dated_on).days for dated_on, answered_on in act.session.execute(answered)]
