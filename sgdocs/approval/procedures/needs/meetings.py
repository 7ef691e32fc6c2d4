"""What is wanted of the work item, and of the meeting at which a step is a decision. Pure. Source: domain 5, 6.1."""

from datetime import timedelta
from typing import Final

from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.periods import announcing_day_of, months_after
from sgdocs.approval.procedures.needs.making import Values, Wants, need, unless
from sgdocs.approval.rulings import number, numbers, text

A8, R1 = "Rec. ITU-T A.8 (10/2008)", "WTSA Resolution 1"
CHOSEN: Final = {"regional-tap": ("tap", "regional-tap")}


def process_is(id: str) -> Wants:
    """The work item has this procedure; one need for each, made once."""
    return _PROCESS_IS[id]


def _process_is(id: str) -> Wants:
    return need(
        f"process-is-{id}",
        "This is the process chosen for the work item",
        "The process chosen for the work item is “{selected}”; this step belongs to “{right}”.",
        "WTSA Resolution 1 section 8; domain 6.1",
        lambda f: unless(f.selected in CHOSEN.get(id, (id,)), selected=f.selected or "none", right=id),
        mend="item",
    )


_PROCESS_IS: Final = {id: _process_is(id) for id in ("aap", "tap", "regional-tap", "agreement", "adoption")}

item_under_study: Final = need(
    "item-under-study",
    "The work item is under study",
    "The work item is {status}; this is for items under study.",
    "domain 3.3",
    lambda f: unless(f.item_status in ("", "under-study"), status=f.item_status),
    mend="item",
)
item_adopted: Final = need(
    "item-adopted",
    "The text is adopted",
    "The text is not adopted; the work item is {status}.",
    "Resolution ITU-R 1-9 A2.6.2.3 (uncertain)",
    lambda f: unless(f.item_status == "adopted", status=f.item_status or "not known"),
    mend="item",
)
has_question: Final = need(
    "has-question",
    "It belongs to a Question of the group",
    "The work item belongs to no Question of the group.",
    f"{A8} 3.4; {R1} 9.3.1",
    lambda f: unless(f.has_question),
    mend="item",
)
has_region: Final = need(
    "has-region",
    "The region is known",
    "The Member States of the region are not named.",
    "domain 6.3 (regional groups of SG3)",
    lambda f: unless(bool(f.region)),
    mend="item",
)
in_session: Final = need(
    "in-session",
    "A meeting that is in session decides",
    "This is a decision of a meeting in session; {meeting} is not.",
    "domain M-6; Rec. ITU-T A.8 3.1",
    lambda f: unless(f.meeting.is_in_session, meeting=f.meeting.code or "between meetings there is none, so it"),
    mend="meeting",
)
lists_text: Final = need(
    "lists-text",
    "The meeting has the text on its agenda",
    "{meeting} does not have the text on its agenda.",
    "domain M-6",
    lambda f: unless(f.meeting.lists_text, meeting=f.meeting.code or "No meeting"),
    mend="agenda",
)
study_group: Final = need(
    "study-group",
    "The study group itself decides",
    "{meeting} is not a meeting of the study group itself.",
    f"{A8} 5.3; {R1} 9.5.3; domain 6.4",
    lambda f: unless(f.meeting.is_study_group, meeting=f.meeting.code or "This"),
    mend="meeting",
)
at_deciding: Final = need(
    "at-deciding",
    "It is the meeting that was announced",
    "The decision was announced for {announced}; this is {meeting}.",
    f"{A8} 4.6; {R1} 9.4.2",
    lambda f: unless(
        bool(f.deciding.code) and f.deciding.code == f.meeting.code,
        announced=f.deciding.code or "no meeting",
        meeting=f.meeting.code or "no meeting",
    ),
    mend="meeting",
)
at_assembly: Final = need(
    "at-assembly",
    "The assembly decides",
    "{meeting} is no assembly.",
    f"{R1} 9.2.2; General Rules",
    lambda f: unless(f.meeting.kind == "assembly", meeting=f.meeting.code or "This"),
    mend="meeting",
)
deciding_chosen: Final = need(
    "deciding-chosen",
    "The deciding meeting is chosen and lies ahead",
    "Choose the meeting that is to decide{meeting}.",
    f"{A8} 4.6; {R1} 9.4.2",
    lambda f: unless(
        f.deciding.is_held and f.deciding.starts_on is not None and f.deciding.starts_on > f.today,
        meeting=f": {f.deciding.code} is past or cancelled" if f.deciding.code else "",
    ),
    mend="meeting",
)


