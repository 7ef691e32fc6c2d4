"""Revise, withdraw, delete, restore, admit, carry over, classify, relate."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.documents import actions, queries
from sgdocs.documents.allocations import unplaced
from sgdocs.documents.gaps import series_by_key
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.rules import Limits, LineageKind, Status
from sgdocs.journal.models import Entry
from sgdocs.policy import Role
from tests.cast import Cast
from tests.documents.desk import (
    LAST_SECOND,
    assembly,
    at,
    form,
    meeting,
    next_meeting,
    reservation,
    revision,
    rgm,
    submitted,
    upload,
)
from tests.make import Make

LATE = LAST_SECOND + timedelta(seconds=1)


def verbs(act: Act, document: Document) -> list[str]:
    held = select(Entry.verb).where(Entry.subject_kind == "document", Entry.subject_id == document.id)
    return list(act.session.exec(held.order_by(Entry.id)))  # type: ignore[arg-type]


def refused(kind: type[Refused], verb: object, *args: object, **facts: object) -> str:
    """The id of the rule by which it is refused."""
    with pytest.raises(kind) as caught:
        verb(*args, **facts)  # type: ignore[operator]
    return caught.value.rule.id


# Revisions


def test_revisions_addenda_and_corrigenda_are_counted_apart_without_gaps(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))

    parts = [
        actions.revise(act, document, revision(title=title), [upload()], part=part).part
        for part, title in (("R", "Second"), ("A", None), ("R", "Third"), ("C", None), ("A", None))
    ]

    assert parts == ["R1", "A1", "R2", "C1", "A2"]
    assert (document.revision, document.title, document.number) == (2, "Third", 1)
    assert [v.title for v in queries.versions_of(act.session, document)][:3] == ["A proposal", "Second", "Second"]
    assert [f.name for f in queries.current_files(act, document)] == ["T25-SG13-C1R2-E.docx"]
    assert verbs(act, document) == ["documents.submitted", *["documents.revised"] * 5]


@pytest.mark.parametrize(
    ("player", "may"),
    [
        ("delegate_member", True),
        ("rapporteur", True),
        ("chair", True),
        ("counsellor", True),
        ("tsb", True),
        ("delegate_state", False),
        ("delegate_associate", False),
        ("guest", False),
    ],
)
def test_owner_entity_officers_and_secretariat_revise(cast: Cast, make: Make, player: str, may: bool) -> None:
    document = submitted(cast.delegate_member.act, meeting(make))
    act = getattr(cast, player).act

    if may:
        assert actions.revise(act, document, revision(), [upload()]).part == "R1"
    else:
        assert refused(NotAllowed, actions.revise, act, document, revision(), [upload()]) == "policy.not-permitted"


def test_revision_after_the_deadline_is_taken_and_marked(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = submitted(act, sg13)

    first = actions.revise(at(act, LAST_SECOND), document, revision(), [upload()])
    second = actions.revise(at(act, LATE), document, revision(), [upload()])

    assert (first.late, second.late, document.status, document.late) == ("", "contribution", Status.POSTED, "")
    [row] = queries.for_meeting(cast.delegate_state.act, sg13)
    assert (row.late, row.late_revision, row.revision) == ("", "R2", 2)


def test_revisions_end_with_the_meeting_but_for_the_secretariat(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = submitted(act, sg13)
    last = datetime(2026, 4, 24, 21, 59, 59, tzinfo=UTC)
    after = last + timedelta(seconds=1)

    assert actions.revise(at(act, last), document, revision(), [upload()]).part == "R1"
    for player in (cast.delegate_member, cast.chair):
        said = refused(Closed, actions.revise, at(player.act, after), document, revision(), [upload()])
        assert said == "documents.meeting-over"
    assert actions.revise(at(cast.tsb.act, after), document, revision(), [upload()], part="C").part == "C1"


def test_meeting_that_was_closed_early_takes_no_revision(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = submitted(act, sg13)
    sg13.status = "closed"
    make.add(sg13)

    assert refused(Closed, actions.revise, act, document, revision(), [upload()]) == "documents.meeting-over"


def test_what_is_not_posted_is_not_revised(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    reserved = actions.reserve(act, meeting(make), reservation())

    assert refused(Conflict, actions.revise, act, reserved, revision(), [upload()]) == "documents.state"


def test_unknown_part_and_missing_file_are_refused(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))

    assert refused(Invalid, actions.revise, act, document, revision(), [upload()], part="Z") == "documents.stream"
    assert refused(Invalid, actions.revise, act, document, revision(), []) == "documents.no-file"


def test_translation_is_added_to_a_version(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))
    [version] = queries.versions_of(act.session, document)

    actions.add_language(cast.tsb.act, document, version, [upload(language="fr"), upload(language="fr")])

    names = [f.name for f in queries.current_files(act, document)]
    assert names == ["T25-SG13-C1-E.docx", "T25-SG13-C1-F.docx", "T25-SG13-C1-F-2.docx"]
    assert refused(NotAllowed, actions.add_language, cast.delegate_state.act, document, version, [upload()])


# Withdrawal, deletion


def test_withdrawal_leaves_a_tombstone(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = submitted(act, sg13)

    actions.withdraw(act, document, "Merged with C2")

    other = cast.delegate_state.act
    seen = queries.by_name(other, document.name)
    [row] = queries.for_meeting(other, sg13)
    assert (seen.status, seen.withdrawn_reason, seen.audience) == (Status.WITHDRAWN, "Merged with C2", "T/SG13")
    assert (row.label, row.title, row.status) == ("SG13-C1", "Withdrawn", "withdrawn")
    assert (len(queries.files_of(other, document)), len(queries.files_of(act, document))) == (0, 1)
    assert submitted(act, sg13).number == 2
    assert verbs(act, document)[-1] == "documents.withdrawn"


def test_withdrawal_wants_a_reason_and_happens_once(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))

    assert refused(Invalid, actions.withdraw, act, document, "  ") == "documents.reason"
    actions.withdraw(act, document, "A mistake")
    assert refused(Conflict, actions.withdraw, act, document, "Again") == "documents.state"


def test_contribution_is_not_the_chairs_to_withdraw_but_a_paper_of_the_group_is(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    cast.summon("q2")
    contribution = submitted(cast.delegate_member.act, sg13)
    td = submitted(cast.tsb.act, sg13, kind=K.TEMPORARY)
    doc = submitted(cast.editor.act, rgm(make))

    assert refused(NotAllowed, actions.withdraw, cast.chair.act, contribution, "No") == "policy.not-permitted"
    assert actions.withdraw(cast.chair.act, td, "Replaced").status == Status.WITHDRAWN
    assert actions.withdraw(cast.rapporteur.act, doc, "Twice").status == Status.WITHDRAWN


def test_reservation_is_deleted_and_restored_with_its_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = actions.reserve(act, sg13, reservation())

    actions.delete(act, document)

    with pytest.raises(NotFound):
        queries.by_name(act, document.name)
    assert submitted(act, sg13).number == 2
    last_day = at(act, act.now + timedelta(days=30))
    found = queries.by_name(last_day, document.name, deleted=True)
    actions.restore(last_day, found)
    assert (found.number, found.deleted_at, found.expires_at) == (1, None, last_day.now + timedelta(days=14))
    assert queries.by_name(act, document.name) == found
    assert actions.fill(act, found, form(), [upload()]).status == Status.POSTED


def test_restoring_ends_after_thirty_days(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.delete(act, actions.reserve(act, meeting(make), reservation()))
    too_late = at(act, act.now + timedelta(days=30, seconds=1))

    assert refused(Conflict, actions.restore, too_late, document) == "documents.restore"
    assert actions.restore(too_late, document, limits=Limits(restore_days=31)).deleted_at is None
    assert refused(Conflict, actions.restore, act, document) == "documents.not-deleted"


def test_posted_document_is_withdrawn_not_deleted(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act

    assert refused(Conflict, actions.delete, act, submitted(act, meeting(make))) == "documents.state"


def test_others_drafts_are_not_deleted_nor_restored(cast: Cast, make: Make) -> None:
    document = actions.reserve(cast.delegate_member.act, meeting(make), reservation())

    for player in (cast.delegate_state, cast.chair, cast.guest):
        assert refused(NotAllowed, actions.delete, player.act, document) == "policy.not-permitted"
    actions.delete(cast.tsb.act, document)
    assert refused(NotAllowed, actions.restore, cast.chair.act, document) == "policy.not-permitted"


# Late contributions


@pytest.fixture
def director(cast: Cast, make: Make) -> Act:
    person = make.person("Dieter Circular", organisation=cast.bureau)
    make.appointment(person, Role.DIRECTOR)
    return make.act_as(make.actor(person))


def held(cast: Cast, make: Make) -> Document:
    return submitted(at(cast.delegate_member.act, LATE), meeting(make))


def test_director_admits_and_the_meeting_decides(cast: Cast, make: Make, director: Act) -> None:
    document = held(cast, make)

    for player in (cast.delegate_member, cast.chair, cast.counsellor):
        assert refused(NotAllowed, actions.admit, player.act, document, "Please") == "policy.not-permitted"
    assert refused(Invalid, actions.admit, director, document, "") == "documents.reason"
    actions.admit(director, document, "Lives depend on it")

    assert (document.status, document.audience, document.admission) == (Status.POSTED, "T/SG13", "admitted")
    assert (document.admitted_by, document.late) == (director.actor.person_id, "contribution")
    assert refused(NotAllowed, actions.decide_admission, cast.delegate_state.act, document, is_accepted=True)
    actions.decide_admission(cast.chair.act, document, is_accepted=True)
    assert (document.admission, document.status) == ("accepted", Status.POSTED)
    assert verbs(make.act, document) == ["documents.held", "documents.admitted", "documents.admission-decided"]


def test_meeting_that_refuses_an_admitted_one_holds_it_again(cast: Cast, make: Make) -> None:
    document = actions.admit(cast.tsb.act, held(cast, make), "The Director says so")

    assert refused(Invalid, actions.decide_admission, cast.chair.act, document, is_accepted=False) == "documents.reason"
    actions.decide_admission(cast.chair.act, document, "Not urgent", is_accepted=False)

    assert (document.status, document.audience, document.admission) == (Status.HELD, "secretariat", "refused")


def test_only_what_is_held_is_admitted(cast: Cast, make: Make) -> None:
    document = submitted(cast.delegate_member.act, meeting(make))

    assert refused(Conflict, actions.admit, cast.tsb.act, document, "Why not") == "documents.admit-held"


def test_held_contribution_takes_effect_when_the_meeting_is_over(cast: Cast, make: Make) -> None:
    later = next_meeting(make)
    document = held(cast, make)
    clock = make.act_as(Actor.clock())
    end = datetime(2026, 4, 24, 21, 59, 59, tzinfo=UTC)

    during, over, again = (actions.tidy(at(clock, end + timedelta(seconds=n))) for n in (0, 1, 2))

    assert (during, over, again) == (0, 1, 0)
    assert (document.status, document.meeting_id, document.audience) == (Status.POSTED, later.id, "T/SG13")
    assert (document.late, document.name, document.posted_at) == ("", "T25-SG13-C1", end + timedelta(seconds=1))
    assert verbs(clock, document) == ["documents.held", "documents.posted"]


def test_held_contribution_waits_until_a_next_meeting_is_known(cast: Cast, make: Make) -> None:
    document = held(cast, make)
    clock = at(make.act_as(Actor.clock()), datetime(2026, 5, 1, tzinfo=UTC))

    none_yet = actions.release_held(clock)
    cancelled = next_meeting(make, status="cancelled")
    still_none = actions.release_held(clock)
    cancelled.status = "planned"
    make.add(cancelled)

    assert (none_yet, still_none, document.status) == (0, 0, Status.HELD)
    assert actions.release_held(clock) == 1


def test_contribution_held_for_a_cancelled_meeting_goes_on_at_once(cast: Cast, make: Make) -> None:
    later = next_meeting(make)
    document = held(cast, make)
    cancelled = queries.meeting_of(make.session, document)
    assert cancelled is not None
    cancelled.status = "cancelled"
    make.add(cancelled)

    actions.release_held(at(make.act_as(Actor.clock()), LATE))

    assert document.meeting_id == later.id


def test_held_contribution_can_be_revised_and_stays_held(cast: Cast, make: Make) -> None:
    document = held(cast, make)

    version = actions.revise(at(cast.delegate_member.act, LATE), document, revision(), [upload()])

    assert (version.part, document.status, document.audience) == ("R1", Status.HELD, "secretariat")


# Access


def test_officers_and_secretariat_change_access_with_a_reason(cast: Cast, make: Make) -> None:
    document = submitted(cast.delegate_member.act, meeting(make))
    outside = make.act_as(Actor.anonymous())

    assert refused(NotAllowed, actions.set_audience, cast.delegate_member.act, document, "public", "Why not")
    assert refused(Invalid, actions.set_audience, cast.chair.act, document, "public", "") == "documents.audience-reason"
    for wrong in ("everybody", "T/SG15", "person:x", "org:1"):
        assert refused(Invalid, actions.set_audience, cast.chair.act, document, wrong, "So") == "documents.audience"
    actions.set_audience(cast.chair.act, document, "public", "Agreed by the meeting")

    assert queries.by_name(outside, document.name) == document
    actions.set_audience(cast.chair.act, document, "", "")
    assert (document.audience, document.intended_audience) == ("T/SG13", "T/SG13")
    with pytest.raises(NotFound):
        queries.by_name(outside, document.name)
    assert verbs(outside, document)[1:] == ["documents.reclassified"] * 2


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", {"outsider", "guest", "delegate_associate", "delegate_state", "chair", "tsb", "delegate_member"}),
        ("T", {"delegate_state", "chair", "tsb", "delegate_member"}),
        ("T/SG13", {"guest", "delegate_associate", "delegate_state", "chair", "tsb", "delegate_member"}),
        ("secretariat", {"tsb", "delegate_member"}),
        ("person", {"chair", "delegate_member"}),
    ],
)
def test_each_class_of_access_has_its_readers(cast: Cast, make: Make, audience: str, readers: set[str]) -> None:
    sg13 = meeting(make)
    document = submitted(cast.delegate_member.act, sg13)
    label = f"person:{cast.chair.person.id}" if audience == "person" else audience

    actions.set_audience(cast.tsb.act, document, label, "A test")

    asked = ("outsider", "guest", "delegate_associate", "delegate_state", "chair", "tsb", "delegate_member")
    assert {name for name in asked if queries.for_meeting(getattr(cast, name).act, sg13)} == readers


def test_access_of_a_reservation_counts_when_it_is_posted(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.reserve(act, meeting(make), reservation())

    actions.set_audience(cast.tsb.act, document, "public", "A press release")

    assert (document.audience, document.intended_audience) == ("secretariat", "public")


def test_submitter_does_not_choose_access_but_an_officer_does(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    asked = {"audience": "public", "audience_reason": "For the press"}

    assert refused(NotAllowed, actions.submit, cast.delegate_member.act, sg13, form(**asked), [upload()])
    assert submitted(cast.chair.act, sg13, **asked).audience == "public"


def test_guest_of_one_meeting_reads_its_papers_and_no_others(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    mine, other = rgm(make), rgm(make, "T25-SG13-Q2-260323", starts_on=date(2026, 3, 23), ends_on=date(2026, 3, 24))
    visitor = make.person("Vera Caller")
    make.guest_pass(visitor, f"meeting:{mine.code}")
    act = make.act_as(make.actor(visitor))
    shown, hidden = submitted(cast.rapporteur.act, mine), submitted(cast.rapporteur.act, other)
    kept = submitted(cast.rapporteur.act, mine)
    actions.set_audience(cast.tsb.act, kept, "secretariat", "Names in it")
    actions.reserve(cast.rapporteur.act, mine, reservation())

    assert [r.name for r in queries.for_meeting(act, mine)] == [shown.name]
    assert [d.name for d in unplaced(act, mine)] == [shown.name]
    assert unplaced(act, other) == []
    with pytest.raises(NotFound):
        queries.by_name(act, hidden.name)


def test_inputs_of_an_assembly_are_public_unless_a_member_state_objects(cast: Cast, make: Make) -> None:
    wtsa = assembly(make)
    first = submitted(cast.delegate_state.act, wtsa)
    own = submitted(cast.delegate_member.act, wtsa)
    actions.set_audience(cast.tsb.act, own, "secretariat", "Names in it")

    assert (first.audience, first.label) == ("public", "WTSA26-C1")
    assert refused(NotAllowed, actions.object_to_publication, cast.delegate_member.act, wtsa, "No")
    changed = actions.object_to_publication(cast.delegate_state.act, wtsa, "Not before the opening")
    second = submitted(cast.delegate_state.act, wtsa)

    assert (changed, first.audience, second.audience, own.audience) == (1, "T", "T", "secretariat")
    assert (
        refused(Conflict, actions.object_to_publication, cast.delegate_state.act, wtsa, "Again") == "documents.objected"
    )
    assert actions.end_objection(cast.delegate_state.act, wtsa) == 2
    assert (first.audience, second.audience, own.audience) == ("public", "public", "secretariat")
    assert refused(Conflict, actions.end_objection, cast.delegate_state.act, wtsa) == "documents.not-objected"


def test_last_objection_decides(cast: Cast, make: Make) -> None:
    wtsa = assembly(make)
    other = make.organisation("member-state", name="Republic of Elsewhere")
    document = submitted(cast.delegate_state.act, wtsa)
    actions.object_to_publication(cast.delegate_state.act, wtsa, "No")
    actions.object_to_publication(cast.tsb.act, wtsa, "By letter", organisation_id=other.id)

    assert actions.end_objection(cast.delegate_state.act, wtsa) == 0
    assert document.audience == "T"
    assert actions.end_objection(cast.tsb.act, wtsa, organisation_id=other.id) == 1


def test_end_of_an_objection_makes_public_only_what_was_public_without_it(cast: Cast, make: Make) -> None:
    wtsa = assembly(make)
    usual, narrowed = (submitted(cast.delegate_state.act, wtsa) for _ in range(2))
    actions.set_audience(cast.tsb.act, narrowed, "T", "Not for the press")
    actions.object_to_publication(cast.delegate_state.act, wtsa, "No")

    assert actions.end_objection(cast.delegate_state.act, wtsa) == 1
    assert (usual.audience, narrowed.audience) == ("public", "T")


def test_no_member_state_makes_public_what_the_house_keeps_for_members(cast: Cast, make: Make) -> None:
    wtsa, house = assembly(make), Limits(assembly_inputs_public=False)
    document = actions.submit(cast.delegate_member.act, wtsa, form(), [upload()], limits=house)
    actions.object_to_publication(cast.delegate_state.act, wtsa, "No")

    assert actions.end_objection(cast.delegate_state.act, wtsa, limits=house) == 0
    assert document.audience == "T"


def test_house_may_keep_inputs_of_assemblies_for_members(cast: Cast, make: Make) -> None:
    document = actions.submit(
        cast.delegate_state.act, assembly(make), form(), [upload()], limits=Limits(assembly_inputs_public=False)
    )

    assert document.audience == "T"


def test_objection_is_to_an_assembly(cast: Cast, make: Make) -> None:
    said = refused(Conflict, actions.object_to_publication, cast.delegate_state.act, meeting(make), "No")

    assert said == "documents.no-assembly"


# Lineage


def test_relation_is_seen_from_both_ends(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    one, two = submitted(act, sg13), submitted(act, sg13)

    actions.relate(act, one, two, LineageKind.MERGED_INTO, words="As agreed")

    [from_one], [from_two] = queries.lineage_of(act, one), queries.lineage_of(act, two)
    assert (from_one.kind, from_one.other.id, from_one.is_of, from_one.note) == (
        "merged-into",
        two.id,
        False,
        "As agreed",
    )
    assert (from_two.kind, from_two.other.id, from_two.is_of) == ("merged-into", one.id, True)
    assert refused(Conflict, actions.relate, act, one, two, LineageKind.MERGED_INTO) == "documents.already"
    actions.unrelate(act, one, two, LineageKind.MERGED_INTO)
    assert queries.lineage_of(act, one) == []
    assert refused(NotFound, actions.unrelate, act, one, two, LineageKind.MERGED_INTO) == "base.not-found"


def test_nothing_descends_from_itself(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    one, two, three = (submitted(act, sg13) for _ in range(3))
    actions.relate(act, one, two, LineageKind.REVISION_OF)
    actions.relate(act, two, three, LineageKind.REVISION_OF)

    for document, other in ((one, one), (three, one), (two, one)):
        assert refused(Conflict, actions.relate, act, document, other, LineageKind.REVISION_OF) == "documents.itself"


def test_relation_to_what_one_may_not_read_is_not_shown(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    shown, hidden = submitted(act, sg13), submitted(act, sg13)
    actions.set_audience(cast.tsb.act, hidden, "secretariat", "Names in it")
    actions.relate(cast.tsb.act, shown, hidden, LineageKind.REVISION_OF)

    assert queries.lineage_of(cast.delegate_state.act, shown) == []
    facts = [e.facts for e in queries.history_of(cast.delegate_state.act, shown) if e.verb == "documents.related"]
    assert facts[0]["other"] == ""
    assert hidden.name not in str([e.facts for e in queries.history_of(cast.delegate_state.act, shown)])


def test_single_sheet_for_another_group_has_a_number_there(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    other = meeting(make, "T25-SG15-260413", group="T/SG15")
    primary = submitted(act, meeting(make), title="For two groups", abstract="In short.")

    sheet = actions.also_in(act, primary, other, [upload()])

    assert (sheet.name, sheet.title, sheet.abstract, sheet.source) == (
        "T25-SG15-C1",
        "For two groups",
        "In short.",
        "Imaginary Networks",
    )
    kinds = {(r.kind, r.is_of) for r in queries.lineage_of(act, sheet)}
    assert kinds == {("summary-of", False), ("also-in", True)}
    said = refused(NotAllowed, actions.also_in, cast.delegate_state.act, primary, other, [upload()])
    assert said == "policy.not-permitted"


# Patterns


def test_group_spells_its_numbers_and_those_given_keep_theirs(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    before = submitted(cast.chair.act, sg13, kind=K.TEMPORARY)
    series = series_by_key(cast.counsellor.act, "T25-SG13-TD-GEN")

    actions.set_pattern(cast.counsellor.act, series, "TD {n} ({stream}/{short})")
    after = submitted(cast.chair.act, sg13, kind=K.TEMPORARY)
    other = submitted(cast.chair.act, sg13, kind=K.TEMPORARY, stream="PLEN")

    assert [d.label for d in (before, after, other)] == ["TD1/GEN", "TD 2 (GEN/13)", "TD1/PLEN"]
    assert after.name == "T25-SG13-TD2-GEN"
    assert refused(Invalid, actions.set_pattern, cast.tsb.act, series, "{n.__class__}") == "documents.pattern"
    assert refused(NotAllowed, actions.set_pattern, cast.chair.act, series, "TD{n}") == "policy.not-permitted"


def test_spelling_lasts_into_the_next_meeting_and_period(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    first, second = rgm(make), rgm(make, "T25-SG13-Q2-260323", starts_on=date(2026, 3, 23), ends_on=date(2026, 3, 24))
    submitted(cast.rapporteur.act, first)
    actions.set_pattern(cast.tsb.act, series_by_key(cast.tsb.act, f"{first.code}-DOC"), "{code} DOC {n}")

    assert submitted(cast.rapporteur.act, second).label == "Q2/13 DOC 1"
