"""Drafts: who writes them, what stands against them, what a change does to what was agreed."""

from datetime import date

import pytest
from sqlmodel import col, select

from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refused
from sgdocs.documents import actions as documents
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.actions import approving, drafting, papers, withdrawing
from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.drafted import form_of
from sgdocs.liaison.models import Relation, StatementText
from sgdocs.liaison.rules import Kind, Level, Purpose, State, Status
from sgdocs.liaison.schemas import PaperForm
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.documents import desk
from tests.liaison import outbox
from tests.liaison.desk import body, received, to
from tests.make import Make


def test_draft_takes_sides_questions_and_purposes_from_the_form(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    asked = [
        {"name": "Q6/15", "purpose": "comment", "deadline": "2026-05-04"},
        {"name": "3GPP SA2", "is_copy": True},
        {"name": "Somebody else"},
    ]
    make.group("T/SG15/T25/Q6")

    statement = outbox.drafted(cast, title="LS/o on Slices [to ITU-T SG15]", addressees=asked)

    session = make.session
    (sender,) = queries.senders_of(session, statement)
    first, second, third = queries.addressees_of(session, statement)
    assert (statement.title, statement.status, statement.audience) == ("Slices", Status.DRAFT, "T/SG13")
    assert (sender.group_id, sender.question_ids) == (cast.sg13.id, [cast.q2.id])
    assert (first.group_id, first.purpose, first.deadline) == (cast.sg15.id, Purpose.COMMENT, date(2026, 5, 4))
    assert [q.code for q in queries.questions_of(session, [first])[first.id or 0]] == ["Q6"]
    assert [each.is_answer_expected for each in (first, second, third)] == [True, False, False]
    assert (third.name, third.group_id, third.body_id) == ("Somebody else", None, None)
    assert {each.state for each in (first, second, third)} == {State.PENDING}


@pytest.mark.parametrize("who", ["rapporteur", "editor", "wp_chair", "chair", "counsellor", "tsb"])
def test_whoever_writes_for_group_or_question_drafts(cast: Cast, who: str) -> None:
    cast.summon("sg13", "sg15", "q2", who)

    statement = drafting.draft(getattr(cast, who).act, outbox.form())

    assert statement.owner_id == getattr(cast, who).person.id


@pytest.mark.parametrize("who", ["delegate_member", "delegate_associate", "guest", "outsider", "focal_point"])
def test_others_do_not_draft(cast: Cast, who: str) -> None:
    cast.summon("sg13", "sg15", "q2", who)

    with pytest.raises(NotAllowed):
        drafting.draft(getattr(cast, who).act, outbox.form())


def test_rapporteur_does_not_write_for_another_group(cast: Cast) -> None:
    cast.summon("sg13", "sg15")

    with pytest.raises(NotAllowed):
        drafting.draft(cast.rapporteur.act, outbox.form(senders=[{"name": "T/SG15"}], addressees=[]))


@pytest.mark.parametrize(
    ("facts", "rule", "field"),
    [
        ({"title": "LS/o on"}, "liaison.no-title", "title"),
        ({"senders": []}, "liaison.no-sender", "senders"),
        ({"senders": [{"name": "IETF"}]}, "liaison.sender-not-ours", "senders"),
        ({"addressees": [{"name": "SG15"}, {"name": "SG13"}]}, "liaison.to-itself", "addressees.1.name"),
        (
            {"addressees": [{"name": "SG15", "purpose": "action", "deadline": "2026-03-01"}]},
            "liaison.deadline-before-sending",
            "addressees.0.deadline",
        ),
        ({"addressees": [{"name": "SG15"}, {"name": "SG9"}]}, "liaison.group-ended", "addressees.1.name"),
        ({"addressees": [{"name": "SG15"}, {"name": "Q6/15"}]}, "liaison.addressed-twice", "addressees.1.name"),
        ({"senders": [{"name": "SG13", "questions": ["Q99/13"]}]}, "base.field", "senders.0.questions"),
        ({"senders": [{"name": "SG13", "questions": ["Q6/15"]}]}, "liaison.not-its-question", "senders.0.questions"),
        (
            {"senders": [{"name": "SG13", "working_party": "WP1/15"}]},
            "liaison.not-its-party",
            "senders.0.working_party",
        ),
        ({"senders": [{"name": "SG13", "working_party": "WP9"}]}, "liaison.not-its-party", "senders.0.working_party"),
        ({"reply_to": ["SG13-LS99"]}, "liaison.reply-unknown", "reply_to"),
        ({"forwards": ["nothing"]}, "liaison.reply-unknown", "forwards"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(
    cast: Cast, make: Make, facts: dict[str, object], rule: str, field: str
) -> None:
    make.group("T/SG9", title="Cable", ends_on=date(2024, 12, 31))
    make.group("T/SG15/T25/Q6")
    make.group("T/SG15/T25/WP1", kind="working-party")
    body(make, "IETF")

    with pytest.raises(Invalid) as refused:
        outbox.drafted(cast, **facts)

    assert (refused.value.rule.id, refused.value.field) == (rule, field)


def test_group_that_sends_for_two_questions_in_two_rows_sends_once(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15", "q2")
    q7 = make.group("T/SG13/T25/Q7")
    rows = [{"name": "SG13", "questions": ["Q2/13"]}, {"name": "SG13", "questions": ["7"]}]

    (sender,) = queries.senders_of(make.session, outbox.drafted(cast, senders=rows))

    assert sender.question_ids == [cast.q2.id, q7.id]


def test_deadline_of_today_is_still_a_deadline(cast: Cast) -> None:
    asked = [{"name": "SG15", "purpose": "action", "deadline": "2026-03-02"}]

    assert outbox.drafted(cast, addressees=asked).status == Status.DRAFT


def test_reply_to_what_cannot_be_answered_is_refused(cast: Cast) -> None:
    unsent, gone = outbox.drafted(cast), outbox.sent(cast, title="Gone")
    withdrawing.withdraw(cast.tsb.act, gone, "sent twice")

    for words, rule in ((unsent.name, "liaison.reply-to-draft"), ("SG13-LS1", "liaison.reply-withdrawn")):
        with pytest.raises(Invalid) as refused:
            outbox.drafted(cast, reply_to=[words])
        assert refused.value.rule.id == rule


def test_statement_does_not_answer_itself(cast: Cast) -> None:
    statement = outbox.drafted(cast)

    with pytest.raises(Invalid) as refused:
        drafting.edit(cast.rapporteur.act, statement, outbox.form(reply_to=[statement.name]), statement.version)

    assert refused.value.rule.id == "liaison.reply-to-itself"


def test_reply_is_filled_with_what_is_known(cast: Cast, make: Make) -> None:
    partner = outbox.partner(make)
    cast.summon("sg13", "q2")
    asked = [{"name": "Q2/13", "purpose": "action", "deadline": "2026-06-01"}]
    statement = received(cast.tsb.act, "LS on slices", to=asked, number="S2-2601234")

    form = draft_reply(cast.rapporteur.act, statement, to(cast.tsb.act, statement))

    assert [(each.name, each.questions) for each in form.senders] == [("T/SG13", ["T/SG13/T25/Q2"])]
    assert [each.name for each in form.addressees] == [partner.slug]
    assert (form.title, form.reply_to) == ("slices", ["S2-2601234"])
    assert [each.name for each in form.contacts] == ["Rafael Quill"]


def test_reply_that_is_due_before_the_meeting_goes_by_correspondence(cast: Cast, make: Make) -> None:
    desk.meeting(make)
    act = cast.tsb.act
    asked = [{"name": "SG13", "purpose": "action", "deadline": day} for day in (date(2026, 4, 1), date(2026, 6, 1))]
    early, late = (received(act, to=[each]) for each in asked)

    levels = [draft_reply(act, each, to(act, each)).level for each in (early, late)]

    assert levels == [Level.CHAIR, None]


def test_draft_of_a_reply_marks_what_it_answers(cast: Cast, make: Make) -> None:
    outbox.partner(make)
    cast.summon("sg13", "q2")
    statement = received(cast.tsb.act, "LS on slices", number="S2-2601234")
    form = draft_reply(cast.rapporteur.act, statement, to(cast.tsb.act, statement))

    reply = drafting.draft(cast.chair.act, form)

    (relation,) = make.session.exec(select(Relation).where(Relation.statement_id == reply.id))
    assert (relation.kind, relation.other_id) == (Kind.REPLIES_TO, statement.id)
    assert to(cast.tsb.act, statement).state == State.REPLY_DRAFTED
    withdrawing.withdraw(cast.chair.act, reply, "not needed")
    assert to(cast.tsb.act, statement).state != State.REPLY_DRAFTED


def test_edit_keeps_every_text(cast: Cast, make: Make) -> None:
    statement = outbox.drafted(cast, body="First.")
    drafting.edit(cast.rapporteur.act, statement, outbox.form(body="Second."), statement.version)

    texts = select(StatementText.body).where(StatementText.statement_id == statement.id)
    assert list(make.session.exec(texts.order_by(col(StatementText.number)))) == ["First.", "Second."]


def test_reply_marked_by_its_title_alone_stays_one(cast: Cast) -> None:
    statement = outbox.drafted(cast, title="LS/r on timing [to SG15]", reply_to=[])
    assert (statement.title, statement.is_reply) == ("timing", True)
    form = form_of(cast.rapporteur.act, statement)
    assert form.title == "LS/r on timing"

    drafting.edit(cast.rapporteur.act, statement, form, statement.version)
    assert (statement.title, statement.is_reply) == ("timing", True)

    form.title = "timing"
    drafting.edit(cast.rapporteur.act, statement, form, statement.version)
    assert (statement.title, statement.is_reply) == ("timing", False)


def test_edit_from_an_old_page_is_a_conflict_and_changes_nothing(cast: Cast) -> None:
    statement = outbox.drafted(cast)
    seen = statement.version
    drafting.edit(cast.rapporteur.act, statement, outbox.form(title="Mine"), seen)

    with pytest.raises(Conflict):
        drafting.edit(cast.chair.act, statement, outbox.form(title="Yours"), seen)

    assert statement.title == "Mine"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"title": "Another subject"}, Status.DRAFT),
        ({"body": "Another text"}, Status.DRAFT),
        ({"addressees": [{"name": "T/SG17"}]}, Status.DRAFT),
        ({"contacts": [{"name": "Somebody", "email": "s@example.test"}]}, Status.APPROVED),
        ({}, Status.APPROVED),
    ],
)
def test_change_of_what_was_agreed_makes_it_a_draft_again(
    cast: Cast, make: Make, facts: dict[str, object], status: str
) -> None:
    make.group("T/SG17", title="Security")
    statement = outbox.approved(cast)

    drafting.edit(cast.rapporteur.act, statement, outbox.form(**facts), statement.version)

    assert statement.status == status
    (sender,) = queries.senders_of(make.session, statement)
    assert (sender.approved_at is not None) == (status == Status.APPROVED)


def test_other_contact_leaves_level_meeting_and_approval(cast: Cast, make: Make) -> None:
    statement = outbox.drafted(cast)
    meeting = desk.meeting(make, "T25-SG13-260301", starts_on=date(2026, 3, 1), status="open")
    approving.agree(
        cast.chair.act, statement, queries.senders_of(make.session, statement)[0], Level.STUDY_GROUP, meeting
    )
    changed = outbox.form(contacts=[{"name": "Somebody", "email": "s@example.test"}])

    drafting.edit(cast.rapporteur.act, statement, changed, statement.version)

    (sender,) = queries.senders_of(make.session, statement)
    assert (sender.level, sender.agreed_meeting_id, sender.approved_by, statement.level, statement.status) == (
        Level.STUDY_GROUP, meeting.id, cast.chair.person.id, Level.STUDY_GROUP, Status.APPROVED,
    )  # fmt: skip


def test_sent_statement_is_not_edited(cast: Cast) -> None:
    statement = outbox.sent(cast)

    with pytest.raises(Conflict) as refused:
        drafting.edit(cast.tsb.act, statement, outbox.form(), statement.version)

    assert refused.value.rule.id == "liaison.no-draft"


def test_paper_that_the_drafter_may_not_read_is_not_found(cast: Cast, make: Make) -> None:
    meeting = desk.meeting(make)
    secret = desk.submitted(cast.tsb.act, meeting, title="Secret", kind="temporary-document", sources=["TSB"])
    documents.set_audience(cast.tsb.act, secret, "secretariat", "personal data")
    statement = outbox.drafted(cast)

    with pytest.raises(Refused):
        papers.attach(cast.rapporteur.act, statement, PaperForm(document=secret.name))

    assert queries.papers_of(make.session, statement) == []


def test_papers_are_put_and_taken_and_unmake_the_agreement(cast: Cast, make: Make) -> None:
    meeting = desk.meeting(make)
    paper = desk.submitted(cast.tsb.act, meeting, title="Draft", kind="temporary-document", sources=["TSB"])
    statement = outbox.approved(cast)
    (row,) = papers.attach(cast.rapporteur.act, statement, PaperForm(document="TD1/GEN"))
    assert (row.document_id, statement.status) == (paper.id, Status.DRAFT)
    with pytest.raises(Conflict):
        papers.attach(cast.rapporteur.act, statement, PaperForm(document=paper.name))
    own = papers.attach_file(cast.rapporteur.act, statement, desk.upload("figure", name="figure.docx"))

    papers.detach(cast.rapporteur.act, statement, row.id or 0)

    assert [(each.id, each.position) for each in queries.papers_of(make.session, statement)] == [(own.id, 0)]


def test_withdrawn_draft_leaves_its_reason(cast: Cast, make: Make) -> None:
    statement = outbox.drafted(cast)

    with pytest.raises(Invalid):
        withdrawing.withdraw(cast.rapporteur.act, statement, " ")
    withdrawing.withdraw(cast.rapporteur.act, statement, "overtaken")

    assert (statement.status, statement.withdrawn_reason) == (Status.WITHDRAWN, "overtaken")
    entry = make.session.exec(select(Entry).where(Entry.verb == "liaison.withdrawn")).one()
    assert (entry.audience, entry.facts["reason"]) == ("T/SG13", "overtaken")


def test_draft_by_somebody_who_left_keeps_its_texts(cast: Cast, make: Make) -> None:
    """The texts name who wrote them by id alone."""
    outbox.drafted(cast)

    (text,) = make.session.exec(select(StatementText)).all()
    assert make.session.get_one(Person, text.by_id).name == "Rafael Quill"
