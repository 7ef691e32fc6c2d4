"""What time does: closings once, dated by the window; holds; announcements; reminders; meetings that move."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from sgdocs.approval import actions, queries, rules, ticking
from sgdocs.approval.actions import closing, comments
from sgdocs.approval.comment_schemas import CommentForm
from sgdocs.approval.models import Announcement, Comment, Obligation, Process, RuleValue, Transition, Window
from sgdocs.approval.schemas import HoldForm, NumberForm, StepForm, TextForm
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import end_of
from sgdocs.base.db import Database
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Role
from sgdocs.recommendations.models import Text
from tests.approval.stories import Story, every, geneva, in_last_call, story
from tests.approval.windows import process as running
from tests.approval.windows import window
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.work_programme.items import meeting


def commented(told: Story, process: Process, kind: str = "substantive", **facts: object) -> Comment:
    """A comment of Imaginary Networks in the window that runs, as a row."""
    last = queries.window_of(told.session, process)
    number = len(every(told.session, Comment)) + 1
    row = Comment(
        uid=f"uid-{number}",
        process_id=process.id or 0,
        window_id=last.id if last else None,
        number=number,
        organisation_id=told.cast.company.id,
        entity="Imaginary Networks",
        kind=kind,
        text="Not so.",
        sent_at=told.now,
        **facts,
    )
    return told.make.add(row)  # type: ignore[no-any-return]


# Closing


def test_last_second_still_counts(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)

    told.at(geneva(4, 12, 23, 59, 59))
    before = (queries.due(told.session, told.now), told.closes())
    told.at(geneva(4, 13, 0, 0, 0))

    assert before == ([], 0)
    assert (queries.due(told.session, told.now), told.closes()) == ([process.id], 1)


def test_comment_within_the_last_second_is_before_the_closing(cast: Cast) -> None:
    """Both cannot be right: whoever sends at 23:59:59.9 is in time, so the clock has not closed then."""
    told = story(cast)
    process = in_last_call(told)
    within = geneva(4, 12, 23, 59, 59) + timedelta(microseconds=999_999)

    told.at(within)
    closed = (queries.due(told.session, told.now), told.closes())
    form = CommentForm.model_validate({"kind": "substantive", "clause": "1", "text": "Too short"})
    comment = comments.comment(told.act(cast.delegate_member), process, form)

    assert (closed, comment.number) == (([], 0), 1)
    assert process.hold_until is None, "the clock has not stumbled over a window that runs"
    told.at(within + timedelta(microseconds=1))
    assert (told.closes(), process.state) == (1, "judgement")
    with pytest.raises(Closed):
        comments.comment(told.act(cast.delegate_member), process, form)


@pytest.mark.parametrize(
    ("opens", "last", "still_open", "closed"),
    [
        (date(2026, 3, 1), date(2026, 3, 29), "2026-03-29T21:59:59+00:00", "2026-03-29T22:00:00+00:00"),
        (date(2026, 10, 1), date(2026, 10, 25), "2026-10-25T22:59:59+00:00", "2026-10-25T23:00:00+00:00"),
    ],
    ids=["summer time begins", "summer time ends"],
)
def test_days_of_changing_clocks_end_in_geneva(
    cast: Cast, opens: date, last: date, still_open: str, closed: str
) -> None:
    row = running(cast)
    window(cast, row, opens=opens, closes=last)

    assert queries.due(cast.make.session, datetime.fromisoformat(still_open)) == []
    assert queries.due(cast.make.session, datetime.fromisoformat(closed)) == [row.id]


def test_typographical_comments_approve_and_substantive_ones_wait_for_the_chair(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    commented(told, process, "typographical")
    withdrawn = commented(told, process, withdrawn_at=told.now)

    told.at(geneva(4, 14)).closes()

    assert (process.state, process.ended_on, withdrawn.kind) == ("approved-typo", date(2026, 4, 13), "substantive")


def test_substantive_comment_leads_to_judgement_and_nothing_moves_by_itself(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    commented(told, process)

    told.at(geneva(4, 20)).closes()
    told.at(geneva(6, 20)).closes()

    assert (process.state, process.closes_on, told.days(process)[-1]) == ("judgement", None, date(2026, 4, 13))
    assert every(told.session, Text) == []
    assert told.session.exec(select(Letter).where(Letter.kind == "approval.judgement-due")).first() is not None


def test_rows_of_the_clock_are_for_the_clock(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(4, 13))

    with pytest.raises(NotAllowed):
        actions.take_step(told.act(cast.tsb), process, "pass", "last-call", StepForm())
    with pytest.raises(NotAllowed):
        actions.close_due(told.act(cast.chair))
    with pytest.raises(Conflict) as refused:
        actions.take_step(told.clock, process, "pass", "last-call", StepForm())
    assert refused.value.rule is rules.BY_CLOCK


def test_closing_that_cannot_be_done_holds_up_no_other_and_is_told_once(cast: Cast) -> None:
    """A text of that name is in force already: nothing is written, the others close, the office sees why."""
    told = story(cast)
    good = in_last_call(told)
    bad = running(cast, number="aap/2026-900", identifier="", work_item_id=None)
    window(cast, bad, closes=date(2026, 4, 1))
    told.at(geneva(4, 13, 0, 1))

    handled = told.closes()

    assert (handled, good.state, bad.state) == (2, "approved", "last-call")
    assert bad.hold_until == told.now + closing.AGAIN_AFTER
    failed = told.session.exec(select(Entry).where(Entry.verb == "approval.closing-failed")).all()
    told.at(geneva(4, 13, 2)).closes()
    again = told.session.exec(select(Entry).where(Entry.verb == "approval.closing-failed")).all()
    assert [(e.subject_id, e.facts["rule"], e.audience) for e in failed] == [(bad.id, rules.NUMBER.id, "secretariat")]
    assert len(again) == 1
    cast.make.add(bad)
    bad.identifier = "ITU-T Y.3900"
    told.at(geneva(4, 13, 4)).closes()
    assert (bad.state, bad.ended_on) == ("approved", date(2026, 4, 2))


def test_fault_of_the_service_is_told_in_full_to_the_secretariat_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(4, 13, 0, 1))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(closing, "carry_out", broken)
    told.closes()

    assert (process.state, process.hold_reason) == ("last-call", closing.FAULT)
    (failed,) = told.session.exec(select(Entry).where(Entry.verb == "approval.closing-failed")).all()
    assert (failed.audience, failed.facts["words"]) == ("secretariat", "password=hunter2")


def test_week_of_downtime_changes_no_date_with_two_workers(cast: Cast, database: Database) -> None:
    """Thirty windows that ended on three days; two workers at once: each is closed once, and dated by its window."""
    cast.summon("sg13", "q2", "chair", "focal_point", "delegate_state")
    for n in range(30):
        row = running(cast, number=f"aap/2026-{n:03d}", identifier=f"ITU-T Y.{4000 + n}", name=f"Y.s{n}")
        window(cast, row, closes=date(2026, 3, 13 + n % 3))
    cast.make.session.commit()
    now = geneva(3, 22, 8)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            ticking.close_all(database, now)
        except BaseException as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert errors == []
    with database.reading() as session:
        moves = session.exec(select(Transition).order_by(col(Transition.id))).all()
        processes = session.exec(select(Process).order_by(col(Process.id))).all()
        assert sorted((m.process_id, m.step) for m in moves) == [(p.id, "pass") for p in processes]
        days = {p.number: p.ended_on for p in processes}
        assert days == {f"aap/2026-{n:03d}": date(2026, 3, 14 + n % 3) for n in range(30)}
        assert len(session.exec(select(Text)).all()) == 30
        letters = session.exec(select(Letter).where(Letter.kind == "approval.result")).all()
        assert len({(each.to_address, each.entry_id) for each in letters}) == len(letters) > 0


def test_worker_killed_between_closing_and_mailing_loses_and_doubles_nothing(cast: Cast, database: Database) -> None:
    """The letters are rows of the closing's transaction: after a death either both are there, or neither."""
    told = story(cast)
    process = in_last_call(told)
    told.session.commit()
    now = geneva(4, 13, 0, 1)

    with database.writing() as session:
        actions.close_due(Act(session, Actor.clock(), now))
        session.rollback()  # death before the commit
    with database.reading() as session:
        assert session.get_one(Process, process.id).state == "last-call"
        assert session.exec(select(Letter).where(Letter.kind == "approval.result")).all() == []

    ticking.close_all(database, now)  # and death after it: another worker sends
    ticking.close_all(database, now)
    with database.reading() as session:
        assert session.get_one(Process, process.id).state == "approved"
        sent = session.exec(select(Letter).where(Letter.kind == "approval.result")).all()
        assert len(sent) == len({letter.to_address for letter in sent}) > 0


