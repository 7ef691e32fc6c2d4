"""The rules as tables: status, process, names, completeness, target dates, staleness."""

from datetime import date

import pytest

from sgdocs.base.errors import Refusal
from sgdocs.work_programme import completeness, rules, timing
from sgdocs.work_programme.completeness import Proposal
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.rules import ACTIVE, ENDED, TRANSITIONS, ItemStatus, Transition
from sgdocs.work_programme.staleness import Held, Stale, staleness

S = ItemStatus


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.before}-{row.event}")
def test_each_row_is_found_and_says_its_clause(row: Transition) -> None:
    process = row.processes[0] if row.processes else ""

    if row.before is not None:
        found = rules.transition(row.before, row.after, process, name="Y.slice")
        assert isinstance(found, Transition)
        assert found.event == row.event
    assert row.clause


def test_every_status_is_reached_and_has_a_way_out_unless_it_is_final() -> None:
    assert {row.after for row in TRANSITIONS} == set(ItemStatus)
    assert {row.before for row in TRANSITIONS} - {None} == set(ACTIVE)
    assert set(ACTIVE) | set(ENDED) == set(ItemStatus)


def test_names_stand_in_natural_order_whatever_they_are_like() -> None:
    names = ["TR.hollow", "G.9804", "g.672 rev", "Y.slice", "É.cole", "G.mgfast", "G.9804 Amd.10", "G.9804 Amd.9"]

    assert sorted(names, key=rules.name_order) == [
        "É.cole", "g.672 rev", "G.9804", "G.9804 Amd.9", "G.9804 Amd.10", "G.mgfast", "TR.hollow", "Y.slice",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "process", "refused"),
    [
        (S.PENDING, S.CONSENTED, "aap", rules.TRANSITION),
        (S.UNDER_STUDY, S.CONSENTED, "tap", rules.PROCESS_NEEDED),
        (S.UNDER_STUDY, S.DETERMINED, "aap", rules.PROCESS_NEEDED),
        (S.UNDER_STUDY, S.AGREED, "", rules.PROCESS_NEEDED),
        (S.UNDER_STUDY, S.APPROVED, "aap", rules.PROCESS_NEEDED),
        (S.CONSENTED, S.DELETED, "aap", rules.TRANSITION),
        (S.APPROVED, S.UNDER_STUDY, "aap", rules.TRANSITION),
        (S.DELETED, S.UNDER_STUDY, "aap", rules.TRANSITION),
        (S.MERGED, S.MERGED, "", rules.TRANSITION),
        ("", S.UNDER_STUDY, "", rules.TRANSITION),
    ],
)
def test_what_no_row_says_is_refused(before: str, after: str, process: str, refused: rules.Refusal) -> None:
    found = rules.transition(before, after, process, name="Y.slice")

    assert isinstance(found, Refusal)
    assert found.rule is refused


@pytest.mark.parametrize(
    ("sector", "kind", "process", "is_right"),
    [
        ("T", "recommendation", "aap", True),
        ("T", "recommendation", "tap", True),
        ("T", "recommendation", "agreement", False),
        ("T", "recommendation", "", False),
        ("T", "supplement", "agreement", True),
        ("T", "technical-report", "aap", False),
        ("R", "recommendation", "adoption", True),
        ("R", "recommendation", "aap", False),
        ("R", "report", "agreement", True),
    ],
)
def test_process_fits_the_kind_of_text(sector: str, kind: str, process: str, is_right: bool) -> None:
    assert (rules.why_not_process(sector, kind, process) is None) is is_right


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Y.slice", "y.slice"),
        ("Y.SLICE ", "y.slice"),
        ("X.oob-pacs", "x.oobpacs"),
        ("X.sec_QKDN_profr", "x.secqkdnprofr"),
        ("X.509Amd.2", "x.509amd.2"),
        ("X.509 Amd.2", "x.509amd.2"),
        ("M.[IMT.TAG]", "m.imt.tag"),
        ("G.709.2", "g.709.2"),
    ],
)
def test_names_compare_without_case_and_marks_but_with_points(name: str, key: str) -> None:
    assert rules.name_key(name) == key


@pytest.mark.parametrize("name", ["", "4711", "4711-Y.slice", "…", "Y/slice", "a" * 81, "<b>", "Y.slice?x", "12 34"])
def test_name_that_no_address_bears_is_refused(name: str) -> None:
    refused = rules.why_not_name(name)

    assert refused is not None
    assert (refused.rule, refused.field) == (rules.NAME, "acronym")


@pytest.mark.parametrize(
    "name", ["Y.slice", "G.709", "X.1250rev", "X.510 Amd.1", "M.[IMT.TAG]", "XSTR.ac-pqc", "Z.çédille"]
)
def test_name_as_groups_give_them_is_taken(name: str) -> None:
    assert rules.why_not_name(name) is None


FULL = Proposal(
    question="Q2/13",
    acronym="Y.slice",
    title="Slices",
    timing="2027",
    editors=("E",),
    process="aap",
    scope="s",
    summary="s",
    relations="r",
    base="C1",
    supporters=(("A", "FR"), ("B", "FR"), ("C", "DE"), ("D", "")),
)


