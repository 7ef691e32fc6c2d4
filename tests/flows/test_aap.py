"""Consent, last call, in force; and every branch of AAP, told with a clock moved by hand. Source: domain 6.2, A.8."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.approval import actions, queries
from sgdocs.approval.actions.comments import comment, dispose
from sgdocs.approval.actions.replies import reply
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm, ReplyForm
from sgdocs.approval.models import Process
from sgdocs.approval.schemas import NumberForm, PositionForm, TextForm
from sgdocs.base.errors import Closed, Conflict
from sgdocs.mail.memory import MemoryMailer
from sgdocs.meetings.models import Meeting
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Family, Text
from sgdocs.recommendations.schemas import TextForm as Published
from sgdocs.work_programme.models import WorkItem
from tests.approval.stories import Story, every, geneva, in_last_call, story
from tests.cast import Cast
from tests.support.databases import Clock
from tests.work_programme.items import meeting

SUBSTANTIVE = CommentForm.model_validate(
    {"kind": "substantive", "text": "The delay is too long.", "clause": "7.1", "proposed": "Say 3 ns."}
)
TYPO = CommentForm.model_validate({"kind": "typographical", "text": "Read “delay”."})


def statuses(told: Story) -> dict[str, str]:
    return {text.identifier: text.status for text in every(told.session, Text)}


# Flow two


def test_consent_last_call_in_force(
    cast: Cast, client: TestClient, work: Callable[[], None], clock: Clock, mailer: MemoryMailer
) -> None:
    """The edition before is superseded with its amendment, the item closed, the old name found: within the worker's round."""
    told = story(cast)
    for name in ("ITU-T Y.3199 (11/2019)", "ITU-T Y.3199 (2019) Amd. 1 (03/2021)"):
        form = {"identifier": name, "title": "Slices", "status": "in-force", "study_group": "SG13"}
        recommendations.add(told.make.act, Published.model_validate({**form, "approved": f"{name[-5:-1]}-01-02"}))
    family = told.session.exec(select(Family)).one()
    item = told.session.get_one(WorkItem, told.item.id)
    item.version, item.family_id = "revision", family.id
    told.make.add(item)

    # The meeting consents; the editor brings the text, the chair asks, the 16th opens the last call.
    process = told.decides("consent")
    assert process.identifier == "ITU-T Y.3199"
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.request(told.at(geneva(3, 11)).act(cast.chair), process)
    told.session.commit()
    clock.now = geneva(3, 16, 0, 1)
    work()
    told.session.expire_all()
    board = queries.board(told.at(geneva(3, 20)).act(cast.delegate_member))
    assert [(row.process.number, row.state.code, row.days_left) for row in board.rows] == [(process.number, "LC", 23)]

    # Nobody says a word. The worker was away for a week.
    told.session.commit()
    clock.now = geneva(4, 20, 9)
    work()

    told.session.expire_all()
    assert statuses(told) == {
        "ITU-T Y.3199 (11/2019)": "superseded",
        "ITU-T Y.3199 (2019) Amd. 1 (03/2021)": "superseded",
        "ITU-T Y.3199 (04/2026)": "pre-published",
    }
    new = told.session.exec(select(Text).where(Text.status == "pre-published")).one()
    assert (new.approved, process.ended_on) == ("2026-04-13", date(2026, 4, 13))
    assert (item.status, item.approved_text_id) == ("approved", new.id)
    assert client.get("/rec/T/Y.3199/2026-04").status_code == 200
    found = client.get("/api/v1/search", params={"q": "Y.slice"}).json()
    assert "Y.3199" in str(found)
    assert any("Y.3199" in str(letter["Subject"]) for letter in mailer.sent)


# Branches


