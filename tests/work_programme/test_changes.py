"""Accepted changes: who enters them, what contradicts, which draft is checked against which base text."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import base_texts, change_rules
from sgdocs.work_programme.actions import changes
from sgdocs.work_programme.baseline import State
from sgdocs.work_programme.change_schemas import AllChangesForm, ChangeForm
from sgdocs.work_programme.clashes import Clash
from sgdocs.work_programme.models import AcceptedChange, ItemPaper, WorkItem
from sgdocs.work_programme.queries import changes_of
from sgdocs.work_programme.rules import ENDED_ITEM, NOT_BEGUN, NOT_OF_GROUP
from tests.cast import Cast, Player
from tests.documents.papers import kept, paper
from tests.make import Make
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.work_programme.base_item import based, brought, changed, item_row, three

DELAY = "The delay of a slice stays below 5 ns."


@pytest.fixture
def meeting(cast: Cast, clock: Clock) -> Meeting:
    row = study_group_meeting(cast, starts_on=clock.now.date() - timedelta(1), ends_on=clock.now.date() + timedelta(8))
    base_texts.forget()
    return row


@pytest.fixture
def item(cast: Cast, make: Make, meeting: Meeting) -> WorkItem:
    return three(cast, make, meeting)[0]


def form(meeting: Meeting, **facts: str) -> ChangeForm:
    words = {
        "document": "T25-SG13-C91",
        "clause": "7.1",
        "before": DELAY,
        "after": "The delay of a slice stays below 3 ns.",
        "meeting": meeting.code,
    }
    return ChangeForm.model_validate(words | facts)


def accepted(who: Player, item: WorkItem, meeting: Meeting, **facts: str) -> AcceptedChange:
    return changes.accept(who.act, item, form(meeting, **facts))


def test_change_is_numbered_bound_and_told(make: Make, cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    one = accepted(cast.rapporteur, item, meeting)
    two = accepted(
        cast.chair, item, meeting, before="", after="Masks are needed.", clause="clause 7.2", note="as amended"
    )

    assert [(row.number, row.change, row.clause, row.sha256) for row in (one, two)] == [
        (1, "replaces", "7.1", f"{91:064d}"),
        (2, "adds", "7.2", f"{91:064d}"),
    ]
    assert (one.base_id, one.meeting_id) == (base_texts.base_texts(cast.chair.act, item)[0].id, meeting.id)
    told = make.session.exec(select(Entry).where(Entry.verb == "work.change-accepted")).all()
    assert [(e.audience, e.facts["change"], e.facts["clause"], e.facts["paper"]) for e in told] == [
        ("T/SG13", 1, "7.1", "T25-SG13-C91"),
        ("T/SG13", 2, "7.2", "T25-SG13-C91"),
    ]


@pytest.mark.parametrize("name", ["delegate_member", "outsider", "guest"])
def test_only_officers_and_editors_enter_changes(cast: Cast, item: WorkItem, meeting: Meeting, name: str) -> None:
    with pytest.raises(NotAllowed):
        accepted(getattr(cast, name), item, meeting)


@pytest.mark.parametrize(
    ("facts", "kind", "rule"),
    [
        ({"after": DELAY}, Invalid, change_rules.NOTHING),
        ({"before": "", "after": ""}, Invalid, change_rules.NOTHING),
        ({"clause": "9"}, Invalid, change_rules.NO_CLAUSE),
        ({"before": "The delay of a slice stays below 6 ns."}, Invalid, change_rules.NOT_THERE),
        ({"clause": "7.2"}, Invalid, change_rules.NOT_THERE),
        ({"base": "f" * 64}, Conflict, change_rules.OTHER_BASE),
    ],
    ids=["same", "nothing", "clause", "words", "another clause", "base moved"],
)
def test_change_that_cannot_be(
    cast: Cast,
    item: WorkItem,
    meeting: Meeting,
    facts: dict[str, str],
    kind: type[Exception],
    rule: object,
) -> None:
    with pytest.raises(kind) as refused:
        accepted(cast.rapporteur, item, meeting, **facts)
    assert refused.value.rule is rule  # type: ignore[attr-defined]


def test_punctuation_alone_is_a_change(cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    assert accepted(cast.rapporteur, item, meeting, after="The delay of a slice, stays below 5 ns.").number == 1


def test_one_sentence_is_changed_once(cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    first = accepted(cast.rapporteur, item, meeting)

    for facts in ({"after": "The delay of a slice stays below 2 ns.", "document": "T25-SG13-C92"}, {}):
        with pytest.raises(Conflict) as refused:
            accepted(cast.rapporteur, item, meeting, **facts)
        assert (refused.value.rule, refused.value.facts["number"]) == (change_rules.TAKEN, 1)

    changes.undo(cast.rapporteur.act, item, first, "The group preferred C92")
    second = accepted(
        cast.rapporteur, item, meeting, document="T25-SG13-C92", after="The delay of a slice stays below 2 ns."
    )
    assert (second.number, first.undone_reason) == (2, "The group preferred C92")
    for reason, rule in (("", change_rules.UNDONE), ("Again", change_rules.UNDONE)):
        with pytest.raises(Conflict) as twice:
            changes.undo(cast.rapporteur.act, item, first, reason)
        assert twice.value.rule is rule
    with pytest.raises(Invalid):
        changes.undo(cast.rapporteur.act, item, second, "")


def test_same_addition_twice_is_refused(cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    accepted(cast.rapporteur, item, meeting, before="", after="Masks are needed.")

    with pytest.raises(Conflict):
        accepted(cast.rapporteur, item, meeting, before="", after="Masks are needed")
    assert accepted(cast.rapporteur, item, meeting, before="", after="Rulers are needed.").number == 2


def test_meeting_must_have_begun_and_be_of_the_group(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting, clock: Clock
) -> None:
    other = make.add(
        Meeting(
            code="T25-SG15-X",
            sector="T",
            kind="study-group",
            group_id=cast.sg15.id or 0,
            title="Other",
            starts_on=clock.now.date(),
            ends_on=clock.now.date(),
            created_at=clock.now,
            changed_at=clock.now,
        )
    )
    with pytest.raises(Invalid) as refused:
        accepted(cast.rapporteur, item, other)
    assert refused.value.rule is NOT_OF_GROUP

    meeting.starts_on = clock.now.date() + timedelta(1)
    with pytest.raises(Invalid) as early:
        accepted(cast.rapporteur, item, meeting)
    assert early.value.rule is NOT_BEGUN


def test_ended_item_takes_no_change(cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    item.status = "approved"

    with pytest.raises(Conflict) as refused:
        accepted(cast.rapporteur, item, meeting)
    assert refused.value.rule is ENDED_ITEM


def test_item_without_a_base_text_takes_no_change(cast: Cast, make: Make, meeting: Meeting) -> None:
    item = item_row(make, cast.sg13, "Y.empty", number=1, question=cast.q2)
    paper(make, 91, meeting=meeting.code)

    with pytest.raises(Conflict) as refused:
        accepted(cast.rapporteur, item, meeting)
    assert refused.value.rule is change_rules.NO_BASE
    assert base_texts.requested(cast.rapporteur.act, item) is None


def test_hidden_document_is_not_there(cast: Cast, make: Make, item: WorkItem, meeting: Meeting) -> None:
    narrow = make.session.exec(select(Document).where(Document.name == "T25-SG13-C91")).one()
    accepted(cast.rapporteur, item, meeting)
    narrow.audience = "secretariat"

    with pytest.raises(NotFound):
        accepted(cast.rapporteur, item, meeting, clause="7.2", before="", after="x y z")
    assert changes_of(cast.rapporteur.act, item) == []
    assert [row.change.number for row in changes_of(cast.tsb.act, item)] == [1]
    found = base_texts.requested(cast.rapporteur.act, item)
    assert found is not None
    assert sorted(each.name for each in found.documents.values()) == ["T25-SG13-C92", "T25-SG13-C93"]
    with pytest.raises(Conflict) as refused:
        accepted(cast.rapporteur, item, meeting, document="T25-SG13-C92", after="The delay stays.")
    assert refused.value.facts["document"] == "-"


def test_all_changes_of_a_document_are_entered_or_none(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    rows = changes.accept_all(cast.rapporteur.act, item, AllChangesForm(document="T25-SG13-C93", meeting=meeting.code))
    assert [(row.number, row.clause, row.change) for row in rows] == [(1, "7.3", "adds")]

    accepted(cast.rapporteur, item, meeting)
    with pytest.raises(Conflict), make.session.begin_nested():
        changes.accept_all(cast.rapporteur.act, item, AllChangesForm(document="T25-SG13-C92", meeting=meeting.code))
    assert [row.change.number for row in changes_of(cast.rapporteur.act, item)] == [1, 2]


def test_document_whose_change_was_accepted_belongs_to_the_item(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    other = paper(make, 99, meeting=meeting.code)

    accepted(cast.rapporteur, item, meeting, document=other.name)

    held = make.session.exec(select(ItemPaper).where(ItemPaper.document_id == other.id)).one()
    assert (held.by_hand, held.role) == (True, "contribution")


def test_requests_stand_side_by_side(cast: Cast, item: WorkItem) -> None:
    found = base_texts.requested(cast.delegate_member.act, item)

    assert found is not None
    assert found.clashes == 1
    assert [(clause.label, clause.clashes) for clause in found.clauses] == [("7.1", 1), ("7.3", 0)]
    rows = [(row.before, row.clash, len(row.wishes)) for row in found.clauses[0].rows]
    assert rows == [(DELAY, Clash.SENTENCE, 2), ("It is measured at the port of the user.", Clash.NONE, 1)]
    assert base_texts.requested(cast.outsider.act, item) is None


def test_requests_follow_the_present_revision(cast: Cast, make: Make, item: WorkItem) -> None:
    document = make.session.exec(select(Document).where(Document.name == "T25-SG13-C92")).one()
    kept(make, document, changed(), "R1", sha256="9" * 64, name="x.docx")

    found = base_texts.requested(cast.delegate_member.act, item)

    assert found is not None
    assert (found.clashes, [each.name for each in found.silent]) == (0, ["T25-SG13-C92"])


def test_older_contributions_are_left_out_unless_asked_for(cast: Cast, make: Make, item: WorkItem) -> None:
    base_texts.base_texts(cast.tsb.act, item)[0].happened_on = make.act.now.date() + timedelta(1)

    found = base_texts.requested(cast.delegate_member.act, item)
    everything = base_texts.requested(cast.delegate_member.act, item, older=True)

    assert found is not None
    assert everything is not None
    assert (len(found.clauses), found.older, len(everything.clauses), everything.older) == (0, 3, 2, 0)


def test_next_draft_is_checked_against_the_base_before_it(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    accepted(cast.rapporteur, item, meeting)
    accepted(
        cast.rapporteur, item, meeting, document="T25-SG13-C93", clause="7.2", before="", after="The mask is normative."
    )
    draft = paper(make, 95, meeting=meeting.code, title="Draft of Y.slice")
    kept(make, draft, changed(c71="The delay of a slice stays below 3 ns.\nIt is measured at night."), sha256="5" * 64)
    brought(make, item, draft, "output")

    assert base_texts.next_draft(cast.chair.act, item) == draft.name
    found = base_texts.checked(cast.chair.act, item, draft.name)

    assert found is not None
    assert [(fate.number, fate.state) for fate in found.check.fates] == [(1, State.IN), (2, State.MISSING)]
    assert [each.edit.after for each in found.check.unaccepted] == ["It is measured at night."]


def test_change_that_was_left_out_is_due_in_the_draft_after_that(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    accepted(cast.rapporteur, item, meeting)
    accepted(
        cast.rapporteur, item, meeting, document="T25-SG13-C93", clause="7.2", before="", after="The mask is normative."
    )
    first = paper(make, 95, meeting=meeting.code, title="Draft of Y.slice")
    text = changed(c71="The delay of a slice stays below 3 ns.\nIt is measured at the port of the user.")
    based(make, item, first, text, on=date(2026, 3, 1))
    second = paper(make, 96, meeting=meeting.code, title="Next draft of Y.slice")
    kept(make, second, text, sha256="6" * 64)

    of_base = base_texts.checked(cast.chair.act, item, base_texts.next_draft(cast.chair.act, item))
    of_draft = base_texts.checked(cast.chair.act, item, second.name)

    assert of_base is not None
    assert of_draft is not None
    assert of_base.base.document.name == "T25-SG13-C90"
    assert [(fate.number, fate.state) for fate in of_base.check.fates] == [(1, State.IN), (2, State.MISSING)]
    assert [(fate.number, fate.state) for fate in of_draft.check.fates] == [(2, State.MISSING)]
    assert of_draft.check.unaccepted == ()


def test_first_base_text_has_nothing_to_be_checked_against(cast: Cast, make: Make, item: WorkItem) -> None:
    with pytest.raises(Conflict) as refused:
        base_texts.checked(cast.chair.act, item, "T25-SG13-C90")
    assert refused.value.rule is change_rules.SAME_TEXT
    with pytest.raises(Conflict) as unread:
        base_texts.checked(cast.chair.act, item, paper(make, 97).name)
    assert unread.value.rule is change_rules.NO_TEXT
    assert base_texts.next_draft(cast.chair.act, item) == ""


def test_change_from_a_hidden_document_is_neither_told_nor_called_foreign(
    cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    accepted(cast.rapporteur, item, meeting)
    make.session.exec(select(Document).where(Document.name == "T25-SG13-C91")).one().audience = "secretariat"
    draft = paper(make, 95, meeting=meeting.code, title="Draft of Y.slice")
    kept(make, draft, changed(c71="The delay of a slice stays below 3 ns.\nIt is measured at night."), sha256="5" * 64)

    found = base_texts.checked(cast.delegate_member.act, item, draft.name)
    told = base_texts.checked(cast.tsb.act, item, draft.name)

    assert found is not None
    assert told is not None
    assert (found.check.fates, found.changes) == ((), {})
    assert [fate.state for fate in told.check.fates] == [State.IN]
    assert [each.edit.after for each in found.check.unaccepted] == ["It is measured at night."]


def test_two_at_once_accept_one_sentence_once(
    cast: Cast, make: Make, database: Database, item: WorkItem, meeting: Meeting
) -> None:
    actor, at, code, item_id = cast.rapporteur.actor, make.act.now, meeting.code, item.id
    make.session.commit()
    start, told = Barrier(2), list[object]()

    def press(document: str, words: str) -> None:
        start.wait()
        try:
            with database.writing() as session:
                act = Act(session, actor, at)
                entered = ChangeForm(document=document, clause="7.1", before=DELAY, after=words, meeting=code)
                told.append(changes.accept(act, session.get_one(WorkItem, item_id), entered).number)
        except Conflict as refused:
            told.append(refused.rule)

    threads = [
        Thread(target=press, args=(f"T25-SG13-C9{n}", f"The delay of a slice stays below {n} ns.")) for n in (1, 2)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(told, key=str) == sorted([1, change_rules.TAKEN], key=str)
