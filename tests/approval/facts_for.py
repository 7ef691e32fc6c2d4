"""Facts under which a need holds, and facts under which it does not; and facts for a whole step."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sgdocs.approval import rulings
from sgdocs.approval.facts import CommentFacts, MeetingFacts, ProcessFacts, ReplyFacts, TextFacts
from sgdocs.approval.procedures.build import Row

TODAY = date(2026, 9, 16)
SITS = MeetingFacts(
    code="T25-SG13-260914",
    kind="study-group",
    starts_on=date(2026, 9, 14),
    ends_on=date(2026, 9, 25),
    is_in_session=True,
    lists_text=True,
    group="T/SG13",
)
AHEAD = replace(
    SITS, code="T25-SG13-270301", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 12), is_in_session=False
)
GOOD = ProcessFacts(
    today=TODAY,
    now=datetime(2026, 9, 16, 10, tzinfo=UTC),
    rules=rulings.snapshot(TODAY),
    item_status="under-study",
    selected="aap",
    text=TextFacts(
        label="SG13-TD45R2",
        posted_on=date(2026, 8, 1),
        sha256="a" * 64,
        announced_sha256="a" * 64,
        languages=("en",),
        has_summary=True,
        has_editor=True,
        ipr_minuted=True,
    ),
    meeting=SITS,
    deciding=AHEAD,
    window_opens_on=date(2026, 8, 16),
    window_closes_on=date(2026, 9, 12),
)
Changes = Mapping[str, Any]


def facts(base: ProcessFacts = GOOD, **changes: Any) -> ProcessFacts:
    """`text__sha256="b"` changes a part; `item_status=""` the whole."""
    for name, value in changes.items():
        part, _, field = name.partition("__")
        base = replace(base, **{part: replace(getattr(base, part), **{field: value}) if field else value})
    return base


def _rule(**values: str) -> dict[str, str]:
    return {**GOOD.rules, **values}


STATES_OPPOSE = ("CHN", "FRA")
CASES: Mapping[str, tuple[Changes, Changes]] = {
    "process-is-aap": ({"selected": "aap"}, {"selected": "tap"}),
    "process-is-tap": ({"selected": "tap"}, {"selected": ""}),
    "process-is-regional-tap": ({"selected": "tap"}, {"selected": "aap"}),
    "process-is-agreement": ({"selected": "agreement"}, {"selected": "aap"}),
    "process-is-adoption": ({"selected": "adoption"}, {"selected": "aap"}),
    "item-under-study": ({"item_status": "under-study"}, {"item_status": "consented"}),
    "item-adopted": ({"item_status": "adopted"}, {"item_status": "under-study"}),
    "has-question": ({}, {"has_question": False}),
    "has-region": ({"region": ("KEN", "TZA")}, {"region": ()}),
    "in-session": ({}, {"meeting__is_in_session": False}),
    "lists-text": ({}, {"meeting__lists_text": False}),
    "study-group": ({}, {"meeting__is_study_group": False}),
    "at-deciding": ({"deciding": SITS}, {"deciding": AHEAD}),
    "at-assembly": ({"meeting__kind": "assembly"}, {"meeting__kind": "study-group"}),
    "deciding-chosen": ({"deciding": AHEAD}, {"deciding__is_held": False}),
    "decision-notice": ({"deciding": AHEAD}, {"deciding__starts_on": date(2026, 10, 6)}),
    "consultation-notice": ({"deciding": AHEAD}, {"deciding__starts_on": date(2026, 12, 15)}),
    "assembly-notice": (
        {"began_on": date(2026, 7, 1), "meeting__starts_on": date(2026, 9, 14)},
        {"began_on": date(2026, 8, 15), "meeting__starts_on": date(2026, 9, 14)},
    ),
    "intention-told": (
        {"meeting__announced_on": date(2026, 7, 14)},
        {"meeting__announced_on": date(2026, 7, 15)},
    ),
    "announcing-day": ({"today": date(2026, 9, 16)}, {"today": date(2026, 9, 17)}),
    "text-posted": ({}, {"text__sha256": ""}),
    "text-unchanged": ({"text__announced_sha256": "a" * 64}, {"text__announced_sha256": "b" * 64}),
    "text-revised": (
        {"comments__accepted": 2, "text__announced_sha256": "c" * 64},
        {"comments__accepted": 2, "text__announced_sha256": "a" * 64},
    ),
    "text-in-time": ({"text__posted_on": date(2026, 9, 7)}, {"text__posted_on": date(2026, 9, 8)}),
    "text-weeks": ({"text__posted_on": date(2026, 8, 17)}, {"text__posted_on": date(2026, 8, 18)}),
    "text-in-languages": (
        {"deciding__starts_on": date(2026, 9, 30), "text__distributed_on": date(2026, 8, 30)},
        {"deciding__starts_on": date(2026, 9, 30), "text__distributed_on": date(2026, 8, 31)},
    ),
    "has-summary": ({}, {"text__has_summary": False}),
    "has-editor": ({}, {"text__has_editor": False}),
    "references-read": ({}, {"text__is_read": False}),
    "references-justified": ({}, {"text__unjustified": ("IETF RFC 9000",)}),
    "references-current": ({}, {"text__stale": ("ITU-T Y.3172: superseded",)}),
    "ipr-minuted": ({}, {"text__ipr_minuted": False}),
    "not-normative": ({"kind": "supplement"}, {"kind": "recommendation"}),
    "guide": ({"kind": "implementers-guide"}, {"kind": "supplement"}),
    "no-guide": ({"kind": "handbook"}, {"kind": "implementers-guide"}),
    "delegable": ({"kind": "handbook"}, {"kind": "supplement"}),
    "text-in-force": ({"standing": "in-force"}, {"standing": "superseded"}),
    "not-incorporated": ({"is_incorporated": False}, {"is_incorporated": True}),
    "stable": (
        {"is_new": False, "last_changed_on": date(2024, 9, 16)},
        {"is_new": False, "last_changed_on": date(2024, 9, 17)},
    ),
    "window-over": ({"window_closes_on": date(2026, 9, 15)}, {"window_closes_on": date(2026, 9, 16)}),
    "not-held": ({}, {"is_held": True}),
    "no-comment": ({}, {"comments": CommentFacts(typographical=1)}),
    "only-typographical": ({"comments": CommentFacts(typographical=2)}, {"comments": CommentFacts()}),
    "has-substantive": ({"comments": CommentFacts(substantive=1)}, {"comments": CommentFacts(typographical=1)}),
    "comments-disposed": ({}, {"comments": CommentFacts(substantive=2, without_disposition=1)}),
    "no-open-comment": ({}, {"comments": CommentFacts(open_substantive=(3, 7))}),
    "unopposed": ({}, {"replies__oppose": ("FRA",)}),
    "opposed": ({"replies__oppose": ("FRA",)}, {"replies__oppose": ()}),
    "few-oppose": ({"replies__oppose": ("FRA",)}, {"replies__oppose": STATES_OPPOSE}),
    "many-oppose": ({"replies__oppose": STATES_OPPOSE}, {"replies__oppose": ("FRA",)}),
    "time-asked": ({"replies__more_time": ("FRA",)}, {"replies__more_time": ()}),
    "nobody-waits": ({}, {"replies__more_time": ("FRA",)}),
    "doubted": ({"replies__policy_doubt": ("FRA",)}, {"replies__policy_doubt": ()}),
    "nobody-doubts": ({}, {"replies__policy_doubt": ("FRA",)}),
    "by-aap": ({"approved_under": "aap"}, {"approved_under": ""}),
    "by-tap": ({"approved_under": "tap"}, {"approved_under": "aap"}),
    "tap-supported": (
        {"replies": ReplyFacts(approve=tuple("1234567"), oppose=tuple("890"))},
        {"replies__oppose": ("FRA",)},
    ),
    "tap-unsupported": (
        {"replies": ReplyFacts(approve=tuple("123456"), oppose=tuple("7890"))},
        {"replies": ReplyFacts()},
    ),
    "radio-supported": ({"replies": ReplyFacts()}, {"replies": ReplyFacts(approve=("1", "2"), oppose=("3",))}),
    "radio-unsupported": ({"replies__oppose": ("FRA",)}, {"replies__approve": ("FRA",)}),
}
"""Need -> what makes it hold, what makes it fail, from GOOD."""
ORDER = ("deciding-chosen", "decision-notice", "consultation-notice", "at-deciding", "at-assembly")
"""These set whole meetings, so they come before what changes a part of one."""


def for_step(step: Row) -> ProcessFacts:
    """Facts under which every need of the step holds."""
    wanted = sorted((need.id for need in step.needs), key=lambda id: (id not in ORDER, id == "window-over"))
    given = GOOD
    for id in wanted:
        given = facts(given, **CASES[id][0])
    return given
