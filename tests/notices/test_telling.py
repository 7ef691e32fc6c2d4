"""Who is told of what: those who follow, those whom a role tells, never who may not read it; once, and not of their own acts."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import col, select, update

from sgdocs.base.db import Database
from sgdocs.documents.models import Document, Lineage
from sgdocs.groups import actions as groups
from sgdocs.journal.models import OPEN, Delivery
from sgdocs.journal.record import record
from sgdocs.meetings import actions as meetings
from sgdocs.meetings.schemas import MeetingForm
from sgdocs.notices import following, telling
from sgdocs.notices.models import Notice
from sgdocs.notices.topics import Often
from sgdocs.people.accounts import GuestPass
from sgdocs.policy import Role
from tests.cast import Cast
from tests.documents.papers import again, paper
from tests.make import Make
from tests.notices.stories import follow, letters, shown, told
from tests.support.databases import Clock

Work = Callable[[], None]
MEMBERS = {
    "Tessa Ledger",
    "Bruno Register",
    "Ansel Keyring",
    "Corin Docket",
    "Clara Gavel",
    "Wilma Podium",
    "Rafael Quill",
    "Aiko Margin",
    "Edwin Blotter",
    "Dora Envoy",
    "Selim Courier",
    "Una Scholar",
    "Alba Single",
    "Farid Switchboard",
    "Gustav Visitor",
}
OFFICE = {"Tessa Ledger", "Bruno Register", "Ansel Keyring"}
OTHERS = {"Otto Fence"}


@pytest.fixture
def crowd(cast: Cast, make: Make) -> Cast:
    """Everybody follows SG13."""
    for player in cast.every().values():
        follow(player, f"group:{cast.sg13.id}")
    make.session.commit()
    return cast


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", MEMBERS | OTHERS),
        ("T/SG13", MEMBERS),
        ("T", MEMBERS - {"Alba Single", "Gustav Visitor"}),
        ("secretariat", OFFICE),
        ("T/SG15", MEMBERS - {"Alba Single", "Gustav Visitor"}),
    ],
)
def test_everybody_follows_and_readers_alone_are_told(
    crowd: Cast, make: Make, database: Database, work: Work, audience: str, readers: set[str]
) -> None:
    make.group("T/SG15")
    paper(make, audience=audience)
    make.session.commit()

    work()

    assert set(told(database)) == readers
    assert set(told(database).values()) == {("documents", "follows")}


def test_what_was_narrowed_is_neither_shown_nor_counted_nor_mailed(
    crowd: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    document = paper(make)
    make.session.commit()
    work()
    assert len(shown(database, crowd.delegate_state)) == 1

    document.audience = "secretariat"
    make.add(document)
    make.session.commit()
    clock.move(days=1)
    work()

    assert shown(database, crowd.delegate_state) == []
    assert [told.label for told in shown(database, crowd.tsb)] == ["SG13-C1"]
    assert {letter.to_name for letter in letters(database)} == OFFICE


def test_who_lost_the_role_is_not_told_any_more(
    cast: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    visitor = cast.guest
    follow(visitor, f"group:{cast.sg13.id}")
    paper(make)
    make.session.commit()
    work()
    assert len(shown(database, visitor)) == 1

    make.session.exec(update(GuestPass).values(ends_on=date(2026, 3, 1)))
    make.session.commit()
    clock.move(days=1)
    work()

    assert shown(database, visitor) == []
    assert letters(database) == []


def test_nobody_is_told_of_their_own_act(cast: Cast, make: Make, database: Database, work: Work) -> None:
    cast.summon("delegate_member")
    follow(cast.delegate_member, f"group:{cast.sg13.id}")
    follow(cast.delegate_state, f"group:{cast.sg13.id}")
    document = paper(make)
    make.session.exec(update(Delivery).values(state="done"))
    again(cast.delegate_member.act, document, "documents.revised", part="R1")
    make.session.commit()

    work()

    assert set(told(database, "documents.revised")) == {"Dora Envoy"}


def test_narrowest_word_of_a_person_decides(cast: Cast, make: Make, database: Database, work: Work) -> None:
    document = paper(make)
    for player in (cast.chair, cast.delegate_state, cast.delegate_academia):
        follow(player, f"group:{cast.sg13.id}")
    following.mute(cast.chair.act, cast.chair.person, f"document:{document.id}")
    following.mute(cast.delegate_state.act, cast.delegate_state.person, f"group:{cast.sg13.id}")
    follow(cast.delegate_state, f"document:{document.id}")
    following.mute(cast.delegate_member.act, cast.delegate_member.person, "all")
    follow(cast.rapporteur, f"group:{cast.sg13.id}", "meetings", "groups")
    again(make.act, document, "documents.withdrawn", reason="wrong file")
    make.session.commit()

    work()

    assert told(database, "documents.withdrawn") == {
        "Dora Envoy": ("revisions", "follows"),
        "Una Scholar": ("revisions", "follows"),
    }


def test_who_followed_a_document_hears_of_the_one_that_revises_it(
    cast: Cast, make: Make, database: Database, work: Work
) -> None:
    first = paper(make, 1)
    follow(cast.delegate_state, f"document:{first.id}")
    second, third = paper(make, 2), paper(make, 3)
    make.add(Lineage(document_id=second.id or 0, other_id=first.id or 0, kind="revision-of"))
    make.add(Lineage(document_id=third.id or 0, other_id=second.id or 0, kind="revision-of"))
    make.add(Lineage(document_id=first.id or 0, other_id=third.id or 0, kind="revision-of"))
    make.session.exec(update(Document).values(title="x"))
    again(make.act, third, "documents.revised", part="R1")
    make.session.commit()

    work()

    assert told(database, "documents.revised") == {"Dora Envoy": ("revisions", "follows")}


def test_follower_of_a_study_group_hears_of_its_questions(
    cast: Cast, make: Make, database: Database, work: Work
) -> None:
    for player, scope in ((cast.chair, cast.sg13), (cast.delegate_state, cast.wp1), (cast.delegate_academia, cast.q2)):
        follow(player, f"group:{scope.id}")
    follow(cast.delegate_member, f"group:{cast.sg15.id}")
    make.add(paper(make))
    row = cast.q2
    record(make.act, "groups.moved", row, group_id=row.id, to="T/SG13")
    make.session.commit()

    work()

    assert set(told(database, "groups.moved")) == {"Clara Gavel", "Dora Envoy", "Una Scholar"}


def test_owner_hears_of_a_document_that_nobody_else_may_read(
    cast: Cast, make: Make, database: Database, work: Work
) -> None:
    follow(cast.delegate_state, f"group:{cast.sg13.id}")
    document = paper(make, audience="secretariat", status="reserved", owner_id=cast.delegate_member.person.id)
    again(make.act, document, "documents.held")
    make.session.commit()

    work()

    assert told(database, "documents.held") == {"Selim Courier": ("mine", "owner")}
    (letter,) = letters(database)
    assert (letter.to_name, letter.kind) == ("Selim Courier", "notices.now")
    assert [each.says for each in shown(database, cast.delegate_member)] == [
        "Came late and is held for the next meeting: SG13-C1, Proposal 1"
    ]


def test_meeting_letter_is_not_sent_twice(cast: Cast, make: Make, database: Database, work: Work) -> None:
    for player in (cast.rapporteur, cast.delegate_state):
        follow(player, f"group:{cast.q2.id}")
        following.prefer(player.act, player.person, "meetings", Often.NOW)
    form = {"group": "T/SG13/T25/Q2", "kind": "rapporteur-group", "starts_on": "2026-06-15", "ends_on": "2026-06-17"}
    row = meetings.convene(cast.tsb.act, MeetingForm.model_validate(form | {"place": "Kyoto"}))
    meetings.announce(cast.tsb.act, row)
    make.session.commit()

    work()

    assert told(database, "meetings.announced") == dict.fromkeys(
        ("Rafael Quill", "Dora Envoy"), ("meetings", "follows")
    )
    sent = [(letter.to_name, letter.kind) for letter in letters(database, "")]
    assert sorted(sent) == [("Dora Envoy", "notices.now"), ("Rafael Quill", "meetings.announced")]


def test_entry_that_is_heard_twice_is_told_once(cast: Cast, make: Make, database: Database, work: Work) -> None:
    follow(cast.delegate_state, f"group:{cast.sg13.id}")
    following.prefer(cast.delegate_state.act, cast.delegate_state.person, "documents", Often.NOW)
    paper(make)
    make.session.commit()
    work()
    again_open = update(Delivery).where(col(Delivery.listener) == telling.LISTENER)
    make.session.exec(again_open.values(state=OPEN, due_at=make.act.now))
    make.session.commit()

    work()

    assert len(make.session.exec(select(Notice)).all()) == 1
    assert len(letters(database)) == 1
    assert set(make.session.exec(select(Delivery.attempts).where(Delivery.listener == telling.LISTENER))) == {2}


def test_person_who_has_left_is_not_told(cast: Cast, make: Make, database: Database, work: Work) -> None:
    for player in (cast.delegate_state, cast.delegate_academia):
        follow(player, "all")
    cast.delegate_state.person.left_at = make.act.now
    make.add(cast.delegate_state.person)
    paper(make)
    make.session.commit()

    work()

    assert set(told(database, "documents.submitted")) == {"Una Scholar"}


def test_new_officer_hears_of_the_appointment(cast: Cast, make: Make, database: Database, work: Work) -> None:
    cast.summon("sg13", "delegate_state")
    groups.appoint(cast.tsb.act, cast.delegate_state.person, Role.SG_VICE_CHAIR, cast.sg13, starts_on=date(2026, 3, 2))
    make.session.commit()

    work()

    assert told(database, "groups.appointed") == {"Dora Envoy": ("groups", "appointed")}
