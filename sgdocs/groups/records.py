"""One group with everything that its page shows."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from sgdocs.groups.listing import GroupRow, children
from sgdocs.groups.models import Group, GroupTerm, StudyPeriod
from sgdocs.groups.queries import Relatives, Seat, Term, officers, relatives, terms_of


@dataclass(frozen=True)
class Record:
    """A group as seen in one period. period: the pinned one, else the latest of the group's that has begun."""

    group: Group
    period: StudyPeriod | None
    term: GroupTerm | None
    terms: list[Term]
    relatives: Relatives
    children: list[GroupRow]
    officers: list[Seat]
    seen_on: date

    @property
    def title(self) -> str:
        return self.term.title if self.term else ""

    @property
    def has_ended(self) -> bool:
        return self.group.ends_on is not None and self.group.ends_on < self.seen_on


def record_of(session: Session, group: Group, on: date, *, period: StudyPeriod | None = None) -> Record:
    """The group as it is today, or as it was at the end of the period. Costs up to ten queries."""
    terms = terms_of(session, group)
    shown = next((t for t in terms if (t.period.id == period.id if period else t.period.starts_on <= on)), None)
    in_period = period or (shown.period if shown else None)
    last_on = min(on, in_period.ends_on) if in_period and in_period.ends_on else on
    below = children(session, group, in_period)
    ids = [group.id or 0, *(row.group.id or 0 for row in below)]
    return Record(
        group=group,
        period=in_period,
        term=shown.term if shown else None,
        terms=terms,
        relatives=relatives(session, group),
        children=below,
        officers=officers(session, ids, last_on),
        seen_on=on,
    )
