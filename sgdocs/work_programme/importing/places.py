"""Where an imported item belongs: its study period, its group, its Question, each looked up once."""

import re
from dataclasses import dataclass, field

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.work_programme.importing.incoming import Incoming, Rejected


@dataclass(frozen=True)
class Spot:
    """question: None for a row that names none; before: the period before, from which an item may have been issued."""

    group: Group
    question: Group | None
    period: StudyPeriod | None
    before: StudyPeriod | None


@dataclass
class Places:
    """What rows name, remembered for one run."""

    known: dict[tuple[str, str, str], Spot] = field(default_factory=dict)

    def of(self, act: Act, row: Incoming) -> Spot:
        """Rejected: there is no such group, Question or period."""
        key = (row.group, row.question, row.period)
        if key not in self.known:
            self.known[key] = _spot(act, row)
        return self.known[key]


def _spot(act: Act, row: Incoming) -> Spot:
    home = _group(act, row.group) if row.group else None
    periods = groups.periods(act.session, home.sector if home else "")
    period = _period(periods, row.period)
    question = _question(act, row.question, home, period) if row.question.strip(" -–") else None
    if home is None and question is not None and question.parent_id is not None:
        home = groups.by_id(act.session, question.parent_id)
    if home is None:
        raise Rejected("study group", row.group, "The code of a study group that is here, such as SG13.")
    period = period or groups.period_on(act.session, home.sector, geneva_day(act.now))
    earlier = [
        each for each in periods if period and each.sector == period.sector and each.starts_on < period.starts_on
    ]
    return Spot(home, question, period, max(earlier, key=lambda each: each.starts_on, default=None))


def _group(act: Act, words: str) -> Group:
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    if found is None or found.kind == "question":
        raise Rejected("study group", words, "The code of a study group that is here, such as SG13.")
    return found


def _period(periods: list[StudyPeriod], words: str) -> StudyPeriod | None:
    """By code, or by its first year: `T25`, `2025-2028`."""
    if not words:
        return None
    year = re.match(r"(?:19|20)\d{2}", words)
    for each in periods:
        if each.code == words.upper() or (year is not None and each.title.startswith(year[0])):
            return each
    raise Rejected("study period", words, "A study period that is here, such as 2025-2028 or T25.")


def _question(act: Act, words: str, home: Group | None, period: StudyPeriod | None) -> Group:
    """That of the period: numbers restart with each."""
    on = period.starts_on if period else geneva_day(act.now)
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, on)), None)
    is_right = found is not None and found.kind == "question"
    if not is_right or found is None or (period is not None and found.period_id not in (None, period.id)):
        when = f" in {period.title}" if period else ""
        raise Rejected("question", words, f"A Question that is here{when}, such as Q2/13.")
    if home is not None and found.parent_id not in (None, home.id):
        raise Rejected("question", words, f"A Question of {home.label}.")
    return found
