"""Steps of processes as they are taken: who may, what stands against it, what is written, and once."""

from datetime import date

import pytest
from sqlmodel import col, select

from sgdocs.approval import actions, queries, rules
from sgdocs.approval.models import Announcement, AnnouncementLine, Obligation, Process, RuleValue, Transition
from sgdocs.approval.offers import OTHER_TEXT
from sgdocs.approval.readiness import board
from sgdocs.approval.schemas import NumberForm, StepForm, TextForm
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, NotAllowed
from sgdocs.documents.models import Citation, File
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.policy import Role
from sgdocs.proceedings.actions import texts
from sgdocs.proceedings.models import Decision, TextDecision
from sgdocs.recommendations.models import Name, Text
from sgdocs.work_programme.models import ItemPaper
from tests.approval.stories import Story, every, geneva, in_last_call, listed, story
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.work_programme.items import meeting


def test_consent_is_a_decision_of_the_meeting_bound_to_the_file(cast: Cast) -> None:
    told = story(cast)

    process = told.decides("consent")

    assert (process.number, process.state, process.is_open) == ("aap/2026-001", "consented", True)
    assert (process.document_id, process.document_part, process.sha256) == (told.text.id, "", "a" * 64)
    assert process.rules["aap_last_call_days"] == "28"
    assert (told.item.status, told.item.status_on) == ("consented", date(2026, 3, 4))
    (decision,) = every(told.session, Decision)
    assert (decision.kind, decision.number, decision.document_sha256) == ("consented", 1, "a" * 64)
    bound = told.session.get_one(TextDecision, decision.id)
    assert (bound.process_id, bound.step, bound.transition) == (process.id, "consent", 1)
    entry = told.session.exec(select(Entry).where(Entry.verb == "approval.consent")).one()
    assert (entry.facts["process"], entry.facts["meeting"], entry.actor_id) == (
        "aap/2026-001",
        told.meeting.code,
        cast.chair.person.id,
    )


def test_last_call_without_comment_makes_the_edition_dated_by_the_window(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    assert (process.state, process.closes_on, process.queued_for) == ("last-call", date(2026, 4, 12), "")
    assert told.windows(process) == [("last-call", date(2026, 3, 16), date(2026, 4, 12))]

    told.at(geneva(4, 12, 23, 59, 59))
    assert told.closes() == 0
    told.at(geneva(4, 19, 8))
    assert told.closes() == 1
    assert told.closes() == 0

    assert told.path(process) == ["consent", "receive-text", "request", "open-last-call", "pass"]
    assert (process.state, process.is_open, process.ended_on) == ("approved", False, date(2026, 4, 13))
    text = told.session.exec(select(Text)).one()
    assert (text.identifier, text.approved, text.status, text.process) == (
        "ITU-T Y.3199 (04/2026)",
        "2026-04-13",
        "pre-published",
        "aap",
    )
    assert (told.item.status, told.item.status_on, told.item.approved_text_id) == (
        "approved",
        date(2026, 4, 13),
        text.id,
    )
    assert "Y.slice" in told.session.exec(select(Name.name)).all()
    assert queries.window_of(told.session, process).closed_at == told.now  # type: ignore[union-attr]


def test_announcement_names_what_it_opened_and_what_changed(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    first = told.session.exec(select(Announcement)).one()
    assert (first.number, first.happened_on) == (1, date(2026, 3, 16))
    told.at(geneva(4, 13, 0, 1)).closes()

    told.at(geneva(4, 16, 0, 1))
    second = actions.announce(told.clock).announcement

    assert second is not None
    lines = every(told.session, AnnouncementLine)
    results = told.session.exec(select(Announcement.id).where(Announcement.kind == "result")).all()
    assert [
        (each.announcement_id, each.code, each.opens_on, each.closes_on)
        for each in lines
        if each.announcement_id not in results
    ] == [(first.id, "LC", date(2026, 3, 16), date(2026, 4, 12)), (second.id, "A", None, None)]
    again = actions.announce(told.clock)
    assert (again.announcement, again.opened) == (second, ())
    assert process.state == "approved"


def test_two_chairs_at_once_the_second_hears_the_present_state(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10))
    seen = process.state
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))

    with pytest.raises(Conflict) as refused:
        actions.take_step(told.act(cast.chair), process, "receive-text", seen, StepForm())

    assert (refused.value.rule, refused.value.facts["state"]) == (rules.MOVED_ON, "edited")
    assert told.path(process) == ["consent", "receive-text"]


def test_page_that_is_out_of_date_is_refused(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))

    with pytest.raises(Conflict) as refused:
        actions.take_step(told.act(cast.editor), process, "receive-text", "consented", StepForm(version=1))

    assert refused.value.rule is CHANGED


def test_second_consent_is_refused(cast: Cast) -> None:
    told = story(cast)
    told.decides("consent")

    with pytest.raises(Conflict) as refused:
        told.decides("consent")

    assert rules.RUNNING.id in refused.value.facts["unmet"]
    assert len(every(told.session, Process)) == 1