def judged(cast: Cast) -> tuple[Story, Process]:
    """A substantive comment of Imaginary Networks came on 1 April; the last call is over."""
    told = story(cast)
    process = in_last_call(told)
    comment(told.at(geneva(4, 1)).act(cast.delegate_member), process, SUBSTANTIVE)
    told.at(geneva(4, 13, 0, 0)).closes()
    assert process.state == "judgement"
    return told, process


def reviewed(cast: Cast) -> tuple[Story, Process]:
    """The comment was accepted, a revised text is in additional review from 1 May."""
    told, process = judged(cast)
    told.at(geneva(4, 15)).steps(process, "resolve")
    (first,) = queries.comments_of(told.act(cast.chair), process)
    with pytest.raises(Conflict) as early:
        told.steps(process, "request-review", document=told.text.name)
    assert "procedures.comments-disposed" in early.value.facts["unmet"]
    dispose(told.act(cast.editor), process, first, DisposalForm.model_validate({"disposition": "accepted"}))
    with pytest.raises(Conflict) as same:
        told.steps(process, "request-review", document=told.text.name)
    assert same.value.facts["unmet"] == ["procedures.text-revised"]
    told.at(geneva(4, 20)).revises("R2", "c")
    told.steps(process, "request-review", document=told.text.name)
    actions.announce(told.at(geneva(5, 1)).clock)
    assert told.windows(process)[-1] == ("additional-review", date(2026, 5, 1), date(2026, 5, 21))
    return told, process


def test_resolved_comments_and_a_clean_review_approve_on_the_day_after(cast: Cast) -> None:
    told, process = reviewed(cast)

    told.at(geneva(5, 29)).closes()

    assert (process.state, process.ended_on) == ("approved-after-review", date(2026, 5, 22))
    assert process.sha256 == "c" * 64
    assert told.path(process)[4:] == [
        "call-judgement", "resolve", "request-review", "open-review", "pass-review",
    ]  # fmt: skip


