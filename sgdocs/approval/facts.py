"""What the tables of procedures look at: gathered once by `queries.facts_of`, then plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class TextFacts:
    """The text that the step would bind to. sha256: of its file now, announced_sha256: when it was announced, "" when it
    was not; posted_on: Geneva day; unjustified: foreign normative references without an A.5 justification;
    stale: references that are not current, as `words: standing`; is_read: its references are known.

    announced_sha256: of the file that the agenda, or the process, is bound to; first_posted_on: when the text, in
    whatever revision, was first there; distributed_on: when it was there in the languages (TAP-5).
    """

    label: str = ""
    posted_on: date | None = None
    first_posted_on: date | None = None
    distributed_on: date | None = None
    sha256: str = ""
    announced_sha256: str = ""
    languages: tuple[str, ...] = ()
    has_summary: bool = False
    has_editor: bool = False
    unjustified: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    is_read: bool = True
    ipr_minuted: bool = False
    is_normative: bool = True


@dataclass(frozen=True)
class MeetingFacts:
    """The meeting at which a step is taken, or that will decide. is_in_session: a sitting of it runs or it is open today;
    lists_text: the text stands on its agenda (M-6); is_study_group: a plenary, not a working party or Question; kind: value of MeetingKind; is_held: not cancelled."""

    code: str = ""
    kind: str = ""
    is_held: bool = True
    starts_on: date | None = None
    ends_on: date | None = None
    is_in_session: bool = False
    lists_text: bool = False
    is_study_group: bool = True
    announced_on: date | None = None
    group: str = ""


@dataclass(frozen=True)
class CommentFacts:
    """Comments of the window that runs or ran last: how many stand, of which kind, and how far they are dealt with.

    without_disposition, accepted: of the substantive ones; open_substantive: numbers of those of earlier windows, or of
    the item's papers, that nobody has dealt with (at consent).
    """

    substantive: int = 0
    typographical: int = 0
    without_disposition: int = 0
    accepted: int = 0
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
    announcement opens; selected: the procedure chosen for the work item; holidays: official ones.

    began_on: day the process began; standing: status of the published text that is changed or deleted (`in-force`),
    approved_under: the procedure it was approved under, "" when not known; is_incorporated: by reference in the Radio
    Regulations; last_changed_on: when the published text was last approved (P-4); region: countries that are consulted
    when not all are.
    """

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
    window_closes_at: datetime | None = None
    is_held: bool = False
    queued: str = ""
    began_on: date | None = None
    standing: str = ""
    approved_under: str = ""
    is_incorporated: bool = False
    last_changed_on: date | None = None
    holidays: tuple[date, ...] = ()
    region: tuple[str, ...] = ()
