"""Rules of the structure, as tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.base.errors import Refusal
from sgdocs.groups import codes, rules
from sgdocs.groups.codes import Spelling
from sgdocs.groups.rules import FORMS, GroupKind, Place, Span, Study

K = GroupKind
DAY = date(2026, 3, 2)
SG15 = Place(sector="T", parent_kind=K.STUDY_GROUP, parent_code="SG15", parent_label="ITU-T SG15", has_period=True)
ALONE = Place(sector="T")
R_SG5 = Place(sector="R", parent_kind=K.STUDY_GROUP, parent_code="SG5")


def rule_of(refusal: Refusal | None) -> str | None:
    return refusal.rule.id if refusal else None


@pytest.mark.parametrize(
    ("kind", "code", "place", "refused"),
    [
        (K.STUDY_GROUP, "SG15", ALONE, None),
        (K.STUDY_GROUP, "SG015", ALONE, "groups.code"),
        (K.STUDY_GROUP, "sg15", ALONE, "groups.code"),
        (K.STUDY_GROUP, "SG1٥", ALONE, "groups.code"),
        (K.STUDY_GROUP, "SG15\n", ALONE, "groups.code"),
        (K.STUDY_GROUP, "SG15", SG15, "groups.parent"),
        (K.QUESTION, "Q2", SG15, None),
        (K.QUESTION, "Q0", SG15, "groups.code"),
        (K.QUESTION, "Q2", ALONE, "groups.parent"),
        (K.QUESTION, "Q2", Place("T", K.FOCUS_GROUP, "FG-X", has_period=True), "groups.parent"),
        (K.QUESTION, "Q2", Place("T", K.STUDY_GROUP, "SG15"), "groups.period"),
        (K.QUESTION, "Q2", Place("T", K.STUDY_GROUP, "SG9", date(2024, 12, 31), "SG9", True), "groups.ended"),
        (K.QUESTION, "Q2", Place("T", K.STUDY_GROUP, "SG9", DAY, "SG9", True), None),
        (K.WORKING_PARTY, "WP1", SG15, None),
        (K.WORKING_PARTY, "WP5D", SG15, "groups.code"),
        (K.WORKING_PARTY, "WP5D", R_SG5, None),
        (K.WORKING_PARTY, "WP4A", R_SG5, "groups.code"),
        (K.WORKING_PARTY, "WP1", R_SG5, "groups.code"),
        (K.FOCUS_GROUP, "FG-AI4H", SG15, None),
        (K.FOCUS_GROUP, "FG-", SG15, "groups.code"),
        (K.FOCUS_GROUP, "FG-../../x", SG15, "groups.code"),
        (K.REGIONAL_GROUP, "SG15RG-AFR", SG15, None),
        (K.REGIONAL_GROUP, "SG13RG-AFR", SG15, "groups.code"),
        (K.TASK_GROUP, "TG5-1", R_SG5, None),
        (K.COMMITTEE, "CCV", Place(sector="R"), None),
        (K.COMMITTEE, "CCV", R_SG5, "groups.parent"),
    ],
)
def test_group_is_established_where_its_kind_stands(
    kind: GroupKind, code: str, place: Place, refused: str | None
) -> None:
    assert rule_of(rules.why_not_establish(kind, code, place, DAY)) == refused


def test_every_kind_has_its_form_and_example() -> None:
    assert set(FORMS) == set(GroupKind)


@pytest.mark.parametrize(
    ("sector", "kind", "code", "parent", "period", "path", "label"),
    [
        ("T", K.STUDY_GROUP, "SG15", "", "", "T/SG15", "ITU-T SG15"),
        ("R", K.STUDY_GROUP, "SG5", "", "", "R/SG5", "ITU-R SG5"),
        ("T", K.ADVISORY_GROUP, "TSAG", "", "", "T/TSAG", "TSAG"),
        ("T", K.QUESTION, "Q2", "T/SG15", "T25", "T/SG15/T25/Q2", "Q2/15"),
        ("T", K.WORKING_PARTY, "WP1", "T/SG15", "T25", "T/SG15/T25/WP1", "WP1/15"),
        ("R", K.WORKING_PARTY, "WP5D", "R/SG5", "", "R/WP5D", "WP 5D"),
        ("T", K.RAPPORTEUR_GROUP, "RG-WM", "T/TSAG", "T25", "T/TSAG/T25/RG-WM", "RG-WM"),
        ("R", K.TASK_GROUP, "TG5-1", "R/SG5", "", "R/TG5-1", "TG 5/1"),
        ("R", K.TASK_GROUP, "JTG4-5-6-7", "R/SG5", "", "R/JTG4-5-6-7", "JTG 4/5/6/7"),
        ("T", K.FOCUS_GROUP, "FG-AI4H", "T/SG16", "", "T/FG-AI4H", "FG-AI4H"),
        ("T", K.CORRESPONDENCE, "CG-AI", "T/SG13", "", "T/SG13/CG-AI", "CG-AI"),
    ],
)
def test_group_has_its_path_and_label(
    sector: str, kind: GroupKind, code: str, parent: str, period: str, path: str, label: str
) -> None:
    assert rules.path_of(sector, kind, code, parent_path=parent, period=period) == path
    assert rules.label_of(sector, kind, code, parent_code=parent.rsplit("/", maxsplit=1)[-1]) == label


def test_numbers_sort_as_numbers() -> None:
    paths = ["T/SG15/T25/Q10", "T/SG9", "T/SG15/T25/Q2", "T/SG15", "T/SG13"]

    assert sorted(paths, key=rules.sort_key) == ["T/SG9", "T/SG13", "T/SG15", "T/SG15/T25/Q2", "T/SG15/T25/Q10"]


@pytest.mark.parametrize(
    ("span", "last_on", "parts", "refused"),
    [
        (Span("SG9", date(2013, 1, 1)), DAY, [], None),
        (Span("SG9", None), DAY, [], None),
        (Span("SG9", DAY), DAY, [], None),
        (Span("SG9", date(2026, 3, 3)), DAY, [], "groups.days-in-order"),
        (Span("SG9", None, date(2024, 12, 31)), DAY, [], "groups.ended"),
        (Span("Q2/15", None, date(2028, 12, 31)), DAY, [], None),
        (Span("SG9", None), DAY, ["Q1/9"], "groups.open-parts"),
    ],
)
def test_group_ends_once_and_after_its_parts(span: Span, last_on: date, parts: list[str], refused: str | None) -> None:
    assert rule_of(rules.why_not_end(span, last_on, parts)) == refused


@pytest.mark.parametrize(
    ("from_id", "to_id", "later", "refused"),
    [(1, 2, frozenset(), None), (1, 1, frozenset(), "groups.successor"), (1, 2, frozenset({3, 1}), "groups.successor")],
)
def test_no_group_comes_after_itself(from_id: int, to_id: int, later: frozenset[int], refused: str | None) -> None:
    assert rule_of(rules.why_not_succeed(from_id, to_id, later)) == refused


T22, T25 = date(2022, 3, 10), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("later", "earlier", "refused"),
    [
        (Study(K.QUESTION, "T", T25), Study(K.QUESTION, "T", T22), None),
        (Study(K.QUESTION, "T", T25), Study(K.QUESTION, "T", T25), "groups.continues"),
        (Study(K.QUESTION, "T", T22), Study(K.QUESTION, "T", T25), "groups.continues"),
        (Study(K.QUESTION, "T", T25), Study(K.WORKING_PARTY, "T", T22), "groups.continues"),
        (Study(K.QUESTION, "T", T25), Study(K.QUESTION, "R", T22), "groups.continues"),
    ],
)
def test_question_continues_an_earlier_one(later: Study, earlier: Study, refused: str | None) -> None:
    assert rule_of(rules.why_not_continue(later, earlier)) == refused


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("sg15", Spelling("SG15")),
        ("SG 15", Spelling("SG15")),
        ("SG-15", Spelling("SG15")),
        ("sg015", Spelling("SG15")),
        ("COM 15", Spelling("SG15")),
        ("Study Group 15", Spelling("SG15")),
        ("ITU-T SG15", Spelling("SG15", "T")),
        ("ITU-R Study Group 5", Spelling("SG5", "R")),
        ("5D", Spelling("WP5D", "R")),
        ("WP5D", Spelling("WP5D", "R")),
        ("wp 5d", Spelling("WP5D", "R")),
        ("Working Party 5D", Spelling("WP5D", "R")),
        ("Q6/13", Spelling("Q6", "T", "SG13")),
        ("Q.6/13", Spelling("Q6", "T", "SG13")),
        ("q 6 / 13", Spelling("Q6", "T", "SG13")),
        ("6/13", Spelling("Q6", "T", "SG13")),
        ("Question 6/13", Spelling("Q6", "T", "SG13")),
        ("ITU-T Q6/13", Spelling("Q6", "T", "SG13")),
        ("wp1/13", Spelling("WP1", "T", "SG13")),
        ("WP 1/SG13", Spelling("WP1", "T", "SG13")),
        ("TG 5/1", Spelling("TG5-1")),
        ("JTG 4-5-6-7", Spelling("JTG4-5-6-7")),
        ("tsag", Spelling("tsag")),
        ("fg-ai4h", Spelling("fg-ai4h")),
        ("JCA-IoT and SC&C", Spelling("JCA-IoT and SC&C")),
        ("", None),
        ("  ", None),
        ("ITU-T", None),
        ("x" * 81, None),
    ],
)
def test_sloppy_code_is_read(text: str, read: Spelling | None) -> None:
    assert codes.read(text) == read


@given(st.text(max_size=120))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = codes.read(text)

    assert found is None or found.code


@given(st.sampled_from(list(GroupKind)))
def test_example_of_a_kind_is_of_its_form(kind: GroupKind) -> None:
    example = FORMS[kind].example.split(" ")[0]

    assert rules.re.fullmatch(FORMS[kind].pattern, example)