def _notice(facts: ProcessFacts) -> Values | None:
    days = number(facts.rules, "aap_sg_notice_days", facts.today)
    return _by(facts, (facts.deciding.starts_on or facts.today) - timedelta(days=days))


def _months(facts: ProcessFacts) -> Values | None:
    months = number(facts.rules, "tap_notice_months", facts.today)
    return _by(facts, months_after(facts.deciding.starts_on or facts.today, -months))


def _by(facts: ProcessFacts, latest_on: object) -> Values | None:
    return unless(
        str(facts.today) <= str(latest_on),
        meeting=facts.deciding.code or "The meeting",
        starts_on=facts.deciding.starts_on or facts.today,
        latest_on=latest_on,
    )


SAYS_SHORT = "{meeting} opens on {starts_on}; this had to be announced by {latest_on}."
decision_notice: Final = need(
    "decision-notice",
    "The deciding meeting is three weeks ahead",
    SAYS_SHORT,
    f"{A8} 4.6",
    _notice,
    mend="meeting",
    settings=("aap_sg_notice_days",),
)
consultation_notice: Final = need(
    "consultation-notice",
    "The deciding meeting is three months ahead",
    SAYS_SHORT,
    f"{R1} 9.3.3, 9.4.2",
    _months,
    mend="meeting",
    settings=("tap_notice_months",),
)


def _before_assembly(facts: ProcessFacts) -> Values | None:
    months = number(facts.rules, "assembly_notice_months", facts.today)
    latest_on = months_after(facts.meeting.starts_on or facts.today, -months)
    is_early = facts.began_on is None or facts.began_on <= latest_on
    return unless(is_early, meeting=facts.meeting.code, began_on=facts.began_on, latest_on=latest_on)


assembly_notice: Final = need(
    "assembly-notice",
    "The text stood in a report in time",
    "The text was sent to the assembly on {began_on}; for {meeting} it had to be sent by {latest_on}.",
    f"{R1} 9.2.2 (uncertain)",
    _before_assembly,
    mend="meeting",
    settings=("assembly_notice_months",),
)


def _intention(facts: ProcessFacts) -> Values | None:
    if facts.meeting.starts_on is None:
        return None
    latest_on = months_after(facts.meeting.starts_on, -number(facts.rules, "r_adopt_notice_months", facts.today))
    told_on = facts.meeting.announced_on
    return unless(told_on is not None and told_on <= latest_on, told_on=told_on or "never", latest_on=latest_on)


intention_told: Final = need(
    "intention-told",
    "The letter that convenes the meeting named the text",
    "The intention to adopt was told on {told_on}; the letter that convenes the meeting tells it by {latest_on}.",
    "Resolution ITU-R 1-9 A2.6.2.2.2 (uncertain; a warning, not a bar)",
    _intention,
    mend="meeting",
    settings=("r_adopt_notice_months",),
)


def _announcing(facts: ProcessFacts) -> Values | None:
    days = numbers(facts.rules, "aap_days", facts.today)
    shift = text(facts.rules, "aap_shift", facts.today)
    next_on = announcing_day_of(facts.today, days, shift, facts.holidays)
    return unless(next_on == facts.today, today=facts.today, next_on=next_on)


announcing_day: Final = need(
    "announcing-day",
    "It is a day of announcements",
    "Announcements are not made on {today}; the next day is {next_on}.",
    f"{A8} 4.1",
    _announcing,
    mend="clock",
    settings=("aap_days", "aap_shift"),
)
