"""The register as a list: sides, states, days, words, and who may read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sgdocs.base.errors import Invalid
from sgdocs.liaison import listing
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.models import AddresseeQuestion, StatementLink
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.rules import Purpose, State, Status
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import To, asks, statement
from tests.make import Make

Ids = Callable[[str], tuple[int]]


@pytest.fixture
def ids(make: Make, cast: Cast) -> Ids:
    """`ids("T/SG13")`. The register: out, in, both, other, draft."""
    a, b, ietf = cast.sg13, cast.sg15, body(make, "IETF")
    statement(make, a, asks(ietf, date(2026, 3, 1)), label="out", title="Slices 100% sure", on=date(2026, 2, 1))
    statement(make, ietf, asks(a, date(2026, 3, 20)), label="in", external_number="IETF-77", on=date(2025, 12, 31))
    statement(make, a, To(b, Purpose.COMMENT, date(2026, 3, 2)), To(ietf, is_copy=True), label="both", is_reply=True)
    statement(
        make, ietf, To(b, state=State.NOTED), label="other", title="Ünter den LINDEN", period_id=make.period("T25").id
    )
    statement(make, a, asks(b), label="draft", status=Status.DRAFT)
    statement(make, a, asks(b), label="gone", status=Status.WITHDRAWN, on=date(2026, 1, 1))
    found = {"IETF": ietf.id or 0}
    return lambda path: (found.get(path) or make.group(path).id or 0,)


CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "other both out gone in"),
    ({"which": "drafts"}, "draft"),
    ({"which": "all", "statuses": ("draft", "withdrawn")}, "gone draft"),
    ({"direction": "in"}, "other both gone in"),
    ({"direction": "out"}, "both out gone"),
    ({"direction": "in", "group_ids": "T/SG13"}, "in"),
    ({"direction": "out", "group_ids": "T/SG13"}, "both out gone"),
    ({"group_ids": "T/SG15"}, "other both gone"),
    ({"body_ids": "IETF"}, "other both out in"),
    ({"from_body_ids": "IETF"}, "other in"),
    ({"from_body_ids": "IETF", "to_group_ids": "T/SG15"}, "other"),
    ({"from_group_ids": "T/SG13", "to_body_ids": "IETF"}, "both out"),
    ({"is_open": True}, "both out in"),
    ({"is_open": False}, "other gone"),
    ({"is_awaited": True}, "both out in"),
    ({"is_overdue": True}, "out"),
    ({"is_overdue": True, "direction": "in"}, ""),
    ({"is_awaited": True, "direction": "in", "group_ids": "T/SG15"}, "both"),
    ({"due_within": 0}, "both"),
    ({"due_within": 18}, "both in"),
    ({"due_from": date(2026, 3, 2), "due_until": date(2026, 3, 2)}, "both"),
    ({"purposes": ("comment",)}, "both"),
    ({"states": ("noted",)}, "other"),
    ({"is_reply": True}, "both"),
    ({"period": "t25"}, "other"),
    ({"year": 2025}, "in"),
    ({"year": 99999}, ""),
    ({"since": date(2026, 2, 1), "until": date(2026, 2, 1)}, "out"),
    ({"words": "slices"}, "out"),
    ({"words": "100%"}, "out"),
    ({"words": "ietf 77"}, "in"),
    ({"words": "Ünter"}, "other"),
    ({"words": "nothing of this"}, ""),
    ({"words": "\x00 ' OR 1=1 --"}, ""),
]


@pytest.mark.parametrize(("asked", "right"), CASES, ids=[str(asked) for asked, _ in CASES])
def test_filter_finds(cast: Cast, ids: Ids, asked: dict[str, Any], right: str) -> None:
    told = {name: ids(value) if name.endswith("_ids") else value for name, value in asked.items()}

    found = listing.listing(cast.tsb.act, StatementFilter(**told))

    labels = [row.label for row in found.rows]
    assert sorted(labels) == sorted(right.split())
    assert found.total == len(labels)


@pytest.mark.usefixtures("ids")
def test_newest_letter_comes_first_and_undated_last(make: Make, cast: Cast) -> None:
    statement(make, cast.sg13, cast.sg15, label="undated", on=None)
    act = cast.tsb.act

    assert [r.label for r in listing.listing(act).rows] == ["other", "both", "out", "gone", "in", "undated"]
    assert [r.label for r in listing.listing(act, sort="dated").rows][-1] == "undated"
    assert [r.label for r in listing.listing(act, number=2, size=4).rows] == ["in", "undated"]
    assert listing.counts(act) == {"sent": 5, "withdrawn": 1}
    with pytest.raises(Invalid):
        listing.listing(act, sort="colour")


def test_question_sees_what_is_allotted_to_it_and_what_is_for_all(make: Make, cast: Cast) -> None:
    q6 = make.group("T/SG13/T25/Q6")
    mine = statement(make, cast.sg15, cast.sg13, label="mine")
    others = statement(make, cast.sg15, cast.sg13, label="others")
    statement(make, cast.sg15, cast.sg13, label="all")
    about = statement(make, cast.sg13, cast.sg15, label="about")
    for row, question in ((mine, cast.q2), (others, q6)):
        (addressee,) = addressees_of(make.session, row)
        make.add(AddresseeQuestion(addressee_id=addressee.id or 0, group_id=question.id or 0))
    make.add(StatementLink(statement_id=about.id or 0, kind="question", group_id=cast.q2.id))
    asked = StatementFilter(question_ids=(cast.q2.id or 0,))

    assert {r.label for r in listing.listing(cast.tsb.act, asked).rows} == {"mine", "all", "about"}


@pytest.mark.usefixtures("ids")
def test_list_shows_what_may_be_read(cast: Cast) -> None:
    cast.summon("outsider", "delegate_associate")

    assert listing.listing(cast.outsider.act, StatementFilter(which="all")).total == 0
    assert {r.label for r in listing.listing(cast.delegate_associate.act).rows} == {"out", "in", "both", "gone"}
    assert listing.listing(cast.delegate_member.act).total == 5
