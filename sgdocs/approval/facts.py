"""What the tables of procedures look at: gathered once by `queries.facts_of`, then plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class TextFacts:
    """The text that the step would bind to. sha256: of its file now, announced_sha256: when it was announced, "" when it
    was not; posted_on: Geneva day; unjustified: foreign normative references without an A.5 justification;
    stale: references that are not current, as `words: standing`."""

    label: str = ""
    posted_on: date | None = None
    sha256: str = ""
    announced_sha256: str = ""
    languages: tuple[str, ...] = ()
    has_summary: bool = False
    has_editor: bool = False
    unjustified: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    ipr_minuted: bool = False
    is_normative: bool = True


@dataclass(frozen=True)
class MeetingFacts:
    """The meeting at which a step is taken, or that will decide. is_in_session: a sitting of it runs or it is open today;
    lists_text: the text stands on its agenda (M-6); is_study_group: a plenary, not a working party or Question."""

    code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_in_session: bool = False
    lists_text: bool = False
    is_study_group: bool = True
    announced_on: date | None = None
    group: str = ""


@dataclass(frozen=True)
class CommentFacts:
    """Comments of the window that runs or ran last: how many stand, of which kind, and how far they are dealt with."""

    substantive: int = 0
    typographical: int = 0
    without_disposition: int = 0
    unsatisfied: int = 0
    open_substantive: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReplyFacts:
    """Answers that count: of Member States in a consultation, or positions at the deciding meeting, by country."""

    approve: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    more_time: tuple[str, ...] = ()
    policy_doubt: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcessFacts:
    """Everything a need may ask. today: Geneva day; rules: values of the dated settings the process keeps;
    window_…: of the window that runs or ran last; is_held: the secretariat holds the closing; queued: state the next
    announcement opens; selected: the procedure chosen for the work item; holidays: official ones."""

    today: date
    now: datetime
    rules: Mapping[str, Any] = field(default_factory=dict)
    sector: str = "T"
    item_status: str = ""
    selected: str = ""
    kind: str = "recommendation"
    is_new: bool = True
    has_question: bool = True
    text: TextFacts = field(default_factory=TextFacts)
    meeting: MeetingFacts = field(default_factory=MeetingFacts)
    deciding: MeetingFacts = field(default_factory=MeetingFacts)
    next_meeting: MeetingFacts = field(default_factory=MeetingFacts)
    comments: CommentFacts = field(default_factory=CommentFacts)
    replies: ReplyFacts = field(default_factory=ReplyFacts)
    window_opens_on: date | None = None
    window_closes_on: date | None = None
    is_held: bool = False
    queued: str = ""
    last_changed_on: date | None = None
    holidays: tuple[date, ...] = ()
    region: tuple[str, ...] = ()