# Holds


def test_hold_stops_the_clock_and_never_moves_the_day(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(4, 12, 18))
    with pytest.raises(NotAllowed):
        actions.hold(told.act(cast.chair), process, HoldForm(reason="A fax"))
    with pytest.raises(Invalid):
        actions.hold(told.act(cast.tsb), process, HoldForm(reason=" "))
    with pytest.raises(Invalid):
        actions.hold(told.act(cast.tsb), process, HoldForm(reason="A fax", hours=100))

    actions.hold(told.act(cast.tsb), process, HoldForm(reason="A comment came by fax"))

    assert process.hold_until == end_of(date(2026, 4, 12)) + timedelta(hours=24)
    told.at(geneva(4, 13, 12))
    assert (told.closes(), process.state) == (0, "last-call")
    told.at(geneva(4, 14, 0, 1))
    assert (told.closes(), process.state, process.ended_on) == (1, "approved", date(2026, 4, 13))
    assert process.hold_until is None


def test_comment_that_came_in_time_by_another_way_is_entered_in_the_hold(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    told.at(geneva(4, 12, 18))
    actions.hold(told.act(cast.tsb), process, HoldForm(reason="A comment came by fax"))
    told.at(geneva(4, 13, 9))
    commented(told, process)
    actions.release(told.act(cast.tsb), process)

    told.closes()

    assert (process.state, told.days(process)[-1]) == ("judgement", date(2026, 4, 13))
    with pytest.raises(Conflict) as refused:
        actions.hold(told.act(cast.tsb), process, HoldForm(reason="Again"))
    assert refused.value.rule is rules.NO_WINDOW


def test_grace_of_the_ruling_lets_the_secretariat_look_first(cast: Cast) -> None:
    told = story(cast)
    cast.make.add(RuleValue(name="hold_hours", value="24", from_on=date(2026, 1, 1), source="house", set_at=told.now))
    process = in_last_call(told)

    told.at(geneva(4, 13, 23, 59))
    waiting = told.closes()
    told.at(geneva(4, 14, 0, 1))

    assert (waiting, told.closes(), process.ended_on) == (0, 1, date(2026, 4, 13))


# Announcements


def another_in_queue(told: Story) -> Process:
    """Y.ring, asked for on 11 March."""
    text = paper(told.make, 46, meeting=told.meeting.code, title="Draft new Recommendation Y.ring")
    kept = file(told.make, text, sha256="d" * 64, text="kept")
    facts = {"number": "aap/2026-777", "name": "Y.ring", "identifier": "Y.3200", "title": "Rings", "summary": "Rings."}
    facts |= {"state": "requested", "queued_for": "last-call", "queued_at": geneva(3, 11), "document_part": ""}
    return running(told.cast, **facts, document_id=text.id, sha256=kept.sha256)


def test_announcement_is_one_letter_to_a_focal_point_whatever_it_names(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.at(geneva(3, 11)).act(cast.chair), process)
    other = another_in_queue(told)
    aside = cast.make.person("Olaf Other", organisation=cast.company)
    cast.make.appointment(aside, Role.FOCAL_POINT, note="liaison statements")

    act = Act(told.session, Actor.clock(), geneva(3, 16, 0, 1), site="https://sgdocs.test/")
    made = actions.announce(act)
    letters = every(told.session, Letter, Letter.kind == "approval.aap")
    again = actions.announce(act)

    assert {each.number for each in made.opened} == {process.number, other.number}, made.left
    (letter,) = [each for each in letters if each.person_id == cast.focal_point.person.id]
    number = made.announcement.number if made.announcement else 0
    assert letter.subject == f"AAP announcement No. {number} of 16 March 2026: 2 texts"
    for row in (process, other):
        assert f"https://sgdocs.test/approval/{row.number}" in letter.text
    assert letter.text.count("It is open from 16 March 2026 to the end of 12 April 2026 in Geneva.") == 2
    assert f"https://sgdocs.test/approval/announcement/{number}" in letter.text
    assert letter.reason.startswith("You get this as focal point of Imaginary Networks, a Sector Member.")
    assert aside.id not in {each.person_id for each in letters}
    assert len(every(told.session, Letter, Letter.kind == "approval.aap")) == len(letters), again
    entry = told.session.get_one(Entry, letter.entry_id)
    assert entry.verb == "approval.announced"


def test_letters_of_the_clock_and_of_people_link_to_the_record(cast: Cast) -> None:
    told = story(cast)
    process = in_last_call(told)
    commented(told, process)
    told.at(geneva(4, 13, 0, 0, 0))

    actions.close_due(Act(told.session, Actor.clock(), told.now, site="https://sgdocs.test"))
    letters = every(told.session, Letter, Letter.kind == "approval.judgement-due")

    assert letters
    assert {f"The record: https://sgdocs.test/approval/{process.number}" in each.text for each in letters} == {True}
    assert {each.reason.startswith("You get this as ") for each in letters} == {True}


def test_announcements_are_made_on_their_days_alone(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.act(cast.chair), process)

    told.at(geneva(3, 17))
    with pytest.raises(Conflict) as refused:
        actions.announce(told.act(cast.tsb))

    assert (refused.value.rule, refused.value.facts["next_on"]) == (rules.NOT_THE_DAY, date(2026, 4, 1))
    with pytest.raises(NotAllowed):
        actions.announce(told.at(geneva(4, 1)).act(cast.chair))
    assert process.queued_for == "last-call"


def test_request_after_the_cut_off_waits_for_the_next_unless_the_office_takes_it(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.at(geneva(3, 14)).act(cast.chair), process)

    told.at(geneva(3, 16, 0, 1))
    by_clock = actions.announce(told.clock)
    by_office = actions.announce(told.at(geneva(3, 16, 9)).act(cast.tsb))

    assert (by_clock.opened, by_clock.left) == ((), ())
    assert by_office.announcement == by_clock.announcement
    assert [p.number for p in by_office.opened] == [process.number]
    assert told.windows(process)[0][1:] == (date(2026, 3, 16), date(2026, 4, 12))


def test_what_is_not_ready_stays_queued_with_its_reason(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.request(told.at(geneva(3, 11)).act(cast.chair), process)

    found = actions.announce(told.at(geneva(3, 16)).clock)

    ((left, refused),) = found.left
    assert (left.number, refused.facts["unmet"]) == (process.number, [rules.NUMBER.id])
    assert (process.state, process.queued_for, every(told.session, Window)) == ("requested", "last-call", [])


def test_worker_that_slept_over_the_day_waits_for_the_next(cast: Cast, database: Database) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.at(geneva(3, 11)).act(cast.chair), process)
    told.session.commit()

    for day in (geneva(3, 18), geneva(4, 1, 8), geneva(4, 1, 9), geneva(4, 2)):
        ticking.tick(database, day)

    with database.reading() as session:
        rows = session.exec(select(Window)).all()
        assert [(row.opens_on, row.closes_on) for row in rows] == [(date(2026, 4, 1), date(2026, 4, 28))]
        made = session.exec(select(Announcement).where(Announcement.kind == "aap")).all()
        assert [(row.number, row.happened_on) for row in made] == [(1, date(2026, 4, 1))]


# Numbers


@pytest.mark.parametrize("given", ["Y.slice", "", "G.9804.1 (11/2019)", "SG13-C1", "P.1546"])
def test_number_that_is_none_is_refused(cast: Cast, given: str) -> None:
    told = story(cast)
    process = told.decides("consent")

    if given == "P.1546":
        actions.give_number(told.act(cast.tsb), process, NumberForm(identifier=given))
        return
    with pytest.raises(Invalid):
        actions.give_number(told.act(cast.tsb), process, NumberForm(identifier=given))


def test_number_of_another_process_is_refused(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    running(cast, number="aap/2026-900", identifier="ITU-T Y.3199")

    with pytest.raises(Conflict) as refused:
        actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))

    assert (refused.value.rule, refused.value.facts["whose"]) == (rules.NUMBER_TAKEN, "aap/2026-900")