def test_comment_in_the_first_second_after_the_last_day_is_too_late(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    comment(told.at(geneva(4, 12, 23, 59, 59)).act(cast.delegate_member), process, TYPO)

    with pytest.raises(Closed):
        comment(told.at(geneva(4, 13, 0, 0, 1)).act(cast.delegate_member), process, SUBSTANTIVE)
    told.closes()

    assert process.state == "approved-typo"


def before_the_group(cast: Cast) -> tuple[Story, Process, Meeting]:
    """A substantive comment in the review too: the study group decides from 6 July; announced on 1 June."""
    told, process = reviewed(cast)
    comment(told.at(geneva(5, 10)).act(cast.delegate_member), process, SUBSTANTIVE)
    told.at(geneva(5, 22)).closes()
    assert process.state == "additional-judgement"
    near = meeting(cast.make, date(2026, 6, 8), status="announced")
    july = meeting(cast.make, date(2026, 7, 6), status="announced")
    with pytest.raises(Conflict) as soon:
        told.steps(process, "request-decision", deciding=near.code)
    assert soon.value.facts["unmet"] == ["procedures.decision-notice"]
    told.steps(process, "request-decision", deciding=july.code)
    actions.announce(told.at(geneva(6, 1)).clock)
    assert (process.state, process.decision_meeting_id) == ("sg-decision", july.id)
    with pytest.raises(Conflict):
        told.decides("approve", process, meeting=july.code)
    july.status = "open"
    cast.make.add(july)
    told.at(geneva(7, 8))
    return told, process, july


def says(told: Story, process: Process, position: str, entity: str = "", reason: str = "Because.") -> None:
    actions.take_position(
        told.act(told.cast.chair), process, PositionForm(position=position, entity=entity, reason=reason)
    )


def test_study_group_approves_unopposed_on_its_day(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    says(told, process, "oppose")
    with pytest.raises(Conflict) as opposed:
        told.decides("approve", process)
    says(told, process, "abstain")
    says(told, process, "concern", cast.company.name)

    told.decides("approve", process)

    assert opposed.value.facts["unmet"] == ["procedures.unopposed"]
    assert (process.state, process.ended_on) == ("approved", date(2026, 7, 8))
    assert [(n["kind"], n["entity"]) for n in process.notes] == [("concern", "Imaginary Networks")]
    due = queries.obligations_of(told.act(cast.tsb), process)
    assert [(o.obligation.kind, o.obligation.due_on) for o in due] == [("result", date(2026, 7, 24))]


def test_one_state_that_opposes_does_not_prevent_approval_two_do(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    other = cast.make.organisation("member-state", name="Administration of Inventia", member_of=("T",), country="IV")
    says(told, process, "oppose")
    with pytest.raises(Conflict):
        told.decides("refuse", process)
    says(told, process, "oppose", other.name)

    with pytest.raises(Conflict) as two:
        told.decides("approve-opposed", process)
    told.decides("refuse", process)

    assert two.value.facts["unmet"] == ["procedures.few-oppose"]
    assert (process.state, process.is_open, told.item.status) == ("not-approved", True, "consented")
    told.steps(process, "restart", reason="A new text is in sight")
    assert process.state == "consented"


def test_opposed_by_one_is_approved_with_the_name_recorded(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    says(told, process, "oppose")

    told.decides("approve-opposed", process)

    assert process.state == "approved"
    assert [each.reply.position for each in queries.replies_of(told.act(cast.chair), process)] == ["oppose"]


def test_more_time_approves_when_it_runs_out_or_not_when_opposition_is_notified(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    says(told, process, "more-time")
    told.decides("give-time", process)
    assert told.windows(process)[-1] == ("more-time", date(2026, 7, 8), date(2026, 8, 7))

    told.at(geneva(8, 7, 23)).closes()
    assert process.state == "more-time"
    told.at(geneva(8, 12)).closes()

    assert (process.state, process.ended_on) == ("approved", date(2026, 8, 7))


def test_policy_doubt_moves_the_text_to_tap(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    says(told, process, "policy-doubt")
    with pytest.raises(Conflict):
        told.decides("approve", process)

    told.decides("move-to-tap", process)

    assert (process.state, process.is_open) == ("moved-to-tap", False)
    other = told.session.exec(select(Process).where(Process.procedure == "tap")).one()
    assert (other.state, other.sha256, other.identifier, other.work_item_id) == (
        "determined",
        process.sha256,
        "ITU-T Y.3199",
        told.item.id,
    )
    assert (told.item.status, told.item.process) == ("determined", "tap")
    assert queries.process_of(told.act(cast.chair), told.item) == other


def test_not_approved_goes_back_to_work_and_may_be_consented_again(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)

    told.decides("return-to-work", process, reason="Major changes")

    assert (process.state, process.is_open, told.item.status) == ("returned", False, "under-study")
    assert len(told.session.exec(select(Process).order_by(col(Process.id))).all()) == 1


def test_reply_of_one_who_is_no_state_is_refused_in_the_time_for_opposition(cast: Cast) -> None:
    told, process, _ = before_the_group(cast)
    says(told, process, "more-time")
    told.decides("give-time", process)
    said = ReplyForm.model_validate({"position": "oppose", "reason": "We do."})

    with pytest.raises(Exception, match=r"not-permitted|member-states-only"):
        reply(told.at(geneva(8, 1)).act(cast.delegate_member), process, said)
    reply(told.act(cast.delegate_state), process, said)
    second = cast.make.organisation("member-state", name="Administration of Inventia", member_of=("T",), country="IV")
    assert second.id
    told.at(geneva(8, 8)).closes()

    assert process.state == "approved"  # one Member State alone does not prevent it


def test_number_is_needed_before_the_last_call(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.request(told.act(cast.chair), process)
    assert actions.announce(told.at(geneva(3, 16)).act(cast.tsb)).opened == ()

    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))

    assert actions.announce(told.act(cast.tsb)).opened == (process,)