def test_chair_cannot_consent_between_meetings(cast: Cast) -> None:
    told = story(cast).at(geneva(3, 20))

    with pytest.raises(Conflict) as refused:
        told.decides("consent", meeting=told.meeting.code)
    assert "procedures.in-session" in refused.value.facts["unmet"]

    with pytest.raises(Conflict) as none:
        told.decides("consent")
    assert none.value.rule is rules.NO_MEETING
    with pytest.raises(Conflict) as alone:
        actions.begin(told.act(cast.chair), told.item, "aap", "consent", StepForm(meeting=told.meeting.code))
    assert alone.value.rule is rules.BY_DECISION


def test_consent_for_a_text_that_changed_since_is_refused(cast: Cast) -> None:
    """Announced is what stood when it was put on the agenda; seen is what the page showed."""
    told = story(cast)
    told.at(geneva(3, 3)).revises("R1", "c")

    with pytest.raises(Conflict) as announced:
        told.at(geneva(3, 4)).decides("consent", sha256="c" * 64)
    assert announced.value.facts["unmet"] == ["procedures.text-unchanged"]

    with pytest.raises(Conflict) as seen:
        told.decides("consent", document=told.text.name, part="", sha256="d" * 64)
    assert seen.value.rule is rules.CHANGED_TEXT
    assert told.item.status == "under-study"


def test_only_its_roles_take_a_step(cast: Cast) -> None:
    told = story(cast)

    for player in (cast.rapporteur, cast.editor, cast.delegate_member):
        with pytest.raises(NotAllowed):
            told.decides("consent", by=player)
    process = told.decides("consent", by=cast.counsellor)
    with pytest.raises(NotAllowed):
        told.steps(process, "withdraw", by=cast.editor, reason="Changed my mind")

    assert process.state == "consented"