# Reminders


def test_reminders_go_before_on_and_after_the_day_once_each(cast: Cast) -> None:
    told = story(cast)
    told.decides("consent")
    for player in (cast.rapporteur, cast.editor):
        assert player.person.email

    def reminded(month: int, day: int) -> list[str]:
        actions.remind(told.at(geneva(month, day, 8)).clock)
        found = told.session.exec(select(Letter).where(Letter.kind == "approval.reminder").order_by(col(Letter.id)))
        return [letter.to_address for letter in found]

    who = sorted([cast.editor.person.email or "", cast.rapporteur.person.email or ""])
    assert reminded(3, 26) == []
    assert sorted(reminded(3, 27)) == who
    assert len(reminded(3, 27)) == len(reminded(3, 28)) == 2
    assert len(reminded(4, 3)) == 4
    assert len(reminded(5, 3)) == len(reminded(5, 4)) == 6
    debt = told.session.exec(select(Obligation)).one()
    assert debt.reminded == ["-7", "0", "7"]


def test_downtime_sends_the_newest_reminder_alone(cast: Cast) -> None:
    told = story(cast)
    told.decides("consent")

    actions.remind(told.at(geneva(5, 1)).clock)

    found = told.session.exec(select(Letter).where(Letter.kind == "approval.reminder")).all()
    assert len(found) == 2
    assert all("was due on 2026-04-03" in letter.text for letter in found)


