"""The values that the texts give to every dated setting, and since when. Pure. Source: domain 6, 11 (U1 to U17)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

Dated = tuple[date, str, str]

A8 = "Rec. ITU-T A.8 (10/2008)"
R1 = "WTSA Resolution 1 (Rev. Hammamet, 2016)"
RR1 = "Resolution ITU-R 1-9 (uncertain)"
WE = "uncertain; custom of this house"
SINCE_A8 = date(2001, 1, 1)
SINCE_R1 = date(1993, 3, 12)
SINCE_RR1 = date(1993, 11, 1)


@dataclass(frozen=True)
class Ruling:
    """unit: `days`, `months`, `period` (`12 calendar-days`), `percent`, `count`, `yes-no`, `days-of-month`, `hours`,
    `years`, `words` (of choices, with commas), `choice`, `zone`, `time`. values: (from, value, source), oldest first."""

    name: str
    title: str
    unit: str
    values: tuple[Dated, ...]
    procedures: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_uncertain: bool = False


def _ruling(
    name: str,
    title: str,
    unit: str,
    value: str,
    source: str,
    *procedures: str,
    since: date = SINCE_A8,
    later: tuple[Dated, ...] = (),
    choices: tuple[str, ...] = (),
) -> Ruling:
    values = ((since, value, source), *later)
    is_uncertain = any("uncertain" in each[2] for each in values)
    return Ruling(name, title, unit, values, procedures, choices, is_uncertain)


CATEGORIES = ("member-state", "sector-member", "associate", "academia")

AAP: Final = (
    _ruling(
        "aap_days", "Days of the month on which AAP announcements are made", "days-of-month", "1,16", f"{A8} 4.1", "aap"
    ),
    _ruling(
        "aap_shift",
        "What is done when an announcement falls on a weekend",
        "choice",
        "none",
        "domain U17: no shift observed 2009 to 2026",
        "aap",
        choices=("none", "next-working-day"),
    ),
    _ruling(
        "aap_last_call_days", "Length of a last call, first and last day counted", "days", "28", f"{A8} 4.1", "aap"
    ),
    _ruling(
        "aap_review_days",
        "Length of an additional review, first and last day counted",
        "days",
        "21",
        f"{A8} 4.5",
        "aap",
    ),
    _ruling(
        "aap_text_due_days",
        "The edited text is due so many days after the meeting",
        "days",
        "28",
        f"{A8} 3.2 ({WE})",
        "aap",
    ),
    _ruling(
        "aap_cutoff_days",
        "A request comes so many days before the announcement that carries it",
        "days",
        "3",
        f"domain AAP-3 ({WE})",
        "aap",
    ),
    _ruling(
        "aap_resolution_due_days",
        "Comments of a last call are resolved within so many days",
        "days",
        "28",
        "Rec. ITU-T A.8 (01/2024) (value uncertain)",
        "aap",
    ),
    _ruling(
        "aap_sg_notice_days",
        "A decision of the study group is announced so many days before its meeting",
        "days",
        "21",
        f"{A8} 4.6",
        "aap",
    ),
    _ruling(
        "aap_opposing_states",
        "Member States present that may oppose without preventing approval",
        "count",
        "1",
        f"{A8} 5.4",
        "aap",
        "deletion",
    ),
    _ruling(
        "aap_more_time_days",
        "Time for opposition after the meeting, from its last day",
        "days",
        "28",
        f"{A8} 5.6",
        "aap",
    ),
    _ruling(
        "aap_result_days",
        "The result is published within so many days of the meeting",
        "days",
        "14",
        f"{A8} 6.2",
        "aap",
    ),
    _ruling(
        "aap_comment_categories",
        "Members that may comment in last call and additional review",
        "words",
        ",".join(CATEGORIES),
        f"{A8} 4.4 (Academia and Associates uncertain, U5)",
        "aap",
        choices=CATEGORIES,
    ),
    _ruling(
        "hold_hours",
        "An approval by silence waits so many hours for the secretariat",
        "hours",
        "0",
        "custom of this house; 24 is offered; the date of approval never moves",
        "aap",
    ),
    _ruling(
        "sg_decision_date",
        "Day an approval at a meeting is dated",
        "choice",
        "plenary-day",
        "domain U4 (uncertain)",
        "aap",
        "tap",
        choices=("plenary-day", "last-day"),
    ),
    _ruling(
        "pending_date",
        "Day an approval after a time for opposition is dated",
        "choice",
        "expiry",
        "domain U4 (uncertain)",
        "aap",
        "tap",
        choices=("expiry", "day-after"),
    ),
    _ruling(
        "consent_text_days",
        "A text for consent or determination was first posted so many days before the meeting",
        "days",
        "7",
        "Rec. ITU-T A.1 (09/2019) clause 3 (T-C5; uncertain for such texts)",
        "aap",
        "tap",
        "regional-tap",
    ),
    _ruling(
        "stability_years",
        "The same portion is not changed again within so many years",
        "years",
        "2",
        f"{A8} 3.7",
        "aap",
        "tap",
    ),
)
TAP: Final = (
    _ruling(
        "tap_notice_months",
        "The announcement comes so many months before the deciding meeting",
        "months",
        "3",
        f"{R1} 9.3.3, 9.4.2",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
    _ruling(
        "tap_reply_cutoff",
        "Replies of Member States close so long before the deciding meeting",
        "period",
        "7 working-days",
        f"{R1} 9.4.1",
        "tap",
        "regional-tap",
        since=SINCE_R1,
        later=((date(2022, 3, 1), "12 calendar-days", "WTSA Resolution 1 (Rev. Geneva, 2022) (uncertain, U1)"),),
    ),
    _ruling(
        "tap_share_percent",
        "Share of replies in time that must support",
        "percent",
        "70",
        f"{R1} 9.4.5",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
    _ruling(
        "tap_abstain_counts",
        "Abstentions count in the share",
        "yes-no",
        "false",
        "domain U10 (uncertain)",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
    _ruling(
        "tap_text_months",
        "The text is distributed so many months before the meeting",
        "months",
        "1",
        f"{R1} 9.3.5",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
    _ruling(
        "tap_languages",
        "Languages in which the text is distributed before the meeting",
        "words",
        "en",
        f"{R1} 9.3.5 (all official ones; which are kept here is uncertain)",
        "tap",
        "regional-tap",
        since=SINCE_R1,
        choices=("ar", "en", "es", "fr", "ru", "zh"),
    ),
    _ruling(
        "tap_more_time_days",
        "Time for opposition after the meeting, from its last day",
        "days",
        "28",
        f"{R1} 9.5.5",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
    _ruling(
        "tap_result_days",
        "The result is published within so many days of the meeting",
        "days",
        "28",
        f"{R1} 9.6.1",
        "tap",
        "regional-tap",
        since=SINCE_R1,
    ),
)
OTHERS: Final = (
    _ruling(
        "deletion_objection_months",
        "Time for objections to a deletion",
        "months",
        "3",
        f"{R1} 9.8.2; {A8} 8.2.1",
        "deletion",
        since=SINCE_R1,
    ),
    _ruling(
        "deletion_date",
        "Day a deletion without objection is dated",
        "choice",
        "day-after",
        f"domain 6.5 ({WE})",
        "deletion",
        choices=("expiry", "day-after"),
    ),
    _ruling(
        "agreement_delegable",
        "Kinds of text that a working party may agree when the study group has delegated it",
        "words",
        "technical-report,technical-paper,implementers-guide,handbook,other",
        f"{R1} 1bis; {A8} 7.1",
        "agreement",
        choices=("technical-report", "technical-paper", "implementers-guide", "handbook", "supplement", "other"),
    ),
    _ruling(
        "assembly_notice_months",
        "A text for the assembly stands in a report so many months before",
        "months",
        "1",
        f"{R1} 9.2.2 (uncertain)",
        "assembly",
        "radio-assembly",
        since=SINCE_R1,
    ),
)
RADIO: Final = (
    _ruling(
        "r_adopt_notice_months",
        "The letter that convenes the meeting names the texts so many months before",
        "months",
        "2",
        RR1,
        "adoption",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_text_days",
        "The text is available so many days before the adopting meeting",
        "days",
        "28",
        f"{RR1} A2.6.2.2.2",
        "adoption",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_correspondence_months",
        "Time for objections to an adoption by correspondence",
        "months",
        "2",
        f"{RR1} A2.6.2.2.3",
        "adoption",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_psaa_months",
        "Time for objections in simultaneous adoption and approval",
        "months",
        "2",
        f"{RR1} A2.6.2.4",
        "psaa",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_psaa_excludes_ibr",
        "Texts incorporated by reference are not for simultaneous adoption and approval",
        "yes-no",
        "true",
        f"{RR1} A2.6.2.4",
        "psaa",
        "adoption",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_request_months",
        "The consultation begins within so many months of the adoption",
        "months",
        "1",
        f"{RR1} A2.6.2.3",
        "consultation",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_consultation_months",
        "Length of a consultation on approval",
        "months",
        "3",
        "Resolution ITU-R 1-5 and before (uncertain)",
        "consultation",
        since=SINCE_RR1,
        later=((date(2012, 2, 17), "2", f"{RR1} A2.6.2.3"),),
    ),
    _ruling(
        "r_share_percent",
        "Share of replying Member States that must approve",
        "percent",
        "70",
        f"{RR1} A2.6.2.3",
        "consultation",
        "suppression",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_no_reply_clears",
        "No reply at all counts as approval",
        "yes-no",
        "true",
        f"{RR1} A2.6.2.3",
        "consultation",
        "suppression",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_abstain_counts",
        "Abstentions count in the share",
        "yes-no",
        "false",
        RR1,
        "consultation",
        "suppression",
        since=SINCE_RR1,
    ),
    _ruling(
        "r_suppression_months",
        "Time for objections to a suppression",
        "months",
        "2",
        f"{RR1} A2.6.3",
        "suppression",
        since=SINCE_RR1,
    ),
)
CLOCK: Final = (
    _ruling(
        "window_zone",
        "Time zone in which windows open and close",
        "zone",
        "Europe/Zurich",
        "domain C0.2",
        since=SINCE_RR1,
    ),
    _ruling(
        "window_cutoff",
        "Time of the last day at which windows close",
        "time",
        "23:59:59",
        "domain C0.2 (uncertain: some circulars use UTC)",
        since=SINCE_RR1,
    ),
)
TABLE: Final = (*AAP, *TAP, *OTHERS, *RADIO, *CLOCK)
"""In the order of the page."""