def test_meeting_of_another_group_decides_nothing_that_a_meeting_may_decide(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    process.state = "sg-decision"
    told.make.add(process)
    stranger = cast.make.person("Stella Stranger", organisation=cast.company)
    cast.make.appointment(stranger, Role.SG_CHAIR, group=cast.make.group("T/SG5"))
    theirs = meeting(cast.make, group="T/SG5")
    by = Act(told.session, cast.make.actor(stranger), told.now)

    with pytest.raises(Conflict) as refused:
        texts.take(by, process, "return-to-work", "sg-decision", StepForm(meeting=theirs.code, reason="Ours."))

    assert refused.value.facts["unmet"] == [rules.OTHER_GROUP.id]
    assert process.state == "sg-decision"


def test_text_goes_on_in_a_paper_of_its_own_group(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    meeting(cast.make, group="T/SG5")
    theirs = paper(cast.make, 46, group="T/SG5", audience="T")
    file(cast.make, theirs, sha256="c" * 64, text="kept")
    told.session.flush()

    with pytest.raises(Conflict) as refused:
        actions.provide_text(told.act(cast.chair), process, TextForm(document=theirs.name))

    assert refused.value.facts["unmet"] == [OTHER_TEXT.id]
    assert process.document_id == told.text.id


def test_step_that_binds_nothing_is_about_the_text_in_hand(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    other = paper(cast.make, 46, meeting=told.meeting.code)
    file(cast.make, other, sha256="c" * 64, text="kept")
    told.session.flush()

    told.steps(process, "withdraw", reason="Too early", document=other.name)

    last = every(told.session, Transition)[-1]
    assert (last.step, last.document_id, last.sha256) == ("withdraw", told.text.id, "a" * 64)


def test_what_is_unmet_is_all_listed_and_nothing_is_written(cast: Cast) -> None:
    told = story(cast, summary="", ipr_asked_meeting_id=None)

    offers = {
        offer.step.id: [no.rule.id for no in offer.unmet]
        for offer in queries.offers_for(told.act(cast.chair), told.item)
    }
    with pytest.raises(Conflict) as refused:
        told.decides("consent")

    assert offers == {"consent": ["procedures.has-summary", "procedures.ipr-minuted"]}
    assert refused.value.facts["unmet"] == offers["consent"]
    assert every(told.session, Process) == []


def test_preview_is_what_then_happens(cast: Cast) -> None:
    told = story(cast)
    shown = actions.preview(told.act(cast.chair), told.item, "consent")

    process = told.decides("consent", letters={"text-due": {"subject": "Please", "text": "Send the text."}})

    assert (shown.unmet, shown.state.id, shown.text.sha256 if shown.text else "") == ((), process.state, process.sha256)
    assert [(c.what, c.after) for c in shown.changes if c.what == "work-item"] == [("work-item", "consented")]
    sent = told.session.exec(select(Letter).where(Letter.kind == "approval.text-due")).all()
    assert sorted(letter.to_address for letter in sent) == sorted(
        each.address for draft in shown.letters for each in draft.recipients
    )
    assert {(letter.subject, letter.text) for letter in sent} == {("Please", "Send the text.")}


def test_last_call_preview_tells_the_day_of_approval(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    told.at(geneva(3, 11))
    actions.request(told.act(cast.chair), process)
    told.at(geneva(3, 16))

    shown = actions.preview(told.act(cast.tsb), process, "open-last-call")

    assert (shown.opens_on, shown.closes_on, shown.counts_on) == (
        date(2026, 3, 16),
        date(2026, 4, 12),
        date(2026, 4, 13),
    )
    assert [no.rule for no in shown.unmet] == [rules.NUMBER]


def test_who_holds_the_ball_owes_and_is_done_by_the_step(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    debts = every(told.session, Obligation)
    assert [(d.kind, d.role, d.due_on, d.done_at) for d in debts] == [("edited-text", "editor", date(2026, 4, 3), None)]

    told.at(geneva(3, 10))
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))

    told.session.expire_all()
    debts = every(told.session, Obligation)
    assert [(d.kind, d.role, d.done_at is None) for d in debts] == [
        ("edited-text", "editor", False),
        ("request", "chair", True),
    ]
    owed = queries.obligations_of(told.act(cast.chair), mine=True)
    assert [(each.obligation.kind, each.process.number) for each in owed] == [("request", process.number)]
    assert queries.obligations_of(told.act(cast.delegate_member), mine=True) == []


def test_text_that_is_still_being_read_is_not_decided_on(cast: Cast) -> None:
    """Its citations are not known yet: no reference found is not the same as none that lacks anything."""
    told = story(cast)
    row = told.session.exec(select(File).where(File.document_id == told.text.id)).one()
    row.text = "pending"
    cast.make.add(row)

    with pytest.raises(Conflict) as refused:
        told.decides("consent")
    (line,) = [each for each in board(told.act(cast.chair), cast.sg13).rows.rows if each.item.id == told.item.id]
    barred = [each.need.id for each in line.verdicts if not each.is_met]
    row.text = "kept"
    cast.make.add(row)

    assert refused.value.facts["unmet"] == ["procedures.references-read"]
    assert barred == ["references-read"]
    assert told.decides("consent").state == "consented"


def test_rules_are_those_of_the_day_it_began(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    cast.make.add(
        RuleValue(name="aap_last_call_days", value="14", from_on=date(2026, 3, 5), source="A.8 (2030)", set_at=told.now)
    )
    told.at(geneva(3, 10))
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.act(cast.chair), process)
    actions.announce(told.at(geneva(3, 16)).clock)

    assert told.windows(process) == [("last-call", date(2026, 3, 16), date(2026, 4, 12))]
    transitions = every(told.session, Transition)
    assert [t.number for t in transitions] == sorted(t.number for t in transitions)


def test_processes_of_a_year_are_numbered_on(cast: Cast) -> None:
    told: Story = story(cast)
    first = told.decides("consent")
    told.steps(first, "withdraw", reason="Too early")
    second = told.decides("consent")

    assert (first.number, second.number) == ("aap/2026-001", "aap/2026-002")
    assert (first.state, told.item.status) == ("withdrawn", "consented")
    found = told.session.exec(select(Process).order_by(col(Process.id))).all()
    assert [p.is_open for p in found] == [False, True]


def test_foreign_normative_reference_needs_its_justification(cast: Cast) -> None:
    """Rec. ITU-T A.5; an old edition of one's own is named as well."""
    told = story(cast)
    held = told.session.exec(select(File).where(File.document_id == told.text.id)).one()
    for words, is_normative in (("[ISO 1234] Optical fibres", True), ("[IEEE 802.3] Ethernet", False)):
        cast.make.add(
            Citation(
                document_id=told.text.id or 0, file_id=held.id or 0, words=words, is_reference=True, is_normative=is_normative
            )
        )  # fmt: skip

    with pytest.raises(Conflict) as refused:
        told.decides("consent")
    assert refused.value.facts["unmet"] == ["procedures.references-justified"]
    assert "ISO 1234" in refused.value.message
    assert "802.3" not in refused.value.message

    reason = ItemPaper(
        work_item_id=told.item.id or 0, document_id=told.text.id or 0, role="justification", about="ISO 1234", added_at=told.now
    )  # fmt: skip
    cast.make.add(reason)
    assert told.decides("consent").state == "consented"


def test_working_party_consents_and_a_meeting_of_rapporteurs_does_not(cast: Cast) -> None:
    told = story(cast)
    rgm = meeting(cast.make, group="T/SG13/T25/Q2", kind="rapporteur-group", code="T25-SG13-Q2-260302")
    listed(cast.make, rgm, told.text, cast.q2, "aap-consent", geneva(2, 20))
    party = meeting(cast.make, group="T/SG13/T25/WP1", kind="working-party", code="T25-SG13-WP1-260302")
    listed(cast.make, party, told.text, cast.wp1, "aap-consent", geneva(2, 20))
    told.item.ipr_asked_meeting_id = party.id
    cast.make.add(told.item)

    with pytest.raises(Conflict) as refused:
        told.decides("consent", meeting=rgm.code)
    assert rules.NOT_A_PLENARY.id in refused.value.facts["unmet"]

    process = told.decides("consent", by=cast.wp_chair, meeting=party.code)
    assert (process.state, process.meeting_id) == ("consented", party.id)
    with pytest.raises(NotAllowed):
        told.steps(process, "withdraw", by=cast.wp_chair, reason="I am no chair of the study group")