@pytest.mark.parametrize(
    "field",
    ["question", "acronym", "title", "timing", "editors", "process", "scope", "summary", "relations", "supporters"],
)
def test_form_of_annex_a_lacks_nothing(field: str) -> None:
    lacking = Proposal(**{**vars(FULL), field: () if field in ("editors", "supporters") else ""})

    refused = completeness.why_not_propose(lacking)

    assert completeness.why_not_propose(FULL) is None
    assert refused is not None
    assert (refused.facts["missing"], refused.field) == (field, field)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"version": "revision"}, "process"),
        ({"version": "amendment", "process": "tap"}, None),
        ({"kind": "supplement", "timing": "2027", "editors": ("E",), "scope": "s", "relations": "r"}, "supporters"),
        ({"sector": "R"}, None),
        ({}, "timing, editors, process, scope, summary, relations, supporters"),
    ],
    ids=["revision", "amendment", "A.13", "ITU-R", "A.1"],
)
def test_what_the_form_asks_depends_on_the_work(facts: dict[str, object], missing: str | None) -> None:
    refused = completeness.why_not_propose(Proposal(question="Q2/13", acronym="Y.a", title="A", **facts))  # type: ignore[arg-type]

    assert (refused.facts["missing"] if refused else None) == missing


@pytest.mark.parametrize(
    ("supporters", "practice", "told"),
    [
        (4, Practice(), []),
        (3, Practice(), [completeness.FEW]),
        (0, Practice(wi_min_supporters=0), []),
        (4, Practice(wi_min_countries=2), []),
        (4, Practice(wi_min_countries=3), [completeness.FEW_COUNTRIES]),
    ],
)
def test_too_few_supporters_are_a_warning(supporters: int, practice: Practice, told: list[object]) -> None:
    some = Proposal(**{**vars(FULL), "supporters": FULL.supporters[:supporters]})

    assert [each.rule for each in completeness.warnings_of(some, practice)] == told


@pytest.mark.parametrize(
    ("text", "words", "last_on", "priority"),
    [
        ("2026", "2026", date(2026, 12, 31), ""),
        ("2026-Q1", "2026-Q1", date(2026, 3, 31), ""),
        ("Q2/2026", "2026-Q2", date(2026, 6, 30), ""),
        ("2026-02", "2026-02", date(2026, 2, 28), ""),
        ("2028-02", "2028-02", date(2028, 2, 29), ""),
        ("05/2026", "2026-05", date(2026, 5, 31), ""),
        ("2026-05-21", "2026-05-21", date(2026, 5, 21), ""),
        ("2024 (Medium priority)", "2024", date(2024, 12, 31), "medium"),
        ("", "", None, ""),
    ],
)
def test_target_date_is_read_as_people_write_it(text: str, words: str, last_on: date | None, priority: str) -> None:
    assert timing.read(text) == timing.Timing(words, last_on, timing.Priority(priority))


@pytest.mark.parametrize("text", ["soon", "2026-13", "2026-Q5", "2026-02-30", "26", "2026-", "2026--05", "²⁰²⁶"])
def test_what_is_no_target_date_is_none(text: str) -> None:
    assert timing.read(text) is None


HELD = [
    Held(3, "T25-SG13-260302", date(2026, 3, 2), date(2026, 3, 13)),
    Held(2, "T25-SG13-250707", date(2025, 7, 7), date(2025, 7, 18)),
    Held(1, "T25-SG13-250303", date(2025, 3, 3), date(2025, 3, 14)),
]
BOTH = ("T25-SG13-260302", "T25-SG13-250707")


@pytest.mark.parametrize(
    ("registered_on", "held", "came", "told"),
    [
        (date(2025, 3, 10), HELD, [], Stale(BOTH, date(2025, 3, 14))),
        (date(2025, 3, 10), HELD, [(1, date(2025, 3, 1))], Stale(BOTH, date(2025, 3, 14))),
        (date(2025, 3, 10), HELD, [(None, date(2025, 3, 13))], Stale(BOTH, date(2025, 3, 14))),
        (date(2025, 3, 10), HELD, [(None, date(2025, 3, 14))], None),
        (date(2025, 3, 10), HELD, [(2, None)], None),
        (date(2025, 3, 10), HELD, [(3, date(2026, 2, 18))], None),
        (date(2025, 7, 7), HELD, [], None),
        (date(2025, 7, 6), HELD, [], Stale(BOTH, date(2025, 3, 14))),
        (date(2024, 1, 1), HELD[:1], [], None),
        (date(2024, 1, 1), HELD[:2], [], Stale(BOTH, date(2024, 1, 1))),
        (date(2024, 1, 1), [], [], None),
    ],
    ids=["none", "before", "day-before", "in-between", "earlier-meeting", "last-meeting", "registered-there",
         "registered-before", "one-meeting", "no-meeting-before", "no-meeting"],
)  # fmt: skip
def test_item_without_contribution_at_two_meetings_is_stale(
    registered_on: date, held: list[Held], came: list[tuple[int | None, date | None]], told: Stale | None
) -> None:
    assert staleness(registered_on, held, came, meetings=2) == told
