"""What is learnt of documents that were narrowed or withdrawn, and what rights others have over a paper: as little as is due."""

from datetime import timedelta
from typing import Any

import pytest

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, NotAllowed
from sgdocs.documents import actions, citing, packing, queries
from sgdocs.documents.models import Citation, Document
from sgdocs.documents.queries import DocumentFilter
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.rules import Status
from sgdocs.documents.telling import facts_told, tellable
from sgdocs.groups.queries import audiences
from sgdocs.journal import outbox
from sgdocs.journal.queries import changes
from sgdocs.meetings.models import MeetingGroup
from sgdocs.policy import Role
from tests.cast import Cast
from tests.documents.desk import LAST_SECOND, at, form, meeting, revision, rgm, submitted, upload
from tests.documents.papers import file
from tests.make import Make

LATE = LAST_SECOND + timedelta(seconds=1)
SECRET = "Kryptonite"


def told(act: Act) -> list[tuple[str, Any]]:
    """Verbs and titles of what the actor reads in `changes`."""
    outbox.seal(act.session, lambda verb: [], act.now)
    entries = changes(act.session, audiences(act), tellable(act))
    facts = facts_told(act, entries)
    return [(e.verb, f.get("title")) for e, f in zip(entries, facts, strict=True) if e.subject_kind == "document"]


@pytest.fixture
def document(cast: Cast, make: Make) -> Document:
    return submitted(cast.delegate_member.act, meeting(make), title=SECRET)


# Histories


def test_document_that_was_narrowed_takes_its_past_with_it(cast: Cast, document: Document) -> None:
    before = told(cast.delegate_state.act)
    actions.set_audience(cast.tsb.act, document, "secretariat", "Names in it")

    assert before == [("documents.submitted", SECRET)]
    assert told(cast.delegate_state.act) == told(cast.guest.act) == told(cast.outsider.act) == []
    assert told(cast.delegate_member.act) == before
    assert [verb for verb, _ in told(cast.tsb.act)] == ["documents.submitted", "documents.reclassified"]


def test_journal_tells_of_a_tombstone_no_more_than_its_number(cast: Cast, document: Document) -> None:
    actions.revise(cast.delegate_member.act, document, revision(title=SECRET, note=SECRET), [upload()])
    actions.withdraw(cast.delegate_member.act, document, "Sent too early")

    verbs = ["documents.submitted", "documents.revised", "documents.withdrawn"]
    assert told(cast.delegate_state.act) == [(verb, None) for verb in verbs]
    assert {title for _, title in told(cast.delegate_member.act)} == {SECRET}
    act = cast.guest.act
    entries = changes(act.session, audiences(act), tellable(act))
    assert SECRET not in str(facts_told(act, entries))
    assert "Sent too early" in str(facts_told(act, entries))


def test_deleted_draft_is_told_to_the_secretariat_alone(cast: Cast, make: Make) -> None:
    act = at(cast.delegate_member.act, LATE)
    held = submitted(act, meeting(make), title=SECRET)
    actions.delete(act, held)

    assert told(cast.delegate_state.act) == []
    assert [verb for verb, _ in told(cast.tsb.act)] == ["documents.held", "documents.deleted"]


# Tombstones


def test_title_of_a_tombstone_is_neither_found_nor_listed(cast: Cast, document: Document) -> None:
    actions.withdraw(cast.delegate_member.act, document, "Sent too early")
    act, sg13 = cast.delegate_state.act, queries.meeting_of(cast.tsb.act.session, document)
    assert sg13 is not None

    assert queries.for_meeting(act, sg13, DocumentFilter(q=SECRET)) == []
    assert queries.for_meeting(act, sg13, DocumentFilter(q=SECRET.lower())) == []
    assert [row.title for row in queries.for_meeting(act, sg13, DocumentFilter(q="C1"))] == ["Withdrawn"]
    assert [each.title for each in packing.withdrawn_of(act, sg13)] == ["Withdrawn"]


