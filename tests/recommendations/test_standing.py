"""What was in force on a day. Cases are named by the clause they show (domain 2.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.recommendations.rules import Kind, Status
from sgdocs.recommendations.standing import Reason, TextFacts, Verdict, fate_of_parts, standing_on, succession

TODAY = date(2026, 3, 2)


def text(
    id: int, approved: str, status: str = Status.IN_FORCE, kind: str = Kind.RECOMMENDATION, **more: object
) -> TextFacts:
    depth = 0 if kind not in ("amendment", "corrigendum", "erratum") else 1
    return TextFacts(
        id=id, kind=kind, status=status, approved=approved, sort_key=f"{approved or '0000'}|{depth}|{id:04d}", **more
    )  # type: ignore[arg-type]


FIRST = text(1, "2003-03-16", Status.SUPERSEDED, superseded_by=2)
SECOND = text(2, "2009-12-14", Status.SUPERSEDED, superseded_by=3)
THIRD = text(3, "2012-02-13")
LINE = (FIRST, SECOND, THIRD)

CASES = [
    ("before the first edition", LINE, "2003-03-15", Verdict.NO, Reason.BEFORE_FIRST, None),
    ("INV-5 on the day of approval", LINE, "2003-03-16", Verdict.YES, Reason.IN_FORCE, 1),
    ("INV-5 the day before the next", LINE, "2009-12-13", Verdict.YES, Reason.IN_FORCE, 1),
    ("INV-5 superseded on approval of the next", LINE, "2009-12-14", Verdict.YES, Reason.IN_FORCE, 2),
    ("in force today", LINE, "2026-03-02", Verdict.YES, Reason.IN_FORCE, 3),
    ("a day to come", LINE, "2026-03-03", Verdict.NOT_KNOWN, Reason.IN_FUTURE, None),
    ("nothing known", (), "2020-01-01", Verdict.NO, Reason.NO_TEXTS, None),
    ("month only, inside it", (text(1, "2019-11"),), "2019-11-15", Verdict.NOT_KNOWN, Reason.DATE_NOT_EXACT, 1),
    ("month only, last day", (text(1, "2019-11"),), "2019-11-30", Verdict.YES, Reason.IN_FORCE, 1),
    ("year only, before it", (text(1, "2019"),), "2018-12-31", Verdict.NO, Reason.BEFORE_FIRST, None),
    ("no date", (text(1, ""),), "2019-11-30", Verdict.NOT_KNOWN, Reason.DATE_MISSING, 1),
    ("withdrawn, day not recorded", (text(1, "1990-01-01", Status.WITHDRAWN),), "1995-01-01", Verdict.NOT_KNOWN, Reason.WITHDRAWAL_NOT_DATED, 1),
    ("withdrawn, day recorded, before", (text(1, "1990-01-01", Status.WITHDRAWN, withdrawn="2000-05-05"),), "2000-05-04", Verdict.YES, Reason.IN_FORCE, 1),
    ("withdrawn, day recorded, after", (text(1, "1990-01-01", Status.WITHDRAWN, withdrawn="2000-05-05"),), "2000-05-05", Verdict.NO, Reason.WITHDRAWN_BY_THEN, 1),
    ("withdrawn in a month", (text(1, "1990-01-01", Status.WITHDRAWN, withdrawn="2000-05"),), "2000-05-05", Verdict.NOT_KNOWN, Reason.DATE_NOT_EXACT, 1),
    ("superseded by what is not here", (text(1, "1990-01-01", Status.SUPERSEDED),), "1995-01-01", Verdict.NOT_KNOWN, Reason.SUCCESSOR_UNKNOWN, 1),
    ("status not known", (text(1, "1990-01-01", Status.UNKNOWN),), "1995-01-01", Verdict.NOT_KNOWN, Reason.STATUS_UNKNOWN, 1),
    ("superseded or withdrawn, last", (text(1, "1990-01-01", Status.SUPERSEDED_OR_WITHDRAWN),), "1995-01-01", Verdict.NOT_KNOWN, Reason.WITHDRAWAL_NOT_DATED, 1),
    ("INV-1 two in force", (text(1, "2024-03-01"), text(2, "2025-06-01")), "2026-01-01", Verdict.NOT_KNOWN, Reason.TWO_IN_FORCE, 2),
    ("pre-published is in force", (text(1, "2025-06-01", Status.PRE_PUBLISHED),), "2026-01-01", Verdict.YES, Reason.IN_FORCE, 1),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "day", "verdict", "reason", "id"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_standing_on_a_day(
    texts: tuple[TextFacts, ...], day: str, verdict: Verdict, reason: Reason, id: int | None
) -> None:
    answer = standing_on(texts, date.fromisoformat(day), TODAY)

    assert (answer.verdict, answer.reason, answer.text.id if answer.text else None) == (verdict, reason, id)


def test_what_replaced_it_since_is_told() -> None:
    assert standing_on(LINE, date(2005, 1, 1), TODAY).since == SECOND
    assert standing_on(LINE, date(2020, 1, 1), TODAY).since is None


def test_undated_edition_was_not_in_force_before_its_forerunner() -> None:
    line = (
        text(1, "2001-02-01", Status.SUPERSEDED, revision=0),
        TextFacts(2, Kind.RECOMMENDATION, Status.IN_FORCE, sort_key="9999"),
    )

    assert standing_on(line, date(2000, 1, 1), TODAY).verdict is Verdict.NO
    assert standing_on(line, date(2010, 1, 1), TODAY).reason is Reason.DATE_MISSING


AMD1 = text(11, "2010-06-11", Status.SUPERSEDED, Kind.AMENDMENT, part="1", modifies=2)
COR1 = text(12, "2011-04-13", Status.SUPERSEDED, Kind.CORRIGENDUM, part="1", modifies=2)
NESTED = text(13, "2011-05", Status.SUPERSEDED, Kind.ERRATUM, part="1", modifies=11)
LATER = text(14, "2013-10-22", Status.IN_FORCE, Kind.AMENDMENT, part="1", modifies=3)
FAMILY = (*LINE, AMD1, COR1, NESTED, LATER)


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2010-06-10", []),
        ("2010-06-11", [11]),
        ("2011-06-01", [11, 12, 13]),
        ("2012-02-12", [11, 12, 13]),
        ("2012-02-13", []),
        ("2013-10-22", [14]),
    ],
)
def test_parts_share_the_fate_of_their_edition(day: str, ids: list[int]) -> None:
    """INV-2."""
    answer = standing_on(FAMILY, date.fromisoformat(day), TODAY)

    assert [part.id for part in answer.parts] == ids


def test_part_approved_some_day_of_that_month_is_doubtful() -> None:
    answer = standing_on(FAMILY, date(2011, 5, 10), TODAY)

    assert [(part.id, reason) for part, reason in answer.doubtful] == [(13, Reason.DATE_NOT_EXACT)]


def test_amendment_replaced_by_a_later_one_applies_until_then() -> None:
    """INV-3: X.1500 (2011) Amd. 1 was superseded by Amd. 12."""
    base = text(1, "2011-04-20")
    amd1 = text(2, "2012-03-02", Status.SUPERSEDED, Kind.AMENDMENT, modifies=1, superseded_by=3)
    amd2 = text(3, "2018-03-29", Status.IN_FORCE, Kind.AMENDMENT, modifies=1)

    assert [p.id for p in standing_on((base, amd1, amd2), date(2018, 3, 28), TODAY).parts] == [2]
    assert [p.id for p in standing_on((base, amd1, amd2), date(2018, 3, 29), TODAY).parts] == [3]


def test_superseded_amendment_without_successor_is_doubtful() -> None:
    base = text(1, "2011-04-20")
    lone = text(2, "2012-03-02", Status.SUPERSEDED, Kind.AMENDMENT, modifies=1)

    answer = standing_on((base, lone), date(2015, 1, 1), TODAY)

    assert (answer.parts, [r for _, r in answer.doubtful]) == ((), [Reason.SUCCESSOR_UNKNOWN])


def test_separate_annex_has_a_line_of_its_own() -> None:
    """INV-4: an annex published apart is asked for apart."""
    old = text(21, "2002-01-13", Status.SUPERSEDED, Kind.ANNEX, apart="AnnexC", modifies=1, superseded_by=22)
    new = text(22, "2003-07-29", Status.IN_FORCE, Kind.ANNEX, apart="AnnexC", modifies=2)
    texts = (*LINE, old, new)

    assert standing_on(texts, date(2003, 1, 1), TODAY, apart="AnnexC").text == old
    assert standing_on(texts, date(2005, 1, 1), TODAY, apart="AnnexC").text == new
    assert standing_on(texts, date(2005, 1, 1), TODAY).text == FIRST


def test_two_texts_that_hang_on_each_other_end() -> None:
    one = text(50, "2012-03-02", kind=Kind.AMENDMENT, modifies=51)
    other = text(51, "2012-03-03", kind=Kind.AMENDMENT, modifies=50)

    assert standing_on((THIRD, one, other), date(2015, 1, 1), TODAY).parts == ()


days = st.dates(date(1960, 1, 1), date(2026, 3, 1))
givens = st.one_of(st.just(""), days.map(str), days.map(lambda d: str(d)[:7]), days.map(lambda d: str(d)[:4]))
editions = st.lists(st.tuples(givens, st.sampled_from(list(Status)), givens), max_size=6).map(
    lambda rows: [
        text(n, approved, status, withdrawn=withdrawn, superseded_by=n + 1 if n < len(rows) else None)
        for n, (approved, status, withdrawn) in enumerate(rows, 1)
    ]
)


@given(texts=editions, day=days)
def test_every_day_has_one_answer_with_a_reason(texts: list[TextFacts], day: date) -> None:
    answer = standing_on(texts, day, TODAY)

    assert (answer.text is not None) or answer.verdict is not Verdict.YES
    if answer.verdict is Verdict.YES and answer.text is not None and len(answer.text.approved) == 10:
        assert date.fromisoformat(answer.text.approved) <= day


@given(gaps=st.lists(st.integers(1, 900), min_size=1, max_size=8), offset=st.integers(0, 9000))
def test_well_kept_family_always_has_exactly_one_edition(gaps: list[int], offset: int) -> None:
    """Every edition but the last is superseded by the next: from the first approval on there is always one."""
    starts = [date(1990, 1, 1)]
    for gap in gaps:
        starts.append(starts[-1] + timedelta(days=gap))
    last = len(starts)
    texts = [
        text(
            n, str(day), Status.IN_FORCE if n == last else Status.SUPERSEDED, superseded_by=n + 1 if n < last else None
        )
        for n, day in enumerate(starts, 1)
    ]
    day = date(1990, 1, 1) + timedelta(days=offset)

    answer = standing_on(texts, day, max(TODAY, day))

    assert answer.verdict is Verdict.YES
    assert answer.text == texts[max(n for n, start in enumerate(starts) if start <= day)]


def test_new_edition_replaces_the_one_in_force_with_its_parts() -> None:
    """INV-5; an annex published apart survives (INV-4)."""
    annex = text(30, "2012-03-01", Status.IN_FORCE, Kind.ANNEX, apart="AnnexA", modifies=3)
    cor = text(15, "2014-01-01", Status.IN_FORCE, Kind.CORRIGENDUM, modifies=14)
    new = text(4, "2026-03-02", Status.PRE_PUBLISHED)

    assert {t.id for t in succession((*FAMILY, annex, cor, new), new)} == {3, 14, 15}


def test_amendment_replaces_nothing() -> None:
    assert succession(FAMILY, text(40, "2026-01-01", kind=Kind.AMENDMENT, modifies=3)) == ()


def test_withdrawal_takes_the_parts_in_force_along() -> None:
    assert [t.id for t in fate_of_parts(FAMILY, THIRD)] == [14]