def test_one_person_with_two_texts_gets_one_letter(cast: Cast) -> None:
    told = story(cast)
    process = told.decides("consent")
    for _ in range(2):
        cast.make.add(
            Obligation(
                process_id=process.id or 0,
                kind="judgement",
                role="chair",
                group_id=cast.sg13.id,
                due_on=date(2026, 3, 20),
                created_at=told.now,
            )
        )

    actions.remind(told.at(geneva(3, 20)).clock)

    (letter,) = told.session.exec(
        select(Letter).where(Letter.kind == "approval.reminder", Letter.to_address == cast.chair.person.email)
    ).all()
    assert letter.text.count("judgement, today") == 2


# Meetings that move


@pytest.fixture
def before_the_group(cast: Cast) -> tuple[Story, Process, Meeting]:
    """Y.slice had a substantive comment; the decision of SG13 from 6 July is announced on 16 May."""
    told = story(cast)
    process = in_last_call(told)
    commented(told, process)
    told.at(geneva(4, 20)).closes()
    july = meeting(cast.make, date(2026, 7, 6), status="announced")
    told.at(geneva(5, 2))
    told.steps(process, "request-decision", deciding=july.code)
    actions.announce(told.at(geneva(5, 16)).clock)
    assert process.state == "sg-decision"
    return told, process, july