def test_citing_document_does_not_tell_the_title_of_a_tombstone(cast: Cast, make: Make, document: Document) -> None:
    other = submitted(cast.delegate_state.act, queries.meeting_of(make.session, document) or meeting(make))
    named = file(make, other, part="A1")
    row = Citation(
        document_id=other.id or 0, file_id=named.id or 0, cited_id=document.id, words="C1", identifier="SG13-C1"
    )
    make.add(row)
    actions.withdraw(cast.delegate_member.act, document, "Sent too early")

    assert [each.title for each in citing.cites(cast.delegate_state.act, other, [named])] == ["Withdrawn"]


def test_refused_file_is_given_to_nobody(cast: Cast, make: Make) -> None:
    document = submitted(cast.delegate_member.act, meeting(make), upload(is_quarantined=True))
    before = len(queries.files_of(cast.delegate_member.act, document))
    actions.refuse_quarantine(cast.tsb.act, queries.versions_of(make.session, document)[0], "A virus")

    assert before == 1
    for player in (cast.delegate_member, cast.focal_point, cast.tsb, cast.delegate_state):
        assert queries.files_of(player.act, document) == []


# Rights


def test_question_of_another_group_gives_no_right_over_papers(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    theirs = make.group("T/SG15/T25/Q4", title="Lines")
    stranger = make.person("Rosa Elsewhere", organisation=cast.company)
    make.appointment(stranger, Role.RAPPORTEUR, theirs)
    act = make.act_as(make.actor(stranger))
    asked = form(kind=K.TEMPORARY, stream="GEN", sources=["Rapporteur Q4/15"], questions=[theirs.path])

    with pytest.raises(NotAllowed):
        actions.submit(act, sg13, asked, [upload()])

    make.add(MeetingGroup(meeting_id=sg13.id or 0, group_id=theirs.id or 0))
    assert actions.submit(act, sg13, asked, [upload()]).status == Status.POSTED


def test_other_rapporteur_registers_like_everybody_for_a_rapporteur_meeting(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    theirs = make.group("T/SG13/T25/Q3", title="Clouds")
    stranger = make.person("Rosa Elsewhere", organisation=cast.company)
    make.appointment(stranger, Role.RAPPORTEUR, theirs)

    with pytest.raises(NotAllowed) as refused:
        actions.submit(make.act_as(make.actor(stranger)), rgm(make), form(questions=[theirs.path]), [upload()])
    assert refused.value.rule.id == "documents.participants"


def test_paper_of_a_group_is_not_its_rapporteurs_colleagues(cast: Cast, make: Make) -> None:
    asked = form(kind=K.TEMPORARY, stream="GEN", sources=["Rapporteur Q2/13"], questions=["Q2/13"])
    cast.summon("q2")
    document = actions.submit(cast.rapporteur.act, meeting(make), asked, [upload()])

    for verb, last in ((actions.revise, (revision(), [upload()])), (actions.withdraw, ("Ours is better",))):
        with pytest.raises(NotAllowed):
            verb(cast.delegate_member.act, document, *last)
    assert actions.revise(cast.rapporteur.act, document, revision(), [upload()]).part == "R1"


def test_nothing_new_stands_unmarked_beside_what_came_in_time(cast: Cast, document: Document) -> None:
    act = cast.delegate_member.act
    original = queries.version(act, document, "")
    actions.add_language(at(act, LAST_SECOND), document, original, [upload(language="fr")])

    with pytest.raises(Closed) as refused:
        actions.add_language(at(act, LATE), document, original, [upload(language="es")])
    assert refused.value.rule.id == "documents.files-late"
    actions.add_language(at(cast.tsb.act, LATE), document, original, [upload(language="es")])
    late = actions.revise(at(act, LATE), document, revision(), [upload()])
    actions.add_language(at(act, LATE), document, late, [upload(language="fr")])
    with pytest.raises(Closed):
        actions.add_language(at(act, LATE + timedelta(days=60)), document, late, [upload(language="es")])
