"""Agreement and approval: the table of who approves, and what a level at a meeting or between meetings does."""

from datetime import date

import pytest
from sqlmodel import col, select

from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.groups.models import Appointment
from sgdocs.journal.models import Entry
from sgdocs.liaison import levels, queries
from sgdocs.liaison.actions import approving, drafting
from sgdocs.liaison.approvers import approvers_of
from sgdocs.liaison.levels import At
from sgdocs.liaison.models import Sender, Statement
from sgdocs.liaison.rules import Level, Status
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Role
from tests.cast import Cast
from tests.documents import desk
from tests.liaison import outbox
from tests.make import Make


def one(cast: Cast, statement: Statement, n: int = 0) -> Sender:
    return queries.senders_of(cast.make.session, statement)[n]


def sitting(make: Make, **facts: object) -> Meeting:
    """SG13 meets from the day before that of the tests."""
    told: dict[str, object] = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 13), "status": "open"}
    return desk.meeting(make, "T25-SG13-260301", **(told | facts))  # type: ignore[arg-type]


def test_each_level_is_approved_by_its_roles() -> None:
    """Level -> at a meeting, who is asked first; between meetings always the chair. Source: A.1 1.5."""
    first = {
        level: (levels.needs(level, at_meeting=True)[0].at, levels.needs(level, at_meeting=False)[0].at)
        for level in Level
    }

    assert first == {
        Level.STUDY_GROUP: (At.GROUP, At.GROUP),
        Level.WORKING_PARTY: (At.WORKING_PARTY, At.GROUP),
        Level.RAPPORTEUR_GROUP: (At.QUESTION, At.GROUP),
        Level.CHAIR: (At.GROUP, At.GROUP),
    }


@pytest.mark.parametrize(
    ("level", "people"),
    [
        (Level.STUDY_GROUP, ["Clara Gavel"]),
        (Level.WORKING_PARTY, ["Wilma Podium"]),
        (Level.RAPPORTEUR_GROUP, ["Rafael Quill", "Xenia Second"]),
    ],
)
def test_all_holders_of_the_role_are_asked(cast: Cast, make: Make, level: Level, people: list[str]) -> None:
    cast.summon("chair", "wp_chair", "rapporteur", "associate_rapporteur")
    make.appointment(make.person("Xenia Second", organisation=cast.company), Role.CO_RAPPORTEUR, cast.q2)
    statement = outbox.drafted(cast)
    approving.agree(cast.editor.act, statement, one(cast, statement), level, sitting(make))

    (asked,) = approvers_of(cast.tsb.act, statement)

    assert sorted(person.name for person in asked.people) == people
    assert not asked.is_secretariats_task
    assert asked.is_open


def test_one_of_them_is_enough(cast: Cast, make: Make) -> None:
    second = make.person("Xenia Second", organisation=cast.company)
    make.appointment(second, Role.CO_RAPPORTEUR, cast.q2)
    statement = outbox.drafted(cast)
    approving.agree(cast.editor.act, statement, one(cast, statement), Level.RAPPORTEUR_GROUP, sitting(make))
    assert statement.status == Status.AGREED

    approving.approve(make.act_as(make.actor(second)), statement, one(cast, statement))

    assert (statement.status, one(cast, statement).approved_by) == (Status.APPROVED, second.id)
    with pytest.raises(Conflict):
        approving.approve(cast.rapporteur.act, statement, one(cast, statement))


def test_chair_above_can_approve_for_a_working_party(cast: Cast, make: Make) -> None:
    cast.summon("chair", "wp_chair", "rapporteur")
    statement = outbox.drafted(cast)
    approving.agree(cast.editor.act, statement, one(cast, statement), Level.WORKING_PARTY, sitting(make))
    with pytest.raises(NotAllowed):
        approving.approve(cast.rapporteur.act, statement, one(cast, statement))

    approving.approve(cast.chair.act, statement, one(cast, statement))

    assert statement.status == Status.APPROVED


