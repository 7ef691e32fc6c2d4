"""The facts of the checks, gathered from the database: what a submission would meet is found before it."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import event

from sgdocs.base.act import Act
from sgdocs.documents import actions
from sgdocs.documents.models import Document
from sgdocs.documents.preflight import check, facts_of
from sgdocs.documents.rules import DocumentKind
from sgdocs.meetings.models import Meeting
from sgdocs.text.model import Unit
from sgdocs.text.reading import read
from tests.cast import Cast
from tests.documents.desk import LAST_SECOND, at, form, meeting, radio, register, reservation, rgm, upload
from tests.files import checked as files
from tests.files.covers import itu_t
from tests.make import Make

FORM = {"kind": "contribution", "questions": ["2/13"], "sources": ["Imaginary Networks"]}


def ids(act: Act, at_meeting: Meeting | None = None, data: bytes | None = None, **more: Any) -> list[str]:
    """What is found in a file (a contribution in order, else that one)."""
    content = files.in_order() if data is None else data
    asked = more.pop("form", form(files.TITLE, **FORM))
    found = facts_of(
        act, read(content, "draft.docx"), asked, at_meeting, name="draft.docx", size_bytes=len(content), **more
    )
    return [finding.id for finding in check(found)]


@pytest.fixture
def sg13(make: Make, cast: Cast) -> Meeting:
    cast.summon("q2", "delegate_member", "associate", "state", "sg15")
    return meeting(make)


def test_submission_in_order_has_no_finding(cast: Cast, sg13: Meeting) -> None:
    assert ids(cast.delegate_member.act, sg13) == []


def test_file_alone_is_checked_by_anybody(cast: Cast) -> None:
    assert ids(cast.outsider.act, form=None) == []


def test_form_without_a_meeting_is_compared_all_the_same(cast: Cast) -> None:
    cast.summon("company")
    other = form("Another title", kind="contribution", questions=["Q2/13"], sources=["Imaginary Networks"])

    assert ids(cast.outsider.act, form=other) == ["form.title"]


def test_title_source_and_questions_are_compared_with_the_form(cast: Cast, sg13: Meeting) -> None:
    other = form("Another title", kind="contribution", questions=["ALL/13"], sources=["Imaginary Networks"])

    assert ids(cast.delegate_member.act, sg13, form=other) == ["form.title", "form.questions"]


def test_source_may_be_written_by_its_acronym(cast: Cast, sg13: Meeting) -> None:
    cast.company.acronym = "IMN"

    assert ids(cast.delegate_member.act, sg13, files.contribution(source="IMN")) == []


def test_question_of_another_group_is_not_known(cast: Cast, sg13: Meeting) -> None:
    asked = form(files.TITLE, kind="contribution", questions=["2/13", "99/13"], sources=["Imaginary Networks"])

    assert "question.known" in ids(cast.delegate_member.act, sg13, form=asked)


def test_question_of_another_study_group_is_told(cast: Cast, make: Make, sg13: Meeting) -> None:
    make.group("T/SG15/T25/Q6", title="Optics")
    asked = form(files.TITLE, kind="contribution", questions=["6/15"], sources=["Imaginary Networks"])

    found = ids(cast.delegate_member.act, sg13, files.contribution(questions="6/15"), form=asked)

    assert found == ["question.of-group"]


def test_source_may_leave_out_its_legal_form(cast: Cast, sg13: Meeting) -> None:
    cast.company.name = "Imaginary Networks Ltd"
    asked = form(files.TITLE, kind="contribution", questions=["2/13"], sources=["Imaginary Networks Ltd"])

    assert ids(cast.delegate_member.act, sg13, form=asked) == []


@pytest.mark.parametrize(("seconds", "found"), [(0, []), (1, ["deadline.contribution"])])
def test_last_second_of_the_deadline_counts(cast: Cast, sg13: Meeting, seconds: int, found: list[str]) -> None:
    act = at(cast.delegate_member.act, LAST_SECOND + timedelta(seconds=seconds))

    assert ids(act, sg13) == found


def test_late_contribution_to_itu_r_is_an_error(cast: Cast, make: Make) -> None:
    wp5d = radio(make)
    act = at(cast.delegate_state.act, LAST_SECOND + timedelta(days=9))
    asked = form("Proposal", kind="contribution", sources=[cast.state.name])

    assert "deadline.closed" in ids(act, wp5d, form=asked)


def test_late_revision_is_told(cast: Cast, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    document = actions.submit(act, sg13, form(files.TITLE, **FORM), [upload()])
    late = at(act, LAST_SECOND + timedelta(days=1))

    found = ids(late, sg13, form=None, document=document, is_revision=True)

    assert found == ["deadline.revision"]


def test_meeting_that_is_over_is_told(cast: Cast, sg13: Meeting) -> None:
    sg13.status = "closed"

    assert "deadline.meeting-over" in ids(cast.delegate_member.act, sg13)


def test_source_without_the_right_is_told(cast: Cast, make: Make) -> None:
    sg15 = meeting(make, "T25-SG15-260413", group="T/SG15")
    asked = form(files.TITLE, kind="contribution", sources=[cast.associate.name])

    found = ids(cast.delegate_associate.act, sg15, files.contribution(source=cast.associate.name), form=asked)

    assert "membership.may-contribute" in found


def test_source_of_others_alone_is_told(cast: Cast, sg13: Meeting) -> None:
    asked = form(files.TITLE, kind="contribution", questions=["2/13"], sources=[cast.state.name])

    found = ids(cast.delegate_member.act, sg13, files.contribution(source=cast.state.name), form=asked)

    assert found == ["membership.own-entity"]


def test_source_nobody_knows_is_told(cast: Cast, sg13: Meeting) -> None:
    asked = form(files.TITLE, kind="contribution", questions=["2/13"], sources=["Nobody Ltd"])

    assert ids(cast.delegate_member.act, sg13, files.contribution(source="Nobody Ltd"), form=asked) == [
        "membership.known"
    ]


def test_number_on_the_cover_is_compared_with_the_reservation(cast: Cast, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    actions.reserve(act, sg13, reservation(**FORM))
    second = actions.reserve(act, sg13, reservation(**FORM))

    assert ids(act, sg13, document=second) == ["form.number"]
    assert ids(act, sg13, files.contribution(number="SG13-C2"), document=second) == []


def test_number_of_another_document_is_told(cast: Cast, make: Make, sg13: Meeting) -> None:
    actions.submit(cast.delegate_member.act, sg13, form(files.TITLE, **FORM), [upload()])
    asked = form(files.TITLE, kind="contribution", questions=["2/13"], sources=[cast.state.name])

    found = ids(cast.delegate_state.act, sg13, files.contribution(source=cast.state.name), form=asked)

    assert found == ["cover.number-taken"]


def test_number_of_ones_own_reservation_is_not_that_of_another(cast: Cast, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    actions.reserve(act, sg13, reservation(**FORM))

    assert ids(act, sg13) == []


def _submitted(act: Act, there: Meeting, content: bytes) -> Document:
    return actions.submit(act, there, form(files.TITLE, **FORM), [upload(content.hex())])


def digest(content: bytes) -> str:
    return sha256(content.hex().encode()).hexdigest()


def test_identical_file_is_told(cast: Cast, make: Make, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    content = files.contribution(number="SG13-Cn")
    document = _submitted(act, sg13, content)
    later = meeting(make, "T25-SG13-260510")

    here = facts_of(act, read(content, "x.docx"), None, sg13, sha256=digest(content))
    there = facts_of(act, read(content, "x.docx"), None, later, sha256=digest(content))

    assert (here.same_here, here.same_elsewhere) == ((document.name,), ())
    assert (there.same_here, there.same_elsewhere) == ((), (document.name,))


def test_identical_file_of_a_document_one_may_not_read_is_not_told(cast: Cast, sg13: Meeting) -> None:
    content = files.in_order()
    document = _submitted(cast.delegate_member.act, sg13, content)

    reader = facts_of(cast.delegate_state.act, read(content, "x.docx"), None, sg13, sha256=digest(content))
    outsider = facts_of(cast.outsider.act, read(content, "x.docx"), None, sg13, sha256=digest(content))

    assert reader.same_here == (document.name,)
    assert (outsider.same_here, outsider.taken_by) == ((), "")


def test_document_itself_is_no_other_with_the_same_file(cast: Cast, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    document = _submitted(act, sg13, files.in_order())

    found = facts_of(
        act, read(files.in_order(), "x.docx"), None, sg13, sha256=digest(files.in_order()), document=document
    )

    assert (found.same_here, found.taken_by) == ((), "")


def test_rapporteur_group_document_needs_no_member(cast: Cast, make: Make) -> None:
    there = rgm(make)
    register(make, there, cast.delegate_member.person)
    cover = itu_t(
        "rgm-facts", kind="DOC", number="Q2/13-DOCn", group="SG13", questions="2/13", title="Agenda", purpose="Admin",
        source="Rapporteur Q2/13", days=("E-meeting, 9-11 March 2026", "2026-03-09", "2026-03-11"),
    )  # fmt: skip
    asked = form("Agenda", kind=DocumentKind.RGM, questions=["2/13"], sources=["Rapporteur Q2/13"])

    assert ids(cast.delegate_member.act, there, cover().data, form=asked) == []


def test_references_are_judged(cast: Cast, make: Make, sg13: Meeting) -> None:
    reading = read(files.in_order(), "x.docx")
    units = (
        Unit("2", "References", "[ITU-T Z.9999] Recommendation ITU-T Z.9999 (2016), Nothing.", 1, "c-2", "references"),
    )
    found = facts_of(cast.delegate_member.act, reading.__class__(**(vars(reading) | {"units": units})), None, sg13)

    assert [(each.status, each.place) for each in found.references] == [("not-found", "2 References")]


def test_facts_cost_few_queries(cast: Cast, sg13: Meeting) -> None:
    act = cast.delegate_member.act
    reading = read(files.in_order(), "x.docx")

    asked: list[str] = []
    note = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(act.session.get_bind(), "before_cursor_execute", note)
    facts_of(act, reading, form(files.TITLE, **FORM), sg13, sha256="0" * 64)
    event.remove(act.session.get_bind(), "before_cursor_execute", note)

    assert len(asked) <= 25, asked
