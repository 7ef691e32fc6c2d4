"""Suppression, the assemblies and the TAP of a region, told with a clock moved by hand. Source: domain 6.3, 6.6."""

from datetime import date

import pytest
from sqlmodel import select

from sgdocs.approval import actions
from sgdocs.approval.actions.replies import reply
from sgdocs.approval.comment_schemas import ReplyForm
from sgdocs.approval.models import Process
from sgdocs.approval.schemas import NumberForm, StepForm
from sgdocs.base.errors import Conflict, Refused
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.actions import texts
from sgdocs.recommendations.models import Text
from tests.approval.stories import Story, every, geneva, story
from tests.cast import Cast
from tests.flows.test_approvals import answers, radio
from tests.work_programme.items import meeting

# Suppression


def agreed_to_suppress(cast: Cast) -> tuple[Story, Process, Text]:
    """SG5 agreed on 4 March to suppress M.2150-1."""
    told = radio(cast)
    (text,) = every(told.session, Text)
    form = StepForm(reason="Nobody builds it any more")
    process = texts.take(told.act(cast.br), text, "propose", "", form, procedure="suppression")
    told.steps(process, "agree", by=cast.br, document=told.text.name)
    assert (process.number, process.state) == ("suppression/2026-001", "agreed")
    return told, process, text


def test_text_is_suppressed_when_no_state_objects(cast: Cast) -> None:
    told, process, text = agreed_to_suppress(cast)
    told.at(geneva(3, 20)).steps(process, "open-objection", by=cast.br)
    ((kind, opens, closes),) = told.windows(process)
    assert (kind, opens) == ("objection", date(2026, 3, 20))

    assert told.at(geneva(closes.month, closes.day, 23, 59)).closes() == 0
    told.at(geneva(closes.month, closes.day + 7)).closes()

    told.session.refresh(text)
    assert (process.state, process.ended_on, text.status) == ("suppressed", closes, "withdrawn")
    assert text.withdrawn == closes.isoformat()


def test_consultation_with_too_little_support_keeps_the_text(cast: Cast) -> None:
    told, process, text = agreed_to_suppress(cast)
    told.at(geneva(3, 20)).steps(process, "open-consultation", by=cast.br)
    answers(told, process, "Administration A", "oppose")
    answers(told, process, "Administration B", "approve")
    ((_, _, closes),) = told.windows(process)

    told.at(geneva(closes.month, closes.day + 7)).closes()

    told.session.refresh(text)
    assert (process.state, text.status) == ("objected", "in-force")  # 1 of 2
    told.steps(process, "keep", by=cast.br, reason="It is used in Administration A")
    assert (process.state, process.is_open) == ("kept", False)


# Assemblies


def at_radio_assembly(cast: Cast, *, on: date) -> tuple[Story, Process, Meeting]:
    """The draft that SG5 adopted in March, before the Radiocommunication Assembly that begins on that day."""
    told = radio(cast)
    process = told.steps(told.decides("send-to-sg", by=cast.br), "adopt", by=cast.br)
    told.steps(process, "choose-assembly", by=cast.br)
    other = told.session.exec(select(Process).where(Process.procedure == "radio-assembly")).one()
    assert (process.state, other.state, told.item.status) == ("to-assembly", "forwarded", "forwarded-to-assembly")
    assembly = meeting(cast.make, on, group="R/RA", kind="assembly")
    told.at(geneva(on.month, on.day + 1))
    return told, other, assembly


def test_assembly_approves_what_the_study_group_sent(cast: Cast) -> None:
    told, process, assembly = at_radio_assembly(cast, on=date(2026, 11, 9))

    told.steps(process, "approve", by=cast.br, meeting=assembly.code)

    assert (process.state, process.ended_on, told.item.status) == ("approved", date(2026, 11, 10), "approved")
    assert "ITU-R M.2150-2 (11/2026)" in [text.identifier for text in every(told.session, Text)]


def test_assembly_decides_on_nothing_that_came_too_late(cast: Cast) -> None:
    told, process, assembly = at_radio_assembly(cast, on=date(2026, 3, 23))

    with pytest.raises(Conflict) as refused:
        told.steps(process, "approve", by=cast.br, meeting=assembly.code)

    assert refused.value.facts["unmet"] == ["procedures.assembly-notice"]


def test_study_group_does_not_approve_in_place_of_the_assembly(cast: Cast) -> None:
    told, process, _ = at_radio_assembly(cast, on=date(2026, 11, 9))
    told.at(geneva(3, 5))

    with pytest.raises(Conflict) as refused:
        told.steps(process, "approve", by=cast.br, meeting=told.meeting.code)

    assert "procedures.at-assembly" in str(refused.value.facts["unmet"])
    told.steps(process, "return-to-work", by=cast.br, reason="The assembly is a year away")
    assert (process.state, told.item.status) == ("returned", "under-study")


# The TAP of a region


def test_states_of_the_region_alone_are_asked_and_clear_the_text(cast: Cast) -> None:
    told = story(cast, process="tap", kind="tap-determination")
    for name, country in (("Kenya", "KE"), ("Uganda", "UG"), ("Syldavia", "SY")):
        cast.make.organisation("member-state", name=name, member_of=("T",), country=country)
    july = meeting(cast.make, date(2026, 7, 6), status="announced")
    form = StepForm(countries="ke, UG")
    process = texts.take(told.act(cast.chair), told.item, "determine", "", form, procedure="regional-tap")
    assert (process.number, told.item.status) == ("regional-tap/2026-001", "determined")
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="D.271"))
    told.at(geneva(3, 20)).steps(process, "request", deciding=july.code)
    told.steps(process, "open-consultation", by=cast.tsb)

    told.at(geneva(5, 1))
    answers(told, process, "Kenya", "approve")
    with pytest.raises(Refused) as refused:
        reply(told.act(cast.tsb), process, ReplyForm.model_validate({"position": "oppose", "reason": "Ours.", "entity": "Syldavia"}))  # fmt: skip
    assert refused.value.rule.id == "replies.region-only"

    told.at(geneva(6, 30)).closes()
    assert process.state == "cleared"  # 1 of 1
    july.status = "open"
    cast.make.add(july)
    told.at(geneva(7, 8)).decides("approve", process)
    assert (process.state, told.item.status) == ("approved", "approved")
