"""What an organisation said and still has to answer, on both databases."""

from datetime import timedelta
from typing import Any

from sgdocs.approval.models import Comment, Obligation, Process, Reply, Window
from sgdocs.approval.of_organisation import count_own_comments, missing_replies, own_comments, to_answer
from sgdocs.base.clock import geneva_day
from tests.cast import Cast
from tests.make import Make


def consulted(make: Make, cast: Cast, number: str, *, closes: int = 10, **facts: Any) -> tuple[Process, Window]:
    now = make.act.now
    words: dict[str, Any] = {
        "procedure": "tap",
        "sector": "T",
        "group_id": cast.sg13.id,
        "name": number,
        "title": number,
        "state": "consultation",
        "opened_on": geneva_day(now),
        "opened_at": now,
        "rules_on": geneva_day(now),
        "audience": "public",
        "changed_at": now,
    } | facts
    row = make.add(Process(number=f"tap/2026-{number}", **words))
    last = geneva_day(now) + timedelta(closes)
    window = Window(
        process_id=row.id or 0,
        kind="consultation",
        opens_on=geneva_day(now),
        closes_on=last,
        closes_at=now + timedelta(closes),
    )
    return row, make.add(window)


def test_consultations_wait_until_they_are_answered(make: Make, cast: Cast) -> None:
    late, window = consulted(make, cast, "002", closes=20)
    consulted(make, cast, "001", closes=5)
    consulted(make, cast, "003", closes=-1)
    consulted(make, cast, "004", is_open=False)

    assert [row.name for row in to_answer(cast.delegate_state.act)] == ["001", "002"]
    assert to_answer(cast.delegate_member.act) == []
    make.add(
        Reply(
            process_id=late.id or 0,
            window_id=window.id,
            organisation_id=cast.state.id or 0,
            position="approve",
            sent_at=make.act.now,
        )
    )
    assert [row.name for row in to_answer(cast.delegate_state.act)] == ["001"]


def test_replies_that_are_owed_are_counted(make: Make, cast: Cast) -> None:
    row, window = consulted(make, cast, "001")
    other = make.organisation("member-state", name="Administration of Otherland")
    for entity in (cast.state, other):
        make.add(
            Obligation(
                process_id=row.id or 0, kind="reply", organisation_id=entity.id, created_at=make.act.now - timedelta(1)
            )
        )
    assert missing_replies(cast.tsb.act) == 2

    make.add(
        Reply(
            process_id=row.id or 0,
            window_id=window.id,
            organisation_id=other.id or 0,
            position="oppose",
            sent_at=make.act.now,
        )
    )
    assert missing_replies(cast.tsb.act) == 1


def test_comments_are_those_of_the_own_organisation_while_it_is_a_member(make: Make, cast: Cast) -> None:
    old, _ = consulted(make, cast, "001", is_open=False)
    new, _ = consulted(make, cast, "002")
    for n, (row, entity) in enumerate(((old, cast.company), (new, cast.company), (new, cast.state)), 1):
        make.add(
            Comment(
                uid=f"C-{n}",
                process_id=row.id or 0,
                number=n,
                organisation_id=entity.id,
                entity=entity.name,
                kind="substantive",
                text=f"Words {n}",
                sent_at=make.act.now,
                disposition="accepted" if n == 1 else "",
            )
        )

    found = own_comments(cast.delegate_member.act)

    assert [(row.comment.text, row.needs_answer) for row in found] == [("Words 2", False), ("Words 1", True)]
    assert count_own_comments(cast.delegate_member.act) == 2
    assert count_own_comments(cast.outsider.act) == 0
