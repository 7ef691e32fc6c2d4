"""TAP with replies of Member States, agreement, deletion, and the ways of ITU-R, told with a clock moved by hand.

Source: domain 6.3 to 6.6.
"""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.approval import actions, queries
from sgdocs.approval.actions.replies import reply
from sgdocs.approval.comment_schemas import ReplyForm
from sgdocs.approval.models import Process
from sgdocs.approval.schemas import NumberForm, PositionForm, StepForm
from sgdocs.base.errors import Conflict, NotAllowed
from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import texts
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.schemas import TextForm
from sgdocs.work_programme.models import ItemEditor
from tests.approval.stories import Story, every, geneva, listed, story
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.work_programme.base_item import item_row
from tests.work_programme.items import meeting


def said(position: str, reason: str = "") -> ReplyForm:
    return ReplyForm.model_validate({"position": position, "reason": reason})


def states(cast: Cast, count: int) -> list[str]:
    """Administrations of that many more Member States of ITU-T and ITU-R, by name."""
    names = [f"Administration {n}" for n in range(count)]
    for n, name in enumerate(names):
        cast.make.organisation("member-state", name=name, member_of=("T", "R"), country=f"{chr(65 + n)}A")
    return names


def answers(told: Story, process: Process, name: str, position: str, reason: str = "Reasons.") -> None:
    """Entered by the secretariat, as it came by letter."""
    form = ReplyForm.model_validate({"position": position, "reason": reason, "entity": name})
    reply(told.act(told.cast.tsb), process, form)


def published(cast: Cast, name: str, process: str, group: str = "SG13") -> Text:
    form = {"identifier": name, "title": "Old slices", "status": "in-force", "study_group": group, "process": process}
    return recommendations.add(cast.make.act, TextForm.model_validate({**form, "approved": "2019-11-22"}))


# TAP


def consulted(cast: Cast) -> tuple[Story, Process, Meeting, list[str]]:
    """Determined on 4 March; Member States are consulted until 24 June on the decision of SG13 from 6 July."""
    told = story(cast, process="tap", kind="tap-determination")
    names = states(cast, 9)
    july = meeting(cast.make, date(2026, 7, 6), status="announced")
    process = told.decides("determine")
    assert (process.number, told.item.status) == ("tap/2026-001", "determined")
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="D.271"))
    told.at(geneva(3, 20)).steps(process, "request", deciding=july.code)
    told.steps(process, "open-consultation", by=cast.tsb)
    assert told.windows(process) == [("consultation", date(2026, 3, 20), date(2026, 6, 24))]
    return told, process, july, names


def test_seventy_percent_clear_and_the_study_group_approves(cast: Cast) -> None:
    told, process, july, names = consulted(cast)
    told.at(geneva(5, 1))
    for n, name in enumerate(names):
        answers(told, process, name, "approve" if n < 7 else "oppose")
    with pytest.raises(NotAllowed):
        reply(told.act(cast.delegate_member), process, said("approve"))
    answers(told, process, names[8], "abstain")
    reply(told.act(cast.delegate_state), process, said("oppose"))

    told.at(geneva(6, 25, 0, 0)).closes()

    assert (process.state, told.days(process)[-1]) == ("cleared", date(2026, 6, 25))  # 7 of 9 say yes
    july.status = "open"
    cast.make.add(july)
    told.at(geneva(7, 8)).decides("approve", process)
    assert (process.state, process.ended_on, told.item.status) == ("approved", date(2026, 7, 8), "approved")
    assert [t.identifier for t in every(told.session, Text)] == ["ITU-T D.271 (07/2026)"]


def test_less_than_seventy_percent_block_and_no_reply_clears(cast: Cast) -> None:
    told, process, _, names = consulted(cast)
    told.at(geneva(5, 1))
    answers(told, process, names[0], "oppose")
    answers(told, process, names[1], "approve")
    answers(told, process, names[2], "approve")

    told.at(geneva(6, 30)).closes()

    assert process.state == "blocked"  # 2 of 3
    told.steps(process, "return-to-work", reason="To be rewritten")
    assert told.item.status == "under-study"


def test_states_that_did_not_reply_owe_one_until_they_do(cast: Cast) -> None:
    told, process, _, _ = consulted(cast)
    act = told.at(geneva(5, 1)).act(cast.delegate_state)
    before = [each.obligation.kind for each in queries.obligations_of(act, mine=True)]

    reply(act, process, said("approve"))

    assert before == ["reply"]
    assert queries.obligations_of(told.at(geneva(5, 2)).act(cast.delegate_state), mine=True) == []
    assert len(queries.obligations_of(told.act(cast.tsb), process)) == 9