def test_meeting_moved_nearer_asks_for_another_meeting(
    before_the_group: tuple[Story, Process, Meeting], cast: Cast
) -> None:
    told, process, july = before_the_group
    july.starts_on, july.ends_on = date(2026, 6, 1), date(2026, 6, 5)
    cast.make.add(july)

    first = actions.follow_meeting(told.at(geneva(5, 18)).clock, july)
    again = actions.follow_meeting(told.clock, july)

    assert ([p.number for p in first], again) == ([process.number], [])
    (note,) = [n for n in process.notes if n["kind"] == "meeting"]
    assert "2026-05-11" in note["text"]
    owed = queries.obligations_of(told.act(cast.chair), mine=True)
    assert {each.obligation.kind for each in owed} >= {"judgement"}


def test_cancelled_meeting_asks_for_another_and_the_chair_chooses_it(
    before_the_group: tuple[Story, Process, Meeting], cast: Cast
) -> None:
    told, process, july = before_the_group
    july.status = "cancelled"
    cast.make.add(july)
    actions.follow_meeting(told.at(geneva(5, 18)).clock, july)
    autumn = meeting(cast.make, date(2026, 10, 5), status="announced")

    with pytest.raises(Conflict):
        told.at(geneva(7, 7)).decides("approve", process, meeting=july.code)
    told.steps(process, "choose-meeting", deciding=autumn.code, reason="July is cancelled")

    assert (process.state, process.decision_meeting_id) == ("sg-requested", autumn.id)


def test_consultation_runs_longer_with_a_later_meeting_and_is_never_shortened(cast: Cast) -> None:
    told = story(cast, process="tap")
    july = meeting(cast.make, date(2026, 7, 6), status="announced")
    row = running(cast, "tap", "consultation", number="tap/2026-001", decision_meeting_id=july.id)
    last = date(2026, 6, 24)
    window(cast, row, "consultation", opens=date(2026, 3, 16), closes=last)
    cast.make.add(
        Transition(
            process_id=row.id or 0, number=1, step="open-consultation", from_state="requested", to_state="consultation",
            at=told.now, happened_on=date(2026, 3, 16), actor_kind="person",
        )
    )  # fmt: skip

    july.starts_on, july.ends_on = date(2026, 7, 20), date(2026, 7, 24)
    actions.follow_meeting(told.clock, july)
    later = queries.window_of(told.session, row)
    assert later is not None
    assert (later.closes_on, later.closes_at) == (date(2026, 7, 8), end_of(date(2026, 7, 8)))
    july.starts_on, july.ends_on = date(2026, 6, 29), date(2026, 7, 3)
    actions.follow_meeting(told.clock, july)

    assert (later.closes_on, row.closes_on) == (date(2026, 7, 8), date(2026, 7, 8))
    (note,) = [n for n in row.notes if n["kind"] == "meeting"]
    assert "before the replies are in" in note["text"]
