"""Letters: who must get which, once each, and what stands in them."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.approval import letters
from sgdocs.approval.actions import comments
from sgdocs.approval.comment_schemas import CommentForm
from sgdocs.approval.letter_words import SORTS, Told
from sgdocs.approval.models import Process
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import Letter
from sgdocs.approval.targets import Target, target_of
from sgdocs.approval.workflow import Outcome
from sgdocs.journal.record import record
from sgdocs.mail.models import Letter as Sent
from sgdocs.people.rules import Category
from sgdocs.policy import Role
from tests.approval.windows import process, window
from tests.cast import Cast
from tests.make import Make

OUTCOME = Outcome("open-last-call", "requested", "last-call", "A.8 4.1", date(2026, 2, 16), date(2026, 3, 15))


@pytest.fixture
def text(cast: Cast) -> Process:
    cast.summon("tsb", "counsellor", "chair", "rapporteur", "editor", "delegate_state", "delegate_member")
    row = process(cast)
    window(cast, row)
    return row


def focal(cast: Cast, category: str, name: str, *, member_of: Any = ("T",), **facts: Any) -> str:
    """The address of the focal point of a new entity."""
    entity = cast.make.organisation(category, name=name, member_of=member_of)
    person = cast.make.person(f"Focal {name}", organisation=entity, **facts)
    cast.make.appointment(person, Role.FOCAL_POINT)
    return person.email or ""


def drafted(cast: Cast, text: Process, kind: str, *, by_meeting: bool = False) -> letters.Draft:
    target = target_of(cast.tsb.act, text)
    told = letters.told_of(cast.tsb.act, target, OUTCOME, site="https://sgdocs.test")
    return letters.draft(cast.tsb.act, kind, target, told, by_meeting=by_meeting)


def reached(draft: letters.Draft) -> set[str]:
    return {each.address for each in draft.recipients}


def test_announcement_goes_to_focal_points_of_members_of_the_sector(cast: Cast, text: Process) -> None:
    wanted = {
        focal(cast, Category.MEMBER_STATE, "State One"),
        focal(cast, Category.SECTOR_MEMBER, "Member One"),
        focal(cast, Category.ASSOCIATE, "Associate Here", member_of=("T/SG13",)),
    }
    focal(cast, Category.ASSOCIATE, "Associate Elsewhere", member_of=("T/SG15",))
    focal(cast, Category.SECTOR_MEMBER, "Radio Alone", member_of=("R",))
    focal(cast, Category.SECTOR_MEMBER, "Nobody's", member_of=())
    draft = drafted(cast, text, Letter.AAP)

    assert reached(draft) == wanted
    assert draft.unreached == ("Administration of Fictavia", "Imaginary Networks", "University of Nowhere")


def test_consultation_goes_to_states_and_for_information_to_sector_members(cast: Cast, text: Process) -> None:
    state = focal(cast, Category.MEMBER_STATE, "State One")
    member = focal(cast, Category.SECTOR_MEMBER, "Member One")
    focal(cast, Category.ASSOCIATE, "Associate Here", member_of=("T/SG13",))
    director = cast.make.person("Dirk Head", organisation=cast.bureau)
    cast.make.appointment(director, Role.DIRECTOR)
    draft = drafted(cast, text, Letter.TAP_CONSULTATION)

    others = {cast.chair.person.email, cast.counsellor.person.email, director.email}
    assert reached(draft) == {state, member, *others}
    assert "15 March 2026" in draft.text


def test_result_of_a_silent_window_is_for_those_who_worked_on_it(cast: Cast, text: Process) -> None:
    focal(cast, Category.MEMBER_STATE, "State One")
    form = CommentForm.model_validate({"kind": "typographical", "text": "A comma"})
    comments.comment(cast.delegate_member.act, text, form)

    silent, decided = (drafted(cast, text, Letter.RESULT, by_meeting=each) for each in (False, True))
    officers = {cast.chair.person.email, cast.counsellor.person.email, cast.rapporteur.person.email}
    assert reached(silent) == {*officers, cast.delegate_member.person.email}
    assert reached(decided) == {*officers, "focalstateone@example.test"}


def test_one_letter_to_whoever_has_several_roles(cast: Cast, text: Process) -> None:
    """The chair comments as well."""
    form = CommentForm.model_validate({"kind": "substantive", "text": "Too short"})
    comments.comment(cast.chair.act, text, form)
    draft = drafted(cast, text, Letter.JUDGEMENT_DUE)

    (chair,) = [each for each in draft.recipients if each.address == cast.chair.person.email]
    assert chair.why == "chair of ITU-T SG13; sender of a comment on Y.3199 (ex Y.slice)"


def test_who_left_or_whose_office_ended_gets_nothing(cast: Cast, text: Process, make: Make) -> None:
    focal(cast, Category.MEMBER_STATE, "State One", left_at=make.act.now)
    entity = make.organisation(Category.MEMBER_STATE, name="State Two")
    ended = make.person("Former Focal", organisation=entity)
    make.appointment(ended, Role.FOCAL_POINT, ends_on=date(2026, 3, 1))
    draft = drafted(cast, text, Letter.AAP)

    assert reached(draft) == set()
    assert {"State One", "State Two"} <= set(draft.unreached)


def test_words_of_the_secretariat_go_to_those_whom_the_rule_names(cast: Cast, text: Process, make: Make) -> None:
    focal(cast, Category.MEMBER_STATE, "State One")
    draft = drafted(cast, text, Letter.TAP_CONSULTATION).worded(text="Dear all,\nplease reply.")
    entry = record(cast.tsb.act, "approval.commented", text)

    rows = letters.write(cast.tsb.act, draft, entry)
    again = letters.write(cast.tsb.act, draft, entry)
    assert [row.id for row in rows] == [row.id for row in again]
    assert {row.to_address for row in make.session.exec(select(Sent)).all()} == reached(draft)
    assert {(row.text, row.entry_id, row.kind) for row in rows} == {
        ("Dear all,\nplease reply.", entry.id, "approval.tap-consultation")
    }
    assert all("cannot be switched off" in row.reason for row in rows)


def test_every_letter_of_every_procedure_has_words(cast: Cast, text: Process) -> None:
    """No brace is left, whatever is not known."""
    named = {letter for procedure in ALL.values() for step in procedure.steps for letter in step.letters}
    assert named <= set(SORTS)

    for kind in SORTS:
        draft = letters.draft(cast.tsb.act, kind, _target(cast, text), Told("", "Y.slice", "Slicing", "SG13"))
        assert "{" not in draft.subject + draft.text
        assert draft.clause


def test_a_radio_circular_is_a_cace(cast: Cast, make: Make) -> None:
    row = process(cast, "psaa", "psaa", sector="R", group_id=make.group("R/SG5").id, question_id=None)
    draft = letters.draft(cast.br.act, Letter.RESULT, _target(cast, row), Told("", "M.1", "T", "SG5"), by_meeting=True)
    assert draft.series == "CACE"


def _target(cast: Cast, row: Process) -> Target:
    return target_of(cast.tsb.act, row)
