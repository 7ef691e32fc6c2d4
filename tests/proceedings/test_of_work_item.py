"""What meetings decided about a work item, as far as the reader may know."""

from datetime import date

from sgdocs.proceedings.actions import decisions
from sgdocs.proceedings.of_work_item import decisions as decided
from sgdocs.proceedings.rules import DecisionKind
from sgdocs.proceedings.schemas import DecisionForm
from sgdocs.web.work_meetings import sat
from sgdocs.work_programme import actions
from sgdocs.work_programme.rules import PaperRole
from tests.cast import Cast
from tests.make import Make
from tests.proceedings.places import brought, study_group_meeting
from tests.work_programme.items import meeting, registered


def test_decisions_about_the_texts_of_an_item_are_told(make: Make, cast: Cast) -> None:
    held = study_group_meeting(cast)
    item, other = registered(cast), registered(cast, acronym="Y.other")
    text, output, proposal, strange = (brought(make, held, n, cast.q2) for n in range(1, 5))
    actions.set_base(cast.tsb.act, item, text)
    actions.attach(cast.tsb.act, item, output, PaperRole.OUTPUT)
    actions.attach(cast.tsb.act, item, proposal, PaperRole.CONTRIBUTION)
    actions.attach(cast.tsb.act, other, strange, PaperRole.OUTPUT)
    for n, row in enumerate((text, output, proposal, strange), 1):
        form = DecisionForm(text=f"Decision {n}", kind=DecisionKind.AGREED, document=row.name)
        decisions.decide(cast.chair.act, held, cast.sg13, form)

    told = decided(cast.delegate_member.act, item)

    assert [row.decision.text for row in told] == ["Decision 2", "Decision 1"]
    assert {(row.meeting.code, row.group.label, row.step) for row in told} == {(held.code, "ITU-T SG13", "")}
    assert decided(cast.outsider.act, item) == []
    decisions.withdraw_decision(cast.chair.act, held, cast.sg13, told[0].decision, "Entered twice")
    assert [row.decision.text for row in decided(cast.delegate_member.act, item)] == ["Decision 1"]


def test_meetings_that_may_have_decided_are_the_latest_first(make: Make, cast: Cast) -> None:
    cast.summon("q2", "sg15")
    meeting(make, date(2026, 3, 2))
    meeting(make, date(2025, 9, 1), status="closed")
    meeting(make, date(2026, 2, 2), "T/SG13/T25/WP1", kind="working-party")
    meeting(make, date(2026, 1, 12), status="cancelled")
    meeting(make, date(2026, 2, 9), "T/SG13/T25/Q2", kind="rapporteur-group")
    meeting(make, date(2026, 2, 9), "T/SG15")
    meeting(make, date(2026, 6, 1))

    told = [(each.code, each.is_open) for each in sat(cast.chair.act, cast.q2)]

    assert told == [("T25-SG13-260302", True), ("T25-WP1-260202", False), ("T25-SG13-250901", False)]
    assert [each.code for each in sat(cast.chair.act, cast.sg13)] == [code for code, _ in told]
