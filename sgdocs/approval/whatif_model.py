"""What a question of "what if" is made of, and the dates that answer it. Pure. Source: N15."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Met:
    """A meeting of the group; both days inside."""

    code: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Question:
    """What is asked. label: of the text; procedure: `aap`, `tap`, `psaa` …; on: day of consent (determination, decision).

    rules: values of the dated settings, {} for those of the day; resolve_days: how long comments take to be resolved.
    """

    label: str
    procedure: str
    on: date
    meetings: tuple[Met, ...] = ()
    holidays: tuple[date, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    resolve_days: int | None = None


@dataclass(frozen=True)
class Event:
    """A date that follows. kind: `act`, `window`, `meeting`, `approval`, `none`; until: last day, of windows and meetings.

    branch: `` for what happens anyhow, `clean` when no comment comes, `comments` when one does.
    """

    kind: str
    what: str
    on: date
    until: date | None
    clause: str
    branch: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Answer:
    """Every date, in order; earliest: the first day on which the text may be approved, latest: by the longest way."""

    question: Question
    events: tuple[Event, ...]

    @property
    def earliest(self) -> date | None:
        return min((event.on for event in self.events if event.kind == "approval"), default=None)

    @property
    def latest(self) -> date | None:
        return max((event.on for event in self.events if event.kind == "approval"), default=None)

    @property
    def ends_on(self) -> date:
        return max(event.until or event.on for event in self.events)
