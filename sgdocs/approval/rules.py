"""What stands against a step whatever the procedure, and what a text is called when it is approved. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sgdocs.approval.periods import ONE_SECOND
from sgdocs.base.errors import Refusal, word
from sgdocs.base.rulebook import rule

M6 = "domain M-6; Rec. ITU-T A.1 (09/2019) 1.4"
MOVED_ON = rule(
    "approval.moved-on",
    "Somebody was faster: {process} is {state} now, not {seen}. Look at it as it stands and choose again.",
)
UNMET = rule("approval.unmet", "{step} is not possible yet: {reasons}", "N14, the list that the panel shows")
NOT_FROM_HERE = rule("approval.not-from-here", "{step} does not leave from {state}.")
ENDED = rule("approval.ended", "{process} ended on {on} ({outcome}); nothing is done in it any more.")
BY_CLOCK = rule("approval.by-the-clock", "{step} is taken by the clock when the window has closed, by nobody before.")
BY_DECISION = rule("approval.by-decision", "{step} is a decision of a meeting: it is entered among its decisions.", M6)
NO_MEETING = rule("approval.no-meeting", "Name the meeting in session at which this is decided.", M6, ("hold_hours",))
NOT_IN_SESSION = rule(
    "approval.not-in-session",
    "{meeting} is not in session ({starts_on} to {ends_on}); no chair decides between meetings.",
    M6,
)
NOT_LISTED = rule(
    "approval.not-listed",
    "{text} does not stand on the agenda of {meeting} under an item for such texts; allot it there first.",
    M6,
)
OTHER_GROUP = rule(
    "approval.other-group", "{meeting} is not a meeting of {group} or of one of its working parties.", f"{M6}; A.8 3.1"
)
NOT_A_PLENARY = rule(
    "approval.rapporteurs-meet", "{meeting} is a meeting of rapporteurs; it proposes, it does not decide.", "A.8 3.1"
)
NO_TEXT = rule("approval.no-text", "There is no text with a file to bind to; set the base text or name a document.", M6)
CHANGED_TEXT = rule(
    "approval.text-changed",
    "{label} has changed: {now} stands there, you saw {seen}. Read the new one, and announce it under its item again.",
    f"{M6}; A.8 3.1",
)
RUNNING = rule("approval.running", "{item} is under {process} already ({state}).", "domain P-2, Resolution 1 8.3")
NUMBER = rule(
    "approval.number-missing",
    "Give the text its number before the announcement: approval makes the edition by itself.",
    "domain AAP-4, INV-5",
)
BAD_NUMBER = rule("approval.number", "“{value}” is no number of a text of the Sector; right would be {example}.")
NUMBER_TAKEN = rule("approval.number-taken", "{number} is {whose} already.")
NO_QUEUE = rule("approval.not-queued", "{process} waits for no announcement.")
NOT_THE_DAY = rule(
    "approval.not-the-day",
    "Announcements are made on day {days} of the month and dated that day; the next is {next_on}. What is ready waits.",
    "A.8 (10/2008) 4.1, domain U17",
    ("aap_days", "aap_shift"),
)
NO_WINDOW = rule("approval.no-window", "No window of {process} is open or waits for its closing.")
HOLD_REASON = rule("approval.hold-reason", "Say why the closing is held: a comment that came in time by another way.")
HOLD_HOURS = rule("approval.hold-hours", "A closing is held for 1 to {most} hours after the window ends.")
NOT_HELD = rule("approval.not-held", "The closing of {process} is not held.")
REASON = rule("approval.reason", "Say why; the reason stands in the history and in the letter.")
NO_POSITION = rule("approval.no-position", "{process} is not before a meeting that is in session.", "A.8 5.2 to 5.7")
WHO_TAKES = rule(
    "approval.position-by",
    "{position} is for {right}; {entity} is {category}.",
    "A.8 (10/2008) 5.2 to 5.6, Resolution 1 9.5",
)
POSITION_REASON = rule("approval.position-reason", "Say what the {position} is about; it stands in the report.")
GONE_MEETING = rule(
    "approval.meeting-cancelled", "{meeting} is cancelled; choose another meeting for {process}.", "domain 5.1"
)
MOST_HOLD_HOURS: Final = 72
OFFERED_HOLD_HOURS: Final = 24

DECIDING_KINDS: Final = ("study-group", "working-party", "extra-meeting", "assembly", "e-meeting")
PLENARY_GROUPS: Final = ("study-group", "advisory-group", "committee", "regional-group")
LISTED_UNDER: Final[Mapping[str, tuple[str, ...]]] = {
    "aap": ("aap-consent", "tap-approval"),
    "tap": ("tap-determination", "tap-approval"),
    "regional-tap": ("tap-determination", "tap-approval"),
    "agreement": ("agreement",),
}
"""Kinds of agenda items under which a text is announced; of other procedures any item will do."""


@dataclass(frozen=True)
class Seen:
    """What whoever presses has seen. sha256: of the text, "" where none was shown."""

    label: str = ""
    sha256: str = ""


def why_not_from(process: str, state: str, seen: str) -> Refusal | None:
    """None when the state is that which the page showed."""
    return None if state == seen else Refusal(MOVED_ON, {"process": process, "state": state, "seen": seen})


def why_not_bind(label: str, now: str, now_sha256: str, seen: str, seen_sha256: str) -> Refusal | None:
    """None when the text is the very one that was seen. Digests are shortened for people."""
    if not seen_sha256 or seen_sha256 == now_sha256:
        return None
    return Refusal(
        CHANGED_TEXT, {"label": label, "now": f"{now} {now_sha256[:12]}", "seen": f"{seen} {seen_sha256[:12]}"}
    )


def why_not_meet(
    meeting: str, *, kind: str, is_of_group: bool, group: str, in_session: bool, starts_on: date, ends_on: date
) -> Refusal | None:
    """None when a meeting of those facts may decide on texts of the group now. Source: A.8 3.1, M-6."""
    if kind not in DECIDING_KINDS:
        return Refusal(NOT_A_PLENARY, {"meeting": meeting}, field="meeting")
    if not is_of_group:
        return Refusal(OTHER_GROUP, {"meeting": meeting, "group": group}, field="meeting")
    if not in_session:
        days = {"starts_on": starts_on, "ends_on": ends_on}
        return Refusal(NOT_IN_SESSION, {"meeting": meeting, **days}, field="meeting")
    return None


def why_not_hold(hours: int, reason: str) -> Refusal | None:
    if not 1 <= hours <= MOST_HOLD_HOURS:
        return Refusal(HOLD_HOURS, {"most": MOST_HOLD_HOURS}, field="hours")
    return None if reason else Refusal(HOLD_REASON, field="reason")


def due_at(closes_at: datetime, hours: int, held_until: datetime | None) -> datetime:
    """From when on the clock may close: when the last second is wholly over, after the grace of the setting, and after a
    hold. The date never moves."""
    grace = closes_at + max(ONE_SECOND, timedelta(hours=hours))
    return max(grace, held_until) if held_until is not None else grace


def unmet_of(step: str, refusals: Sequence[Refusal]) -> Refusal | None:
    """All that stands against a step as one refusal: the sentences, and the rules by id."""
    if not refusals:
        return None
    reasons = " ".join(word(each.rule.says, each.facts) for each in refusals)
    return Refusal(UNMET, {"step": step, "reasons": reasons, "unmet": [each.rule.id for each in refusals]})


# Positions at the meeting that decides

STATE: Final = "member-state"
MEMBERS: Final = (STATE, "sector-member")
POSITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "approve": (STATE,),
    "oppose": (STATE,),
    "abstain": (STATE,),
    "more-time": (STATE,),
    "concern": MEMBERS,
    "reservation": (STATE,),
    "policy-doubt": (STATE,),
}
"""Position -> categories that may take it. Source: A.8 5.2 to 5.7, Resolution 1 9.5.3 to 9.5.6."""
NOTED: Final = ("concern", "reservation")
"""What is appended to the text in a concise note. Source: A.8 5.5, Resolution 1 9.5.4."""


def why_not_position(position: str, entity: str, category: str, reason: str) -> Refusal | None:
    right = POSITIONS[position]
    if category not in right:
        facts = {"position": position, "right": ", ".join(right), "entity": entity, "category": category or "no member"}
        return Refusal(WHO_TAKES, facts, field="position")
    if position in ("oppose", *NOTED, "policy-doubt") and not reason:
        return Refusal(POSITION_REASON, {"position": position}, field="reason")
    return None


# The number and the edition

VERSIONS: Final[Mapping[str, str]] = {"amendment": "Amd.", "corrigendum": "Cor."}


def edition_of(identifier: str, approved_on: date) -> str:
    """The full name of what is approved: `ITU-T Y.3199` and a day of August 2026 give `ITU-T Y.3199 (08/2026)`."""
    return f"{identifier} ({approved_on:%m/%Y})"


def change_of(base: str, version: str, part: str) -> str:
    """`ITU-T G.9804.1 (11/2019)`, `amendment`, `4` -> `ITU-T G.9804.1 (2019) Amd. 4`: its name but for the month."""
    head, _, printed = base.rpartition(" (")
    return f"{head} ({printed.rstrip(')')[-4:]}) {VERSIONS[version]} {part}"


def line_of(facts: Mapping[str, Any]) -> str:
    """`text: Y.slice, bound to TD45R2` of facts, for lists of what will change."""
    return ", ".join(f"{name}: {value}" for name, value in facts.items() if value)


def outstanding(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes))


NO_ROW = rule(
    "approval.no-row-of-the-clock", "{process} is in {state}, and no row of its table says what time does there."
)
UNKNOWN_ENTITY = rule("approval.unknown-entity", "No entity here is called “{name}”.")
NOT_FOR_OTHERS = rule(
    "approval.position-of-others", "What {entity} says is entered by its people, the chair or the secretariat.", "A.8 5"
)
TAKES_NO_TEXT = rule("approval.takes-no-text", "{process} takes no text in while it is {state}.", "A.8 3.2, 4.4.3")