def test_announcement_later_than_three_months_before_is_refused(cast: Cast) -> None:
    told = story(cast, process="tap", kind="tap-determination")
    june = meeting(cast.make, date(2026, 6, 1), status="announced")
    process = told.decides("determine")

    told.at(geneva(3, 20))
    with pytest.raises(Conflict) as refused:
        told.steps(process, "request", deciding=june.code)

    assert "procedures.consultation-notice" in refused.value.facts["unmet"]


# Agreement and deletion


def test_agreed_text_enters_the_catalogue_without_last_call(cast: Cast) -> None:
    told = story(cast, process="agreement", kind="agreement")
    told.item.kind, told.item.identifier = "supplement", "Y Suppl. 99"
    cast.make.add(told.item)

    process = told.decides("agree")

    assert (process.state, process.is_open, told.item.status) == ("agreed", False, "agreed")
    (text,) = every(told.session, Text)
    assert (text.identifier, text.approved, text.process) == ("ITU-T Y Suppl. 99 (03/2026)", "2026-03-04", "agreement")


def test_agreed_report_without_a_number_ends_its_item_alone(cast: Cast) -> None:
    told = story(cast, process="agreement", kind="agreement")
    told.item.kind = "technical-report"
    cast.make.add(told.item)

    process = told.decides("agree")

    assert (process.state, told.item.status, every(told.session, Text)) == ("agreed", "agreed", [])


def proposed_deletion(cast: Cast) -> tuple[Story, Process, Text]:
    told = story(cast)
    text = published(cast, "ITU-T Y.3100 (11/2019)", "aap")
    report = paper(cast.make, 46, meeting=told.meeting.code, title="Proposal to delete Y.3100")
    file(cast.make, report, sha256="e" * 64)
    listed(cast.make, told.meeting, report, cast.sg13, "questions", geneva(2, 20))
    form = StepForm(document=report.name, reason="Superseded by Y.3199")
    process = texts.take(told.act(cast.chair), text, "propose", "", form, procedure="deletion")
    told.decides("agree-aap", process, document=report.name)
    told.at(geneva(3, 20)).steps(process, "open-objection", by=cast.tsb)
    assert told.windows(process) == [("objection", date(2026, 3, 20), date(2026, 6, 20))]
    return told, process, text


def test_deletion_without_objection_takes_the_text_out_of_force(cast: Cast) -> None:
    told, process, text = proposed_deletion(cast)

    told.at(geneva(7, 1)).closes()

    told.session.refresh(text)
    assert (process.state, process.number, process.ended_on) == ("deleted", "deletion/2026-001", date(2026, 6, 21))
    assert (text.status, text.withdrawn) == ("withdrawn", "2026-06-21")


def test_objection_brings_the_deletion_back_to_the_group(cast: Cast) -> None:
    told, process, text = proposed_deletion(cast)
    reply(told.at(geneva(6, 20, 23)).act(cast.delegate_member), process, said("oppose", "We use it."))

    told.at(geneva(6, 21)).closes()

    told.session.refresh(text)
    assert (process.state, text.status) == ("objected", "in-force")
    told.steps(process, "keep", reason="It is used")
    assert (process.state, process.is_open) == ("kept", False)


# ITU-R


def radio(cast: Cast, *, posted: tuple[int, int] = (2, 1), revises: bool = True) -> Story:
    """A draft of WP 5D before SG5 from 2 to 6 March; the text was posted on that day."""
    cast.summon("tsb", "br", "chair", "editor", "delegate_state")
    make = cast.make
    group = make.group("R/SG5", title="Terrestrial services")
    question = make.group("R/SG5/R23/Q77", title="IMT", kind="question")
    here = meeting(make, group="R/SG5", code="R23-SG5-260302")
    text: Document = paper(make, 7, group="R/SG5", posted_at=geneva(*posted))
    text.meeting_id, text.sector = here.id, "R"
    make.add(text)
    file(make, text, sha256="a" * 64, text="kept")
    facts: dict[str, Any] = {"summary": "IMT.", "ipr_asked_meeting_id": here.id, "process": "adoption"}
    if revises:
        old = published(cast, "ITU-R M.2150-1 (02/2022)", "psaa", "SG5")
        facts |= {"version": "revision", "family_id": old.family_id}
    item = item_row(make, group, "M.[IMT.X]", question=question, **facts)
    item.base_document_id, item.base_sha256 = text.id, "a" * 64
    make.add(item)
    make.add(ItemEditor(work_item_id=item.id or 0, person_id=cast.editor.person.id))
    listed(make, here, text, group, "documents", geneva(2, 20))
    for name in ("Administration A", "Administration B"):
        make.organisation("member-state", name=name, member_of=("R",), country=name[-1] * 2)
    return Story(cast, here, item, text)


