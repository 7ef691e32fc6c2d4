"""Notices on approval: whose turn it is, who hears of windows and comments, mail to focal points that nothing holds back."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sgdocs.approval.actions import comments
from sgdocs.approval.comment_schemas import CommentForm
from sgdocs.approval.models import Process
from sgdocs.base.db import Database
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.notices import following
from sgdocs.notices.models import Notice
from sgdocs.notices.topics import TOPICS, Often
from sgdocs.policy import Role
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.cast import Cast, Player
from tests.notices.stories import follow, letters, shown, told

Work = Callable[[], None]


def wants_nothing(player: Player) -> None:
    for topic in TOPICS:
        following.prefer(player.act, player.person, topic, Often.OFF)


def often(database: Database, verb: str) -> dict[int, str]:
    """Person -> how they are mailed of that verb."""
    with database.reading() as session:
        found = select(Notice.person_id, Notice.often).join(Entry, col(Entry.id) == Notice.entry_id)
        return dict(session.exec(found.where(Entry.verb == verb)).all())


@pytest.fixture
def of_slice(cast: Cast) -> Story:
    return story(cast)


def test_after_consent_the_text_is_the_editors_task(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    of_slice.decides("consent")
    of_slice.session.commit()

    work()

    found = told(database, "approval.consent")
    assert found["Edwin Blotter"] == ("tasks", "holder")
    assert found["Rafael Quill"] == ("approvals", "rapporteur")
    assert "Clara Gavel" not in found, "the chair entered it"
    (row,) = [each for each in shown(database, cast.editor) if each.verb == "approval.consent"]
    assert row.says == f"Y.slice, {of_slice.item.title}: Consented; the edited text is awaited"
    assert row.path.startswith("/approval/aap/2026-")
    assert row.why == "You get this because the next step is yours."


def test_follower_of_a_series_hears_of_the_last_call_with_its_last_day(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    follow(cast.delegate_state, "series:T/Y", "last-calls")
    follow(cast.delegate_member, "series:T/G")
    in_last_call(of_slice)
    of_slice.session.commit()

    work()

    assert told(database, "approval.open-last-call")["Dora Envoy"] == ("last-calls", "follows")
    assert "Selim Courier" not in told(database)
    (row,) = shown(database, cast.delegate_state)
    assert row.says == f"Y.slice, {of_slice.item.title}: Last call; open until 12 April 2026"
    assert row.why == "You get this because you follow ITU-T Y."


def test_focal_point_gets_the_mail_whatever_it_chose_and_once(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    wants_nothing(cast.focal_point)
    following.mute(cast.focal_point.act, cast.focal_point.person, "all")
    in_last_call(of_slice)
    of_slice.session.commit()

    work()

    assert told(database, "approval.open-last-call")["Farid Switchboard"] == ("last-calls", "aap-focal-points")
    with database.reading() as session:
        sent = session.exec(select(Letter).where(Letter.person_id == cast.focal_point.person.id)).all()
    assert len(sent) == 1, [letter.subject for letter in sent]


def test_focal_point_whom_no_letter_of_the_step_reached_is_mailed_by_the_notice(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    process = in_last_call(of_slice)
    late = cast.make.person("Lara Later", organisation=cast.university)
    cast.make.appointment(late, Role.FOCAL_POINT, note="AAP")
    other = cast.make.person("Olaf Other", organisation=cast.university)
    cast.make.appointment(other, Role.FOCAL_POINT, note="liaison statements")
    following.prefer(cast.make.act_as(cast.make.actor(late)), late, "last-calls", Often.OFF)
    of_slice.session.commit()

    work()

    assert often(database, "approval.open-last-call")[late.id or 0] == "now"
    assert "Olaf Other" not in told(database)
    (letter,) = [each for each in letters(database, "notices.now") if each.to_name == "Lara Later"]
    assert "by the rules this mail cannot be switched off" in letter.reason
    assert process.number in letter.text


def test_comment_is_told_to_chair_rapporteur_and_editor_at_once(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    process = in_last_call(of_slice)
    of_slice.at(geneva(3, 20))
    comments.comment(
        of_slice.act(cast.delegate_member), process, CommentForm(kind="substantive", text="Not so.", proposed="So.")
    )
    of_slice.session.commit()

    work()

    found = told(database, "approval.commented")
    assert {name: why for name, (topic, why) in found.items() if topic == "comments"} == {
        "Clara Gavel": "chair",
        "Rafael Quill": "rapporteur",
        "Edwin Blotter": "editors",
    }
    assert {
        letter.to_name for letter in letters(database, "notices.now") if letter.subject.startswith("Comment 1")
    } == {
        "Clara Gavel",
        "Rafael Quill",
        "Edwin Blotter",
    }


def test_outsider_who_follows_everything_hears_of_nothing_that_is_for_members(
    of_slice: Story, cast: Cast, database: Database, work: Work
) -> None:
    follow(cast.outsider, "all")
    follow(cast.delegate_associate, "all")
    process = in_last_call(of_slice)
    audience = process.audience
    of_slice.session.commit()

    work()

    heard = set(told(database, "approval.open-last-call"))
    assert ("Otto Fence" in heard) is (audience == "public")
    assert "Alba Single" in heard
    with database.reading() as session:
        row = session.exec(select(Process)).one()
    row.audience = "secretariat"
    of_slice.make.add(of_slice.session.merge(row))
    of_slice.session.commit()
    assert [each for each in shown(database, cast.delegate_associate) if each.verb.startswith("approval.open")] == []
