"""Readiness asked of many texts at once; which revision a comment is about; comments as they are listed."""

import pytest
from sqlalchemy import event

from sgdocs.approval import queries
from sgdocs.approval.actions import comments
from sgdocs.approval.comment_listing import CommentFilter, Counts, comment_numbered, commented, counts_for, counts_of
from sgdocs.approval.comment_rules import Disposal, Kind
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm
from sgdocs.approval.readiness import FIRST, board
from sgdocs.approval.revisions import about, revisions_of
from sgdocs.base.db import Database
from sgdocs.base.errors import NotFound
from sgdocs.work_programme.models import WorkItem
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.work_programme.base_item import item_row


def against(told: Story, item: WorkItem) -> list[tuple[str, dict[str, object]]]:
    """What stands against the first step, as the panel of the one item asks it."""
    offers = queries.offered(told.act(told.cast.chair), item).offers
    (offer,) = (each for each in offers if each.step.id == FIRST[item.process])
    return [(no.rule.id, dict(no.facts)) for no in offer.unmet]


def on_board(told: Story, item: WorkItem) -> list[tuple[str, dict[str, object]]]:
    rows = {row.item.id: row for row in board(told.act(told.cast.chair), told.cast.sg13).rows.rows}
    return [(v.why_not.rule.id, dict(v.why_not.facts)) for v in rows[item.id].verdicts if v.why_not]


def test_ready_text_has_nothing_against_it(cast: Cast) -> None:
    told = story(cast)

    found = board(told.act(cast.chair), cast.sg13)

    (row,) = found.rows.rows
    assert (found.meeting, found.is_in_session) == (told.meeting, True)
    assert (row.is_ready, row.label, row.step.id) == (True, "SG13-C45", "consent")
    assert against(told, told.item) == []


@pytest.mark.parametrize("lacks", ["summary", "text", "ipr", "question", "revised", "late"])
def test_board_says_what_the_panel_says(cast: Cast, lacks: str) -> None:
    told = story(cast)
    item = told.item
    match lacks:
        case "summary":
            item.summary = " "
        case "text":
            item.base_document_id = None
        case "ipr":
            item.ipr_asked_meeting_id = None
        case "question":
            item.question_id = None
        case "revised":
            told.revises("R1", "b")
        case "late":
            told.text.posted_at = geneva(3, 1)
            told.make.add(told.text)
    told.make.add(item)

    assert on_board(told, item) == against(told, item)
    assert lacks == "late" or against(told, item) != []


def test_board_asks_as_much_of_many_as_of_one(cast: Cast, database: Database) -> None:
    told = story(cast)
    act = told.act(cast.chair)

    def asked() -> int:
        said: list[str] = []
        listener = lambda *args: said.append(args[2])  # noqa: E731
        event.listen(database.engine, "before_cursor_execute", listener)
        board(act, cast.sg13)
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(said)

    one = asked()
    for n in range(1, 8):
        text = paper(told.make, 100 + n, meeting=told.meeting.code)
        file(told.make, text, sha256=f"{n}" * 64, text="kept")
        row = item_row(told.make, cast.sg13, f"Y.other{n}", question=cast.q2, process="aap", number=5000 + n)
        row.base_document_id = text.id
        told.make.add(row)
    told.session.flush()

    assert asked() <= one + 1
    assert one <= 20
    assert len(board(act, cast.sg13, size=3).rows.rows) == 3
    assert board(act, cast.sg13, size=3).rows.total == 8


def test_next_meeting_is_asked_for_what_it_can_be_asked(cast: Cast) -> None:
    told = story(cast).at(geneva(2, 20))

    found = board(told.act(cast.chair), cast.sg13)

    assert (found.meeting, found.is_in_session) == (told.meeting, False)
    (row,) = found.rows.rows
    assert "in-session" not in {each.need.id for each in row.verdicts}
    assert row.is_ready


def test_comment_is_about_the_revision_of_its_window(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(3, 20))
    told.revises("R2", "c")
    act = told.act(cast.delegate_member)

    revisions = revisions_of(act, process)

    assert [(each.label, each.is_bound) for each in revisions] == [
        ("SG13-C45", True),
        ("SG13-C45R1", True),
        ("SG13-C45R2", False),
    ]
    assert about(revisions, "R1", "b" * 64).since == 1
    assert about(revisions, "", "").since == 2
    assert about(revisions, "R9", "f" * 64).since is None
    assert revisions_of(told.act(cast.outsider), process) == []


def test_comments_are_counted_and_listed_for_those_who_may_read_them(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(3, 20))
    act = told.act(cast.delegate_member)
    first, second, third = (
        comments.comment(act, process, CommentForm(kind=kind, clause=clause, text="Words"))
        for kind, clause in ((Kind.SUBSTANTIVE, "7.2"), (Kind.TYPOGRAPHICAL, "7.20"), (Kind.SUBSTANTIVE, "7.2.1"))
    )
    comments.dispose(told.act(cast.editor), process, second, DisposalForm(disposition=Disposal.ACCEPTED))
    comments.withdraw(act, process, third)

    def numbers(kind: str = "", standing: str = "", clause: str = "") -> list[int]:
        return [row.comment.number for row in commented(act, process, CommentFilter(kind, standing, clause))]

    assert counts_of(act, process) == counts_for(act, [process])[process.id or 0] == Counts(3, 1, 1, 1)
    assert (numbers(), numbers(clause="7.2"), numbers(kind="typographical")) == ([1, 2, 3], [1, 3], [2])
    assert [numbers(standing=each) for each in ("open", "unconfirmed", "settled", "withdrawn")] == [[1], [2], [], [3]]
    stranger = told.act(cast.outsider)
    assert (counts_of(stranger, process), counts_for(stranger, [process])) == (Counts(), {})
    with pytest.raises(NotFound):
        commented(stranger, process)
    with pytest.raises(NotFound):
        comment_numbered(stranger, process, first.number)
