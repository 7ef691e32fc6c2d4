"""Comments: the last second in Geneva, who may, versions that stay, dispositions, satisfaction."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import Session, col, select

from sgdocs.approval import comment_rules as rules
from sgdocs.approval.actions import comments
from sgdocs.approval.comment_schemas import ClassForm, CommentForm, DisposalForm
from sgdocs.approval.models import Comment, CommentVersion, Process, Window
from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed
from sgdocs.documents.schemas import Upload
from sgdocs.journal.models import Entry
from sgdocs.people.rules import Category
from sgdocs.storage.store import Blob
from sgdocs.work_programme.models import ItemEditor, WorkItem
from tests.approval.windows import at, geneva, process, window
from tests.cast import Cast
from tests.make import Make


def said(**facts: object) -> CommentForm:
    return CommentForm.model_validate(
        {"kind": "substantive", "clause": "7.2", "text": "The timer is too short."} | facts
    )


def disposal(what: str | None, **facts: object) -> DisposalForm:
    return DisposalForm.model_validate({"disposition": what} | facts)


@pytest.fixture
def text(cast: Cast) -> Process:
    cast.summon("tsb", "chair", "rapporteur", "delegate_member")
    row = process(cast)
    window(cast, row)
    return row


def test_comment_binds_the_text_of_its_window(cast: Cast, text: Process, make: Make) -> None:
    one = comments.comment(cast.delegate_member.act, text, said())
    two = comments.comment(cast.delegate_state.act, text, said(kind="typographical"))

    assert [(row.number, row.entity, row.kind) for row in (one, two)] == [
        (1, "Imaginary Networks", "substantive"),
        (2, "Administration of Fictavia", "typographical"),
    ]
    assert (one.sha256, one.document_part, one.version) == ("b" * 64, "R1", 1)
    entry = make.session.exec(select(Entry).where(Entry.verb == "approval.commented").order_by(col(Entry.id))).first()
    assert entry is not None
    assert (entry.audience, entry.facts["comment"], entry.facts["number"]) == ("T/SG13", 1, "aap/2026-001")


@pytest.mark.parametrize(
    ("closes", "last", "offset_hours"),
    [
        (date(2026, 3, 15), geneva(2026, 3, 15, 23, 59, 59), 1),
        (date(2026, 3, 28), geneva(2026, 3, 28, 23, 59, 59), 1),
        (date(2026, 3, 29), geneva(2026, 3, 29, 23, 59, 59), 2),
        (date(2026, 10, 24), geneva(2026, 10, 24, 23, 59, 59), 2),
        (date(2026, 10, 25), geneva(2026, 10, 25, 23, 59, 59), 1),
        (date(2026, 12, 31), geneva(2026, 12, 31, 23, 59, 59), 1),
    ],
    ids=["winter", "eve of summer time", "summer time begins", "eve of winter time", "winter time begins", "new year"],
)
def test_last_second_in_geneva_counts_and_the_next_does_not(
    cast: Cast, closes: date, last: datetime, offset_hours: int
) -> None:
    row = process(cast)
    window(cast, row, opens=closes - timedelta(days=27), closes=closes)
    who = cast.delegate_member.actor
    assert last.utcoffset() == timedelta(hours=offset_hours)

    in_time = comments.comment(at(cast, who, last.astimezone(UTC)), row, said())
    within = comments.comment(at(cast, who, last.astimezone(UTC) + timedelta(microseconds=999_999)), row, said())
    assert (in_time.number, within.number) == (1, 2)
    for late in (timedelta(seconds=1), timedelta(seconds=2)):
        with pytest.raises(Closed) as refused:
            comments.comment(at(cast, who, last.astimezone(UTC) + late), row, said())
        assert refused.value.rule is rules.TOO_LATE
        assert refused.value.facts["closes_on"] == closes
    assert len(cast.make.session.exec(select(Comment)).all()) == 2


def test_comment_before_the_first_day_in_geneva_is_refused(cast: Cast) -> None:
    row = process(cast)
    window(cast, row, opens=date(2026, 4, 1), closes=date(2026, 4, 28))
    who = cast.delegate_member.actor

    with pytest.raises(Closed) as refused:
        comments.comment(at(cast, who, geneva(2026, 3, 31, 23, 59, 59)), row, said())
    assert refused.value.rule is rules.NOT_YET
    assert comments.comment(at(cast, who, geneva(2026, 4, 1, 0, 0, 0)), row, said()).number == 1


def test_comment_without_a_window_for_it_is_refused(cast: Cast) -> None:
    none, consultation = process(cast), process(cast, "tap", "consultation")
    window(cast, consultation, "consultation")
    for row in (none, consultation):
        with pytest.raises(Closed) as refused:
            comments.comment(cast.delegate_member.act, row, said())
        assert refused.value.rule is rules.NO_WINDOW


def test_who_may_comment_follows_membership(cast: Cast, text: Process, make: Make) -> None:
    elsewhere = make.organisation(Category.ASSOCIATE, name="Other Optics", member_of=("T/SG15",))
    stranger = make.actor(make.person("Abel Away", organisation=elsewhere))
    radio = make.organisation(Category.SECTOR_MEMBER, name="Radio Alone", member_of=("R",))
    of_radio = make.actor(make.person("Rosa Wave", organisation=radio))

    for player in (cast.delegate_state, cast.delegate_member, cast.delegate_academia, cast.delegate_associate):
        comments.comment(player.act, text, said())
    for actor in (stranger, of_radio):
        with pytest.raises(NotAllowed) as refused:
            comments.comment(make.act_as(actor), text, said())
        assert refused.value.rule is rules.NO_COMMENTER
    for player in (cast.guest, cast.outsider):
        with pytest.raises(NotAllowed) as refused:
            comments.comment(player.act, text, said())
        assert refused.value.rule is rules.NO_ENTITY
    assert len(make.session.exec(select(Comment)).all()) == 4


def test_categories_are_those_the_process_keeps(cast: Cast) -> None:
    row = process(cast, rules={rules.CATEGORIES: "member-state, sector-member"})
    window(cast, row)

    assert comments.comment(cast.delegate_member.act, row, said()).number == 1
    with pytest.raises(NotAllowed) as refused:
        comments.comment(cast.delegate_academia.act, row, said())
    assert refused.value.rule is rules.NO_COMMENTER


def test_membership_that_ended_counts_no_more(cast: Cast, text: Process, make: Make) -> None:
    gone = make.organisation(Category.SECTOR_MEMBER, name="Gone Networks", member_of=())
    make.membership(gone, "T", ends_on=date(2026, 3, 1))
    actor = make.actor(make.person("Gwen Gone", organisation=gone))

    with pytest.raises(NotAllowed):
        comments.comment(make.act_as(actor), text, said())


def test_office_enters_what_came_in_time_by_another_way(cast: Cast, text: Process) -> None:
    cast.summon("company")
    after = geneva(2026, 3, 16, 9)
    form = said(entity="Imaginary Networks", received_at=geneva(2026, 3, 15, 22))

    row = comments.comment(at(cast, cast.tsb.actor, after), text, form)
    assert (row.entity, row.sent_at) == ("Imaginary Networks", geneva(2026, 3, 15, 22))
    for actor, facts, rule in (
        (cast.delegate_state.actor, {"entity": "Imaginary Networks"}, rules.ONLY_OFFICE),
        (cast.delegate_member.actor, {"received_at": geneva(2026, 3, 15, 22)}, rules.ONLY_OFFICE),
    ):
        with pytest.raises(NotAllowed) as refused:
            comments.comment(at(cast, actor, after), text, said(**facts))
        assert refused.value.rule is rule
    with pytest.raises(Closed):
        comments.comment(at(cast, cast.tsb.actor, after), text, said(entity="Imaginary Networks"))
    with pytest.raises(Invalid) as ahead:
        comments.comment(cast.tsb.act, text, said(entity="Imaginary Networks", received_at=after))
    assert ahead.value.rule is rules.WRONG_HOUR
    with pytest.raises(Invalid) as unknown:
        comments.comment(cast.tsb.act, text, said(entity="Nobody Networks"))
    assert unknown.value.rule is rules.NO_ENTITY


def test_closed_window_takes_nothing_though_the_hour_would(cast: Cast, make: Make) -> None:
    """The clock closed it: what was decided on the comments of then is not undone by one more."""
    row = process(cast)
    ran = window(cast, row)
    ran.closed_at = make.act.now
    make.session.flush()

    with pytest.raises(Closed):
        comments.comment(cast.delegate_member.act, row, said())
    with pytest.raises(Closed):
        comments.comment(cast.tsb.act, row, said(entity="Imaginary Networks"))


def test_opposition_gives_reasons_and_changes(cast: Cast, text: Process) -> None:
    for facts, rule in (
        ({"opposes": True}, rules.WAYS),
        ({"opposes": True, "kind": "typographical", "proposed": "10 s"}, rules.NOT_TYPOGRAPHICAL),
    ):
        with pytest.raises(Invalid) as refused:
            comments.comment(cast.delegate_member.act, text, said(**facts))
        assert refused.value.rule is rule
    assert comments.comment(cast.delegate_member.act, text, said(opposes=True, proposed="10 s")).opposes


def test_file_of_a_comment_waits_for_the_scanner(cast: Cast, text: Process) -> None:
    blob = Blob("c" * 64, 12)
    upload = Upload(blob, "marked up.docx", "application/x")

    row = comments.comment(cast.delegate_member.act, text, said(), upload)
    assert (row.file_name, row.file_sha256) == ("marked up.docx", "c" * 64)
    held = Upload(blob, "marked up.docx", "application/x", is_quarantined=True)
    with pytest.raises(Invalid) as refused:
        comments.comment(cast.delegate_member.act, text, said(), held)
    assert refused.value.rule is rules.IN_QUARANTINE


def test_changed_comment_keeps_what_it_said(cast: Cast, text: Process, make: Make) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    comments.dispose(cast.rapporteur.act, text, row, disposal("accepted"))

    changed = comments.change(cast.delegate_member.act, text, row, said(text="The timer is far too short."))
    assert (changed.version, changed.text, changed.disposition) == (3, "The timer is far too short.", "")
    kept = make.session.exec(select(CommentVersion).order_by(col(CommentVersion.version))).all()
    assert [(k.version, k.said["text"], k.said["disposition"]) for k in kept] == [
        (1, "The timer is too short.", ""),
        (2, "The timer is too short.", "accepted"),
    ]


def test_comment_is_changed_by_its_own_people_in_the_window(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())

    with pytest.raises(NotAllowed) as refused:
        comments.change(cast.delegate_state.act, text, row, said())
    assert refused.value.rule is rules.NOT_YOURS
    with pytest.raises(Conflict) as stale:
        comments.change(cast.focal_point.act, text, row, said(seen=7))
    assert stale.value.rule is rules.CHANGED
    assert comments.change(cast.focal_point.act, text, row, said(seen=1, text="Ours.")).version == 2
    with pytest.raises(Closed):
        comments.change(at(cast, cast.focal_point.actor, geneva(2026, 3, 16, 0, 0, 1)), text, row, said())


def test_comment_of_the_last_call_is_not_changed_in_the_review(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    first = cast.make.session.exec(select(Window)).one()
    first.closed_at = geneva(2026, 3, 16)
    cast.make.add(first)
    window(cast, text, "additional-review", opens=date(2026, 4, 1), closes=date(2026, 4, 21))
    later = at(cast, cast.delegate_member.actor, geneva(2026, 4, 2))

    with pytest.raises(Closed) as refused:
        comments.change(later, text, row, said(text="Longer."))

    assert refused.value.rule is rules.EARLIER
    assert (row.text, row.version) == ("The timer is too short.", 1)
    assert comments.comment(later, text, said(text="Longer.")).number == 2


def test_withdrawn_comment_stays_and_is_settled(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    after = geneva(2026, 4, 2)

    with pytest.raises(NotAllowed):
        comments.withdraw(at(cast, cast.chair.actor, after), text, row)
    gone = comments.withdraw(at(cast, cast.delegate_member.actor, after), text, row, "Solved by a meeting")
    assert (gone.withdrawn_at, gone.disposition) == (after, "withdrawn")
    for again in (
        lambda: comments.withdraw(cast.delegate_member.act, text, row),
        lambda: comments.change(cast.delegate_member.act, text, row, said()),
        lambda: comments.dispose(cast.rapporteur.act, text, row, disposal("accepted")),
        lambda: comments.satisfy(cast.delegate_member.act, text, row),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.rule is rules.WITHDRAWN


def test_disposition_is_for_those_who_write_for_the_group(cast: Cast, text: Process, make: Make) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    for player in (cast.delegate_member, cast.delegate_state, cast.outsider, cast.guest):
        with pytest.raises(NotAllowed):
            comments.dispose(player.act, text, row, disposal("accepted"))
        assert not comments.may_dispose(player.act, text)
    for player in (cast.rapporteur, cast.editor, cast.chair, cast.counsellor, cast.tsb):
        assert comments.may_dispose(player.act, text)

    assert comments.dispose(cast.editor.act, text, row, disposal("accepted")).disposed_by == cast.editor.person.id
    named: dict[str, Any] = {
        "number": 7,
        "sector": "T",
        "acronym": "Y.slice",
        "acronym_key": "yslice",
        "sort_key": "Y",
        "title": "S",
    }
    times: dict[str, Any] = {"registered_at": make.act.now, "changed_at": make.act.now}
    item = make.add(WorkItem(group_id=cast.sg13.id, **named, **times))
    make.add(ItemEditor(work_item_id=item.id, person_id=cast.delegate_academia.person.id))
    text.work_item_id = item.id
    make.session.flush()
    assert comments.may_dispose(cast.delegate_academia.act, text)


def test_disposition_gives_its_reason(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    for what in ("rejected", "out-of-scope", "accepted-with-change"):
        with pytest.raises(Invalid) as refused:
            comments.dispose(cast.rapporteur.act, text, row, disposal(what))
        assert refused.value.rule is rules.REASON
    with pytest.raises(Invalid) as refused:
        comments.dispose(cast.rapporteur.act, text, row, disposal("withdrawn", reason="They said so"))
    assert refused.value.rule is rules.COMMENTER_WITHDRAWS

    done = comments.dispose(cast.rapporteur.act, text, row, disposal("rejected", reason="Measured", seen=1))
    assert (done.disposition, done.disposition_text, done.version) == ("rejected", "Measured", 2)
    with pytest.raises(Conflict):
        comments.dispose(cast.chair.act, text, row, disposal("accepted", seen=1))
    open_again = comments.dispose(cast.chair.act, text, row, disposal(None))
    assert (open_again.disposition, open_again.disposed_by) == ("", None)


def test_same_disposition_twice_writes_nothing(cast: Cast, text: Process, make: Make) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    for _ in range(2):
        comments.dispose(cast.rapporteur.act, text, row, disposal("rejected", reason="Measured"))

    assert row.version == 2
    assert len(make.session.exec(select(Entry).where(Entry.verb == "approval.comment-disposed")).all()) == 1


def test_satisfaction_is_the_commenters_and_ends_with_another_disposition(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    with pytest.raises(Conflict) as early:
        comments.satisfy(cast.delegate_member.act, text, row)
    assert early.value.rule is rules.NO_DISPOSITION
    comments.dispose(cast.rapporteur.act, text, row, disposal("accepted"))
    with pytest.raises(NotAllowed):
        comments.satisfy(cast.delegate_state.act, text, row)

    assert comments.satisfy(cast.delegate_member.act, text, row).satisfied_by == cast.delegate_member.person.id
    again = comments.dispose(cast.rapporteur.act, text, row, disposal("rejected", reason="After all"))
    assert (again.satisfied_by, again.satisfied_at) == (None, None)
    assert comments.satisfy(cast.tsb.act, text, row).satisfied_by == cast.tsb.person.id
    assert comments.satisfy(cast.delegate_member.act, text, row, satisfied=False).satisfied_at is None


def test_chair_contests_the_kind(cast: Cast, text: Process, make: Make) -> None:
    row = comments.comment(cast.delegate_member.act, text, said(opposes=True, proposed="10 s"))
    form = ClassForm.model_validate({"kind": "typographical", "reason": "A comma"})
    with pytest.raises(NotAllowed):
        comments.classify(cast.rapporteur.act, text, row, form)
    with pytest.raises(Invalid):
        comments.classify(cast.chair.act, text, row, form)

    plain = comments.comment(cast.delegate_member.act, text, said())
    assert comments.classify(cast.chair.act, text, plain, form).kind == "typographical"
    kept = make.session.exec(select(CommentVersion).where(CommentVersion.comment_id == plain.id)).one()
    assert kept.said["kind"] == "substantive"


def test_process_that_ended_keeps_its_comments(cast: Cast, text: Process) -> None:
    row = comments.comment(cast.delegate_member.act, text, said())
    text.is_open, text.ended_on = False, date(2026, 3, 16)
    cast.make.session.flush()

    for late in (
        lambda: comments.withdraw(cast.delegate_member.act, text, row),
        lambda: comments.dispose(cast.rapporteur.act, text, row, disposal("accepted")),
        lambda: comments.satisfy(cast.delegate_member.act, text, row),
    ):
        with pytest.raises(Conflict) as refused:
            late()
        assert refused.value.rule is rules.OVER


def test_numbers_of_comments_sent_at_once_differ(cast: Cast, text: Process, database: Database, make: Make) -> None:
    cast.summon("delegate_member", "delegate_state")
    actors = [cast.delegate_member.actor, cast.delegate_state.actor] * 3
    make.session.commit()
    ready, failed = Barrier(len(actors)), []

    def send(actor: object) -> None:
        with Session(database.engine.execution_options(sgdocs_writing=True)) as session:
            ready.wait()
            try:
                row = session.get_one(Process, text.id)
                comments.comment(Act(session, actor, make.act.now), row, said())  # type: ignore[arg-type]
                session.commit()
            except Exception as error:  # told to the test
                failed.append(error)

    threads = [Thread(target=send, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    numbers = make.session.exec(select(Comment.number).order_by(col(Comment.number))).all()
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_comment_that_waits_for_the_closing_finds_it_closed(
    cast: Cast, text: Process, database: Database, make: Make
) -> None:
    """The page was read while the window ran; the clock closes it meanwhile."""
    make.session.commit()
    with Session(database.engine.execution_options(sgdocs_writing=True)) as session:
        session.exec(select(Window)).one().closed_at = make.act.now
        session.commit()

    with pytest.raises(Closed):
        comments.comment(cast.delegate_member.act, text, said())