def test_between_meetings_the_chair_of_the_study_group_approves(cast: Cast) -> None:
    cast.summon("chair", "wp_chair")
    statement = outbox.drafted(cast)
    approving.agree(cast.rapporteur.act, statement, one(cast, statement), Level.RAPPORTEUR_GROUP)
    assert statement.status == Status.AGREED

    for each in (cast.rapporteur, cast.wp_chair):
        with pytest.raises(NotAllowed):
            approving.approve(each.act, statement, one(cast, statement))
    approving.approve(cast.chair.act, statement, one(cast, statement))

    assert statement.status == Status.APPROVED


def test_nobody_holds_the_role_so_it_is_the_task_of_the_secretariat(cast: Cast, make: Make) -> None:
    statement = outbox.drafted(cast)
    approving.agree(cast.rapporteur.act, statement, one(cast, statement), Level.CHAIR)

    (asked,) = approvers_of(cast.rapporteur.act, statement)
    assert (list(asked.people), asked.is_secretariats_task) == ([], True)
    approving.approve(cast.tsb.act, statement, one(cast, statement))

    assert statement.status == Status.APPROVED


def test_chair_whose_term_is_over_is_not_asked(cast: Cast, make: Make) -> None:
    cast.summon("chair")
    row = make.session.exec(select(Appointment).where(Appointment.role == Role.SG_CHAIR)).one()
    row.ends_on = date(2026, 3, 1)
    make.add(row)
    statement = outbox.drafted(cast)

    (asked,) = approvers_of(cast.rapporteur.act, statement)

    assert asked.is_secretariats_task


def test_secretariat_says_how_the_chair_approved(cast: Cast) -> None:
    cast.summon("chair")
    statement = outbox.drafted(cast)
    approving.agree(cast.rapporteur.act, statement, one(cast, statement), Level.CHAIR)

    with pytest.raises(Invalid) as refused:
        approving.approve(cast.tsb.act, statement, one(cast, statement))
    approving.approve(cast.tsb.act, statement, one(cast, statement), note="by mail of 2 March")

    assert refused.value.rule.id == "liaison.say-how"
    assert one(cast, statement).approval_note == "by mail of 2 March"


@pytest.mark.parametrize(
    ("who", "level", "status"),
    [
        ("chair", Level.STUDY_GROUP, Status.APPROVED),
        ("tsb", Level.STUDY_GROUP, Status.APPROVED),
        ("counsellor", Level.WORKING_PARTY, Status.APPROVED),
        ("wp_chair", Level.WORKING_PARTY, Status.APPROVED),
        ("rapporteur", Level.RAPPORTEUR_GROUP, Status.APPROVED),
        ("chair", Level.RAPPORTEUR_GROUP, Status.APPROVED),
        ("rapporteur", Level.STUDY_GROUP, Status.AGREED),
        ("editor", Level.RAPPORTEUR_GROUP, Status.AGREED),
    ],
)
def test_at_a_meeting_its_chair_or_the_secretariat_says_so(
    cast: Cast, make: Make, who: str, level: Level, status: str
) -> None:
    cast.summon("chair", "wp_chair", "rapporteur", who)
    statement = outbox.drafted(cast)

    approving.agree(getattr(cast, who).act, statement, one(cast, statement), level, sitting(make))

    verbs = ["liaison.drafted", "liaison.agreed", *(["liaison.approved"] if status == Status.APPROVED else [])]
    assert statement.status == status
    told = select(Entry.verb).where(Entry.subject_kind == "statement").order_by(col(Entry.id))
    assert list(make.session.exec(told)) == verbs