def test_psaa_without_objection_adopts_and_approves_on_the_closing_date(cast: Cast) -> None:
    told = radio(cast)
    process = texts.take(told.act(cast.br), told.item, "decide", "", StepForm(), procedure="psaa")
    assert process.identifier == "ITU-R M.2150-2"
    told.at(geneva(3, 20)).steps(process, "open", by=cast.br)
    assert told.windows(process) == [("objection", date(2026, 3, 20), date(2026, 5, 20))]

    told.at(geneva(5, 20, 23, 59)).closes()
    assert process.state == "psaa"
    told.at(geneva(5, 27)).closes()

    assert (process.state, process.ended_on, told.item.status) == ("approved", date(2026, 5, 20), "approved")
    assert {t.identifier: t.status for t in every(told.session, Text)} == {
        "ITU-R M.2150-1 (02/2022)": "superseded",
        "ITU-R M.2150-2 (05/2026)": "pre-published",
    }


def test_psaa_is_stopped_by_one_member_state(cast: Cast) -> None:
    told = radio(cast)
    process = texts.take(told.act(cast.br), told.item, "decide", "", StepForm(), procedure="psaa")
    told.at(geneva(3, 20)).steps(process, "open", by=cast.br)
    form = ReplyForm.model_validate({"position": "oppose", "reason": "Interference.", "entity": "Administration A"})
    reply(told.at(geneva(5, 1)).act(cast.br), process, form)

    told.at(geneva(5, 21)).closes()

    assert (process.state, told.item.status) == ("objected", "under-study")
    told.steps(process, "return-to-work", by=cast.br, reason="To be solved with the objector")
    assert (process.state, process.is_open) == ("returned", False)


def test_adoption_at_the_meeting_and_approval_by_consultation(cast: Cast) -> None:
    told = radio(cast)
    process = told.steps(told.decides("send-to-sg", by=cast.br), "adopt", by=cast.br)
    assert (process.state, told.item.status) == ("adopted", "adopted")
    told.steps(process, "choose-consultation", by=cast.br)
    other = told.session.exec(select(Process).where(Process.procedure == "consultation")).one()
    assert (other.state, other.identifier, process.is_open) == ("requested", "ITU-R M.2150-2", False)

    told.at(geneva(3, 20)).steps(other, "open-consultation", by=cast.br)
    for n, name in enumerate(("Administration A", "Administration B")):
        form = ReplyForm.model_validate(
            {"position": "approve" if n else "oppose", "reason": "Reasons.", "entity": name}
        )
        reply(told.act(cast.br), other, form)
    reply(told.act(cast.delegate_state), other, said("approve"))
    told.at(geneva(5, 21)).closes()
    assert other.state == "not-approved"  # 2 of 3

    assert told.item.status == "adopted"


def test_text_that_came_late_is_not_adopted_at_the_meeting(cast: Cast) -> None:
    told = radio(cast, posted=(2, 20))
    process = told.decides("send-to-sg", by=cast.br)

    with pytest.raises(Conflict) as refused:
        told.steps(process, "adopt", by=cast.br)

    assert refused.value.facts["unmet"] == ["procedures.text-weeks"]


def test_delegation_that_opposes_prevents_adoption(cast: Cast) -> None:
    told = radio(cast)
    process = told.decides("send-to-sg", by=cast.br)
    form = PositionForm(position="oppose", entity="Administration A", reason="Interference.")
    actions.take_position(told.act(cast.br), process, form)

    with pytest.raises(Conflict) as refused:
        told.steps(process, "adopt", by=cast.br)

    assert refused.value.facts["unmet"] == ["procedures.unopposed"]


# Editorial


def test_editorial_update_is_a_footnote_of_the_same_revision(cast: Cast) -> None:
    told = radio(cast)
    (text,) = every(told.session, Text)

    form = StepForm(document=told.text.name, reason="The group has another name")
    process = texts.take(told.act(cast.br), text, "update", "", form, procedure="editorial")

    told.session.refresh(text)
    assert (process.state, text.identifier, text.status) == ("updated", "ITU-R M.2150-1 (02/2022)", "in-force")
    assert (text.status_note, text.approved) == ("Editorial amendments in 2026", "2022-02")
    assert len(every(told.session, Text)) == 1


def test_erratum_needs_the_chair_alone(cast: Cast) -> None:
    told = story(cast)
    text = published(cast, "ITU-T Y.3100 (11/2019)", "aap")
    form = StepForm(document=told.text.name, reason="Two signs are swapped")
    process = texts.take(told.act(cast.tsb), text, "propose", "", form, procedure="erratum")

    with pytest.raises(NotAllowed):
        told.steps(process, "concur", by=cast.rapporteur)
    told.steps(process, "concur")

    told.session.refresh(text)
    assert (process.state, text.status_note) == ("corrected", "Editorial amendments in 2026")
    assert [n["text"] for n in process.notes if n["kind"] == "editorial"] == ["Two signs are swapped"]
