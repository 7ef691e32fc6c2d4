"""Reserve, submit, fill: who may, what is written, what is refused, what is noted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.documents import actions, queries, rules
from sgdocs.documents.models import Document, DocumentSource, File, NumberSeries, Version
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.rules import Limits, Status
from sgdocs.documents.timing import CLOSED
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import DeadlineOverride
from tests.cast import Cast
from tests.documents.desk import (
    LAST_SECOND,
    at,
    form,
    meeting,
    next_meeting,
    radio,
    register,
    reservation,
    revision,
    rgm,
    submitted,
    upload,
)
from tests.make import Make, all_rows


def entries(act: Act, document: Document) -> list[str]:
    held = select(Entry.verb).where(Entry.subject_kind == "document", Entry.subject_id == document.id)
    return list(act.session.exec(held.order_by(Entry.id)))  # type: ignore[arg-type]


def refused(kind: type[Refused], verb: object, *args: object, **facts: object) -> str:
    """The id of the rule by which it is refused."""
    with pytest.raises(kind) as caught:
        verb(*args, **facts)  # type: ignore[operator]
    return caught.value.rule.id


def test_contribution_of_a_delegate_is_posted_with_its_number(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    sg13 = meeting(make)
    cast.summon("q2")

    document = actions.submit(
        act, sg13, form("Slices", questions=["Q2/13"], purpose="Proposal", abstract="In short."), [upload()]
    )

    assert (document.name, document.label, document.status) == ("T25-SG13-C1", "SG13-C1", Status.POSTED)
    assert (document.audience, document.source, document.late) == ("T/SG13", "Imaginary Networks", "")
    assert (document.posted_at, document.received_at, document.owner_id) == (act.now, act.now, act.actor.person_id)
    assert [q.label for q in queries.questions_of(act.session, document)] == ["Q2/13"]
    assert [f.name for f in queries.files_of(act, document)] == ["T25-SG13-C1-E.docx"]
    assert entries(act, document) == ["documents.submitted"]


def test_numbers_of_a_series_follow_each_other_over_meetings_and_restart_with_the_period(
    cast: Cast, make: Make
) -> None:
    first, second = meeting(make), next_meeting(make)
    old = meeting(make, "T22-SG13-260601", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5))

    names = [
        submitted(cast.tsb.act, at, sources=["Imaginary Networks"]).name for at in (first, second, old) if cast.company
    ]

    assert names == ["T25-SG13-C1", "T25-SG13-C2", "T22-SG13-C1"]


@pytest.mark.parametrize(
    ("player", "may"),
    [
        ("delegate_state", True),
        ("delegate_member", True),
        ("delegate_academia", True),
        ("delegate_associate", True),
        ("rapporteur", True),
        ("guest", False),
        ("outsider", False),
    ],
)
def test_members_contribute_and_nobody_else(cast: Cast, make: Make, player: str, may: bool) -> None:
    cast.summon("sg13")
    act = getattr(cast, player).act
    sg13 = meeting(make)

    if may:
        assert submitted(act, sg13).status == Status.POSTED
    else:
        assert refused(NotAllowed, actions.submit, act, sg13, form(), [upload()]) == "policy.not-permitted"


def test_anonymous_is_asked_to_sign_in(make: Make) -> None:
    act = make.act_as(Actor.anonymous())

    assert refused(NotAllowed, actions.submit, act, meeting(make), form(), [upload()]) == "policy.sign-in-first"


def test_associate_contributes_in_its_own_study_group_only(cast: Cast, make: Make) -> None:
    act = cast.delegate_associate.act
    other = meeting(make, "T25-SG15-260413", group="T/SG15")

    assert refused(NotAllowed, actions.submit, act, other, form(), [upload()]) == "policy.not-permitted"


def test_secretariat_files_for_a_member_but_never_for_one_without_the_right(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act
    invited = make.organisation("invited-expert", name="Guest Laboratory", member_of=())
    lapsed = make.organisation(name="Former Member", member_of=())
    make.membership(lapsed, "T", ends_on=date(2026, 3, 1))
    radio_only = make.organisation(name="Radio Member", member_of=("R",))
    elsewhere = make.organisation("associate", name="Associate of SG15", member_of=("T/SG15",))

    document = submitted(act, sg13, sources=[cast.company.name])

    assert (document.organisation_id, document.owner_id) == (cast.company.id, act.actor.person_id)
    for entity in (invited, lapsed, radio_only, elsewhere, cast.bureau):
        said = refused(Invalid, actions.submit, act, sg13, form(sources=[entity.name]), [upload()])
        assert said == "documents.source-may-not-contribute", entity.name
    assert (
        refused(Invalid, actions.submit, act, sg13, form(sources=["Nobody"]), [upload()]) == "documents.source-unknown"
    )
    assert refused(Invalid, actions.submit, act, sg13, form(), [upload()]) == "documents.source-missing"


def test_category_that_the_setting_leaves_out_does_not_contribute(cast: Cast, make: Make) -> None:
    limits = Limits(contribution_categories="member-state, sector-member")

    said = refused(
        Invalid, actions.submit, cast.delegate_academia.act, meeting(make), form(), [upload()], limits=limits
    )

    assert said == "documents.source-may-not-contribute"


def test_submitter_acts_for_its_own_entity(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act

    both = submitted(act, sg13, sources=[cast.state.slug, str(cast.company.id)])
    said = refused(Invalid, actions.submit, act, sg13, form(sources=[cast.state.slug]), [upload()])

    assert both.source == "Administration of Fictavia, Imaginary Networks"
    assert {r.organisation_id for r in all_rows(act.session, DocumentSource)} == {cast.state.id, cast.company.id}
    assert both.organisation_id == cast.company.id
    assert said == "documents.own-source"


def test_wrong_kind_stream_and_question_are_named(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.tsb.act

    said = [
        refused(Invalid, actions.submit, act, sg13, form(**facts), [upload()])
        for facts in ({"kind": K.RGM}, {"kind": K.TEMPORARY, "stream": "X"}, {"questions": ["Q77/13"]})
    ]

    assert said == ["documents.kind", "documents.stream", "base.field"]


def test_refused_submission_takes_no_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act

    refused(Invalid, actions.submit, act, sg13, form(questions=["Q77/13"]), [upload()])
    refused(Invalid, actions.submit, act, sg13, form(), [])

    assert submitted(act, sg13).number == 1


# TDs


def test_td_is_for_officers_of_the_group_and_of_the_questions_it_names(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    cast.summon("q2")

    def td(player: str, **facts: object) -> str:
        return submitted(getattr(cast, player).act, sg13, kind=K.TEMPORARY, **facts).label

    assert td("chair") == "TD1/GEN"
    assert td("rapporteur", questions=["2/13"], stream="WP1") == "TD1/1"
    assert td("wp_chair", stream="WP1") == "TD2/1"
    assert td("counsellor", stream="PLEN") == "TD1/PLEN"
    for player in ("delegate_state", "delegate_associate", "guest"):
        asked = form(kind=K.TEMPORARY, questions=["2/13"])
        said = refused(NotAllowed, actions.submit, getattr(cast, player).act, sg13, asked, [upload()])
        assert said == "policy.not-permitted"
    said = refused(NotAllowed, actions.submit, cast.rapporteur.act, sg13, form(kind=K.TEMPORARY), [upload()])
    assert said == "policy.not-permitted"


def test_late_td_is_posted_and_marked(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    late = at(cast.chair.act, datetime(2026, 4, 8, 9, 0, tzinfo=UTC))

    plain = submitted(late, sg13, kind=K.TEMPORARY)
    exempt = submitted(late, sg13, kind=K.TEMPORARY, td_reason="compilation")

    assert [(d.status, d.late) for d in (plain, exempt)] == [("posted", "temporary-document"), ("posted", "")]


# Rapporteur group meetings


def test_rgm_documents_come_from_participants(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    held = rgm(make)
    delegate = cast.delegate_state

    said = refused(NotAllowed, actions.submit, delegate.act, held, form(), [upload()])
    registration = register(make, held, delegate.person, "asked")
    asked = refused(NotAllowed, actions.submit, delegate.act, held, form(), [upload()])
    registration.status = "approved"
    make.add(registration)
    mine, led = submitted(delegate.act, held), submitted(cast.rapporteur.act, held)

    assert (said, asked) == ("documents.participants", "documents.participants")
    assert [d.name for d in (mine, led)] == [f"{held.code}-DOC1", f"{held.code}-DOC2"]
    assert (mine.label, mine.kind, mine.audience) == ("Q2/13-DOC1", K.RGM, "T/SG13")


def test_registration_gives_an_outsider_no_right(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    held = rgm(make)
    register(make, held, cast.outsider.person)

    assert refused(NotAllowed, actions.submit, cast.outsider.act, held, form(), [upload()]) == "policy.not-permitted"


def test_each_rgm_counts_for_itself(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    one, two = rgm(make), rgm(make, "T25-SG13-Q2-260323", starts_on=date(2026, 3, 23), ends_on=date(2026, 3, 24))

    names = [submitted(cast.rapporteur.act, each).name for each in (one, two, one)]

    assert names == [f"{one.code}-DOC1", f"{two.code}-DOC1", f"{one.code}-DOC2"]


# Deadlines


def test_last_second_of_the_deadline_is_in_time_and_the_next_is_held(cast: Cast, make: Make) -> None:
    sg13, later = meeting(make), next_meeting(make)
    act = cast.delegate_member.act

    in_time = submitted(at(act, LAST_SECOND + timedelta(microseconds=999_999)), sg13)
    late = submitted(at(act, LAST_SECOND + timedelta(seconds=1)), sg13)

    assert (in_time.status, in_time.late) == (Status.POSTED, "")
    assert (late.status, late.late, late.held_for_id, late.posted_at) == (Status.HELD, "contribution", later.id, None)
    assert late.number == in_time.number + 1
    assert entries(act, late) == ["documents.held"]


def test_held_contribution_is_seen_by_its_entity_and_the_secretariat_alone(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    late = submitted(at(cast.delegate_member.act, LAST_SECOND + timedelta(days=1)), sg13)

    seen = {
        name
        for name, player in cast.every().items()
        if late.id in {r.id for r in queries.for_meeting(player.act, sg13)}
    }

    assert seen == {
        "tsb",
        "br",
        "admin",
        "delegate_member",
        "rapporteur",
        "associate_rapporteur",
        "wp_chair",
        "focal_point",
    }
    with pytest.raises(NotFound):
        queries.by_name(cast.delegate_state.act, late.name)
    with pytest.raises(NotFound):
        queries.by_name(make.act_as(Actor.anonymous()), late.name)


def test_deadline_that_was_set_by_hand_counts(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    day = datetime(2026, 4, 3, 12, 0, tzinfo=UTC)
    make.add(DeadlineOverride(meeting_id=sg13.id or 0, rule="contribution", due_at=day, reason="A holiday"))

    statuses = [submitted(at(cast.delegate_member.act, t), sg13).status for t in (day, day + timedelta(seconds=1))]

    assert statuses == [Status.POSTED, Status.HELD]


def test_secretariat_cannot_file_late_for_a_member_either(cast: Cast, make: Make) -> None:
    late = at(cast.tsb.act, LAST_SECOND + timedelta(seconds=1))

    assert submitted(late, meeting(make), sources=[cast.company.slug]).status == Status.HELD


def test_itu_r_refuses_what_is_late_with_the_deadline_and_its_clause(cast: Cast, make: Make) -> None:
    wp5d, act = radio(make), cast.delegate_state.act
    due = datetime(2026, 4, 6, 16, 0, tzinfo=UTC)

    document = submitted(at(act, due), wp5d)
    with pytest.raises(Closed) as caught:
        submitted(at(act, due + timedelta(seconds=1)), wp5d)
    with pytest.raises(Closed):
        actions.reserve(at(act, due + timedelta(seconds=1)), wp5d, reservation())

    assert (document.name, document.label, document.audience) == ("R23-WP5D-C1", "5D/1", "R/SG5")
    assert (caught.value.rule, caught.value.facts["until"]) == (CLOSED, due)
    assert "ITU-R" in str(caught.value.facts["clause"])


def test_academia_does_not_contribute_to_itu_r_by_default(cast: Cast, make: Make) -> None:
    said = refused(Invalid, actions.submit, cast.delegate_academia.act, radio(make), form(), [upload()])

    assert said == "documents.source-may-not-contribute"


def test_secretariat_enters_what_other_groups_send_to_itu_r(cast: Cast, make: Make) -> None:
    document = submitted(cast.br.act, radio(make), sources=["Working Party 5A"])

    assert (document.source, document.label) == ("Working Party 5A", "5D/1")


def test_chairs_report_of_itu_r_is_numbered_among_the_contributions(cast: Cast, make: Make) -> None:
    wp5d = radio(make)
    submitted(cast.delegate_state.act, wp5d)

    report = actions.file_as(cast.br.act, K.REPORT, wp5d, form("Report of the meeting"), [upload()])

    after = submitted(cast.delegate_state.act, wp5d)
    assert (report.name, report.label, after.label) == ("R23-WP5D-C2", "5D/2", "5D/3")
    assert [r.label for r in queries.for_meeting(cast.br.act, wp5d)] == ["5D/1", "5D/2", "5D/3"]


@pytest.mark.parametrize("status", ["closed", "cancelled"])
def test_meeting_that_is_over_takes_no_contribution(cast: Cast, make: Make, status: str) -> None:
    sg13 = meeting(make, status=status)

    for act in (cast.delegate_member.act, cast.tsb.act):
        said = refused(Closed, actions.submit, act, sg13, form(sources=[cast.company.slug]), [upload()])
        assert said == "documents.meeting-over"


def test_translation_follows_the_two_months(cast: Cast, make: Make) -> None:
    soon = meeting(make)
    far = meeting(make, "T25-SG13-260502", starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 9))

    found = [submitted(cast.delegate_member.act, each).may_be_translated for each in (soon, far)]
    too_late = submitted(at(cast.delegate_member.act, datetime(2026, 3, 2, 23, 0, tzinfo=UTC)), far).may_be_translated

    assert (found, too_late) == ([False, True], False)


# Reservations


def test_reservation_has_owner_expiry_and_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act

    document = actions.reserve(act, sg13, reservation(title="To come"))

    assert (document.label, document.status, document.number) == ("SG13-C1", Status.RESERVED, 1)
    assert document.expires_at == act.now + timedelta(days=14)
    assert (document.owner_id, document.audience, document.intended_audience) == (
        act.actor.person_id,
        "secretariat",
        "T/SG13",
    )
    assert entries(act, document) == ["documents.reserved"]


def test_quota_is_per_person_and_meeting(cast: Cast, make: Make) -> None:
    one, two, act = meeting(make), next_meeting(make), cast.delegate_member.act
    limits = Limits(reservation_quota=2)

    for _ in range(2):
        actions.reserve(act, one, reservation(), limits=limits)
    said = refused(Conflict, actions.reserve, act, one, reservation(), limits=limits)
    colleague = actions.reserve(cast.rapporteur.act, one, reservation(), limits=limits)
    elsewhere = actions.reserve(act, two, reservation(), limits=limits)
    office = [
        actions.reserve(cast.tsb.act, one, reservation(sources=[cast.state.slug]), limits=limits) for _ in range(3)
    ]

    assert said == "documents.quota"
    assert [d.number for d in (colleague, elsewhere, *office)] == [3, 4, 5, 6, 7]


def test_upload_fills_the_reservation_under_its_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = actions.reserve(act, sg13, reservation(title="To come"))
    other = submitted(cast.delegate_state.act, sg13)

    filled = actions.fill(act, document, form("Here it is"), [upload()])

    assert (filled.id, filled.number, other.number) == (document.id, 1, 2)
    assert (filled.title, filled.status, filled.audience, filled.expires_at) == (
        "Here it is",
        Status.POSTED,
        "T/SG13",
        None,
    )
    assert entries(act, document) == ["documents.reserved", "documents.submitted"]


def test_only_owner_entity_and_secretariat_fill_a_reservation(cast: Cast, make: Make) -> None:
    sg13 = meeting(make)
    document = actions.reserve(cast.delegate_member.act, sg13, reservation())

    assert (
        refused(NotAllowed, actions.fill, cast.delegate_state.act, document, form(), [upload()])
        == "policy.not-permitted"
    )
    assert actions.fill(cast.rapporteur.act, document, form(), [upload()]).status == Status.POSTED


def test_reservation_is_filled_once(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.fill(act, actions.reserve(act, meeting(make), reservation()), form(), [upload()])

    assert refused(Conflict, actions.fill, act, document, form(), [upload()]) == "documents.state"


def test_reservation_filled_after_the_deadline_is_held(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.reserve(act, meeting(make), reservation(), limits=Limits(reservation_days=60))

    filled = actions.fill(at(act, LAST_SECOND + timedelta(seconds=1)), document, form(), [upload()])

    assert (filled.status, filled.late, filled.number) == (Status.HELD, "contribution", 1)


def test_expired_reservation_keeps_its_number_and_takes_no_file(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = actions.reserve(act, sg13, reservation())
    clock = make.act_as(Actor.clock())

    early = actions.expire_reservations(at(clock, act.now + timedelta(days=14, seconds=-1)))
    due = actions.expire_reservations(at(clock, act.now + timedelta(days=14)))
    again = actions.expire_reservations(at(clock, act.now + timedelta(days=15)))

    assert (early, due, again) == (0, 1, 0)
    assert document.status == Status.EXPIRED
    assert refused(Conflict, actions.fill, act, document, form(), [upload()]) == "documents.state"
    assert submitted(act, sg13).number == 2
    assert entries(act, document) == ["documents.reserved", "documents.expired"]


def test_reservation_that_ran_out_takes_no_file_before_the_clock_says_so_either(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    limits = Limits(reservation_quota=1)
    document = actions.reserve(act, sg13, reservation(), limits=limits)
    due = at(act, act.now + timedelta(days=14))

    assert refused(Conflict, actions.fill, due, document, form(), [upload()]) == "documents.state"
    assert actions.reserve(due, sg13, reservation(), limits=limits).number == 2


def test_only_clock_and_secretariat_expire_reservations(cast: Cast) -> None:
    assert refused(NotAllowed, actions.expire_reservations, cast.chair.act) == "policy.not-permitted"


# Files and findings


def test_several_files_and_languages_get_names_of_their_own(cast: Cast, make: Make) -> None:
    uploads = [
        upload(),
        upload(name="annex.xlsx", format="xlsx"),
        upload(name="annexe.docx", language="fr"),
        upload(name="second.docx"),
    ]

    document = submitted(cast.delegate_member.act, meeting(make), *uploads)

    names = [f.name for f in queries.files_of(cast.delegate_state.act, document)]
    assert names == [
        "T25-SG13-C1-E.docx",
        "T25-SG13-C1-E.xlsx",
        "T25-SG13-C1-F.docx",
        "T25-SG13-C1-E-2.docx",
    ]
    assert queries.for_meeting(cast.tsb.act, queries.meeting_of(make.session, document) or meeting(make))[
        0
    ].languages == (
        "en",
        "fr",
    )


def error(id: str = "file.macros", severity: str = "error") -> dict[str, str]:
    return {"id": id, "severity": severity, "place": "file"}


def test_errors_of_the_checks_stop_and_warnings_do_not(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    warned = upload(findings=[error(severity="warning")])

    said = refused(Conflict, actions.submit, act, sg13, form(), [upload(findings=[error()])])
    document = submitted(act, sg13, warned)

    assert said == "documents.findings"
    assert queries.versions_of(act.session, document)[0].findings == [error(severity="warning")]


def test_secretariat_overrules_with_a_reason(cast: Cast, make: Make) -> None:
    sg13, file = meeting(make), upload(findings=[error()])
    wanted: dict[str, Any] = {"sources": [cast.company.slug]}

    silent = refused(
        Conflict, actions.submit, cast.tsb.act, sg13, form(overrule={"file.macros": " "}, **wanted), [file]
    )
    document = submitted(cast.tsb.act, sg13, file, overrule={"file.macros": "Needed to show it"}, **wanted)
    own = form(overrule={"file.macros": "I want it"})

    assert silent == "documents.overrule-reason"
    assert queries.versions_of(make.session, document)[0].findings == [error() | {"overruled": "Needed to show it"}]
    assert refused(Conflict, actions.submit, cast.delegate_member.act, sg13, own, [file]) == "documents.findings"


@pytest.mark.parametrize("id", ["deadline.closed", "membership.source", "membership.may-contribute"])
def test_deadline_and_membership_are_never_overruled(cast: Cast, make: Make, id: str) -> None:
    asked = form(sources=[cast.company.slug], overrule={id: "Please"})

    said = refused(Conflict, actions.submit, cast.tsb.act, meeting(make), asked, [upload(findings=[error(id)])])

    assert said == "documents.not-overruled"


def test_signed_file_has_no_stamped_copy_and_others_one(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make), upload(), upload(name="signed.docx", is_signed=True))
    plain, signed = queries.files_of(act, document)
    copy = upload("stamped").blob

    actions.keep_stamped(act, plain, copy)

    assert (plain.stamped_sha256, plain.sha256) == (copy.sha256, plain.sha256)
    assert refused(Conflict, actions.keep_stamped, act, plain, copy) == "documents.already"
    assert refused(Conflict, actions.keep_stamped, act, signed, copy) == "documents.already"
    assert refused(NotAllowed, actions.keep_stamped, cast.delegate_state.act, signed, copy) == "policy.not-permitted"


def test_same_file_is_found_in_the_meeting_by_those_who_may_read_it(cast: Cast, make: Make) -> None:
    sg13, later = meeting(make), next_meeting(make)
    mine = submitted(cast.delegate_member.act, sg13, upload("same words"))
    held = submitted(at(cast.delegate_state.act, LAST_SECOND + timedelta(seconds=1)), sg13, upload("same words"))
    digest = upload("same words").blob.sha256

    def found(act: Act, where: object) -> list[str]:
        return [each.document.label for each in queries.same_files(act, [digest], where)]  # type: ignore[arg-type]

    assert found(cast.delegate_member.act, sg13) == [mine.label]
    assert found(cast.delegate_state.act, sg13) == [mine.label, held.label]
    assert found(cast.delegate_member.act, later) == []


# Quarantine


def test_quarantined_document_is_hidden_until_released(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make), upload(is_quarantined=True))
    [version] = queries.versions_of(act.session, document)

    assert (document.status, document.audience, version.status) == ("quarantine", "secretariat", "quarantine")
    assert queries.waiting(cast.tsb.act) == [document]
    assert queries.waiting(cast.chair.act) == []
    with pytest.raises(NotFound):
        queries.by_name(cast.delegate_state.act, document.name)
    assert refused(NotAllowed, actions.release_quarantine, act, version) == "policy.not-permitted"

    actions.release_quarantine(make.act_as(Actor.clock()), version)

    assert (document.status, document.audience, version.status) == ("posted", "T/SG13", "posted")
    assert queries.by_name(cast.delegate_state.act, document.name) == document
    assert entries(act, document) == ["documents.quarantined", "documents.released"]


def test_late_contribution_is_held_after_quarantine(cast: Cast, make: Make) -> None:
    late = at(cast.delegate_member.act, LAST_SECOND + timedelta(seconds=1))
    document = submitted(late, meeting(make), upload(is_quarantined=True))

    actions.release_quarantine(cast.tsb.act, queries.versions_of(make.session, document)[0])

    assert document.status == Status.HELD


def test_infected_document_is_refused_and_keeps_its_number(cast: Cast, make: Make) -> None:
    sg13, act = meeting(make), cast.delegate_member.act
    document = submitted(act, sg13, upload(is_quarantined=True))

    actions.refuse_quarantine(cast.tsb.act, queries.versions_of(make.session, document)[0], "Eicar-Signature")

    assert (document.status, document.audience) == (Status.REFUSED, "secretariat")
    assert submitted(act, sg13).number == 2


def test_infected_revision_leaves_the_older_one_shown(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = submitted(act, meeting(make))
    version = actions.revise(act, document, revision(), [upload(is_quarantined=True)])

    assert (document.status, document.revision, version.part) == (Status.POSTED, 0, "R1")
    actions.refuse_quarantine(cast.tsb.act, version, "Eicar-Signature")
    second = actions.revise(act, document, revision(), [upload()])

    assert (second.part, document.revision) == ("R2", 2)
    assert [f.name for f in queries.files_of(cast.delegate_state.act, document)] == [
        "T25-SG13-C1-E.docx",
        "T25-SG13-C1R2-E.docx",
    ]


# What the house makes


def test_output_of_a_rapporteur_meeting_becomes_a_td_of_its_parent(cast: Cast, make: Make) -> None:
    cast.summon("q2")
    sg13 = meeting(make)
    held = rgm(make, parent_id=sg13.id)
    output = submitted(cast.rapporteur.act, held)

    td = actions.file_as(
        at(cast.rapporteur.act, datetime(2026, 4, 10, 9, 0, tzinfo=UTC)),
        K.TEMPORARY,
        sg13,
        form("Report of Q2/13", questions=["Q2/13"], stream="WP1"),
        [upload()],
        output_of=output,
    )

    assert (td.name, td.late, td.td_reason) == ("T25-SG13-TD1-WP1", "", "requested")
    [relative] = queries.lineage_of(cast.delegate_state.act, td)
    assert (relative.kind, relative.other.id, relative.is_of) == ("output-of", output.id, False)
    assert entries(make.act, td) == ["documents.filed"]


def test_secretariat_files_letters_circulars_and_liaison_statements_without_a_meeting(cast: Cast, make: Make) -> None:
    act = cast.tsb.act
    sg13, sg5, wp5d = cast.sg13, make.group("R/SG5"), make.group("R/WP5D")

    found = [
        actions.file_as(act, kind, None, form(stream=stream), [upload()], group=group)
        for kind, group, stream in (
            (K.LETTER, sg13, ""),
            (K.CIRCULAR, sg13, ""),
            (K.LIAISON, sg13, ""),
            (K.CIRCULAR, sg5, "LCCE"),
            (K.CIRCULAR, wp5d, "LCCE"),
            (K.CIRCULAR, sg5, "CACE"),
        )
    ]

    assert [(d.name, d.label, d.audience) for d in found] == [
        ("T25-SG13-COL1", "COL 1/13", "public"),
        ("T25-TSB-Circular1", "TSB Circular 1", "public"),
        ("T25-SG13-LS1", "SG13-LS1", "T/SG13"),
        ("R-SG5-LCCE1", "5/LCCE/1", "public"),
        ("R-WP5D-LCCE1", "5D/LCCE/1", "public"),
        ("R-CACE1", "CACE/1", "public"),
    ]


@pytest.mark.parametrize("kind", [K.REPORT, K.LETTER, K.LIAISON])
def test_members_issue_no_papers_of_the_house(cast: Cast, make: Make, kind: K) -> None:
    sg13 = meeting(make)

    assert refused(NotAllowed, actions.submit, cast.delegate_member.act, sg13, form(kind=kind), [upload()]) == (
        "policy.not-permitted"
    )


def test_journal_tells_everything_and_no_name_of_a_person(cast: Cast, make: Make) -> None:
    document = submitted(cast.delegate_member.act, meeting(make))

    [entry] = queries.history_of(cast.delegate_state.act, document)

    assert (entry.audience, entry.group_id) == ("T/SG13", document.group_id)
    assert entry.facts == {
        "name": "T25-SG13-C1",
        "label": "SG13-C1",
        "title": "A proposal",
        "meeting": "T25-SG13-260413",
        "source": "Imaginary Networks",
        "late": "",
    }


def test_history_before_posting_is_for_the_owner_and_the_secretariat(cast: Cast, make: Make) -> None:
    act = cast.delegate_member.act
    document = actions.fill(act, actions.reserve(act, meeting(make), reservation()), form(), [upload()])

    def verbs(player: str) -> list[str]:
        return [e.verb for e in queries.history_of(getattr(cast, player).act, document)]

    assert verbs("delegate_state") == ["documents.submitted"]
    assert verbs("delegate_member") == verbs("tsb") == ["documents.submitted", "documents.reserved"]


def test_every_row_of_a_submission_is_there(cast: Cast, make: Make) -> None:
    document = submitted(cast.delegate_member.act, meeting(make))

    rows = {table.__name__: len(all_rows(make.session, table)) for table in (Document, Version, File, NumberSeries)}

    assert rows == {"Document": 1, "Version": 1, "File": 1, "NumberSeries": 1}
    assert document.kind in rules.OPEN_TO