def test_meeting_must_be_one_of_the_group_and_have_begun(cast: Cast, make: Make) -> None:
    statement = outbox.drafted(cast)
    other = desk.meeting(make, "T25-SG15-260301", group="T/SG15", starts_on=date(2026, 3, 1), status="open")
    later = desk.meeting(make)
    experts = desk.rgm(make, "T25-SG13-Q2-260301", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 4))

    for meeting, level, rule in (
        (other, Level.STUDY_GROUP, "liaison.level-meeting"),
        (later, Level.STUDY_GROUP, "liaison.meeting-not-begun"),
        (experts, Level.STUDY_GROUP, "liaison.level-meeting"),
        (sitting(make), Level.CHAIR, "liaison.level-meeting"),
    ):
        with pytest.raises(Invalid) as refused:
            approving.agree(cast.rapporteur.act, statement, one(cast, statement), level, meeting)
        assert refused.value.rule.id == rule
    approving.agree(cast.rapporteur.act, statement, one(cast, statement), Level.RAPPORTEUR_GROUP, experts)
    assert statement.status == Status.APPROVED


def test_each_sending_group_agrees_and_approves_for_itself(cast: Cast, make: Make) -> None:
    make.group("T/SG17", title="Security")
    chair = make.person("Sven Hammer", organisation=cast.company)
    make.appointment(chair, Role.SG_CHAIR, cast.sg15)
    both = [{"name": "T/SG13"}, {"name": "T/SG15"}]
    statement = drafting.draft(cast.chair.act, outbox.form(senders=both, addressees=[{"name": "T/SG17"}]))
    ours, theirs = one(cast, statement), one(cast, statement, 1)

    approving.agree(cast.chair.act, statement, ours, Level.CHAIR)
    assert statement.status == Status.DRAFT
    for other in (cast.chair, cast.rapporteur):
        with pytest.raises(NotAllowed):
            approving.agree(other.act, statement, theirs, Level.CHAIR)
    approving.agree(make.act_as(make.actor(chair)), statement, theirs, Level.CHAIR)

    assert statement.status == Status.APPROVED


def test_what_nobody_agreed_is_not_approved(cast: Cast) -> None:
    statement = outbox.drafted(cast)

    with pytest.raises(Conflict) as refused:
        approving.approve(cast.chair.act, statement, one(cast, statement))

    assert refused.value.rule.id == "liaison.not-agreed"


@pytest.mark.parametrize("who", ["delegate_member", "outsider", "guest"])
def test_others_neither_agree_nor_approve(cast: Cast, who: str) -> None:
    cast.summon("chair", who)
    statement = outbox.drafted(cast)
    approving.agree(cast.rapporteur.act, statement, one(cast, statement), Level.CHAIR)

    with pytest.raises(NotAllowed):
        approving.agree(getattr(cast, who).act, statement, one(cast, statement), Level.CHAIR)
    with pytest.raises(NotAllowed):
        approving.approve(getattr(cast, who).act, statement, one(cast, statement))


def test_radio_working_party_is_approved_by_its_chair(cast: Cast, make: Make) -> None:
    group = make.group("R/WP5D", title="IMT")
    chair = make.person("Wanda Wave", organisation=cast.state)
    make.appointment(chair, Role.WP_CHAIR, group)
    statement = drafting.draft(cast.br.act, outbox.form(senders=[{"name": "R/WP5D"}], addressees=[{"name": "R/SG4"}]))

    (asked,) = approvers_of(cast.br.act, statement)

    assert [person.name for person in asked.people] == ["Wanda Wave"]


def test_a_text_that_changed_since_it_was_looked_at_is_not_approved(cast: Cast, make: Make) -> None:
    cast.summon("rapporteur")
    statement, meeting = outbox.drafted(cast), sitting(make)
    approving.agree(cast.editor.act, statement, one(cast, statement), Level.RAPPORTEUR_GROUP, meeting)
    looked_at = statement.version
    approving.agree(cast.editor.act, statement, one(cast, statement), Level.RAPPORTEUR_GROUP, meeting)

    with pytest.raises(Conflict):
        approving.approve(cast.rapporteur.act, statement, one(cast, statement), version=looked_at)
    approving.approve(cast.rapporteur.act, statement, one(cast, statement), version=statement.version)
