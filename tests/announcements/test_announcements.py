"""Notices of the service: who may post, from when until when, two who change one, once told."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from sgdocs.announcements import actions, queries, rules
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.queries import NoticeFilter
from sgdocs.announcements.rules import Kind, Severity, State, said, state
from sgdocs.announcements.schemas import NoticeForm, Words
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.base.db import Database
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.base.rulebook import Rule
from sgdocs.journal.models import Entry
from tests.cast import Cast

HOUR = timedelta(hours=1)


def form(now: datetime, *, begins: timedelta = -HOUR, ends: timedelta = HOUR, **more: object) -> NoticeForm:
    given = {"kind": Kind.MAINTENANCE, "words": {"en": Words(title="Down at noon")}, **more}
    return NoticeForm(begins_at=now + begins, ends_at=now + ends, **given)


def begun(act: Act) -> list[str]:
    return [entry.audience for entry in act.session.exec(select(Entry).where(Entry.verb == "announcements.begun"))]


@pytest.mark.parametrize("name", ["counsellor", "chair", "delegate_state", "outsider"])
def test_only_the_office_posts(cast: Cast, act: Act, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.post(getattr(cast, name).act, form(act.now))


def test_a_notice_is_shown_from_its_first_second_until_just_before_its_last(cast: Cast, act: Act) -> None:
    row = actions.post(cast.tsb.act, form(act.now, begins=HOUR, ends=2 * HOUR))
    moments = (row.begins_at - timedelta(seconds=1), row.begins_at, row.ends_at - timedelta(seconds=1), row.ends_at)

    assert [state(row.begins_at, row.ends_at, row.ended_at, at) for at in moments] == [
        State.PLANNED, State.CURRENT, State.CURRENT, State.ENDED,
    ]  # fmt: skip
    for at, seen in zip(moments, (0, 1, 1, 1), strict=True):
        stranger = Act(act.session, Actor.anonymous(), at)
        assert queries.listing(stranger).total == seen
        found = NoticeFilter(state=state(row.begins_at, row.ends_at, None, at))
        assert queries.listing(Act(act.session, cast.tsb.actor, at), found).total == 1
        assert len(queries.shown_between(act.session, at, at)) == (
            state(row.begins_at, row.ends_at, None, at) is State.CURRENT
        )


def test_what_is_planned_or_ended_before_it_began_is_seen_by_the_office_alone(cast: Cast, act: Act) -> None:
    row = actions.post(cast.tsb.act, form(act.now, begins=HOUR, ends=2 * HOUR))
    actions.end(cast.tsb.act, row)
    later = act.now + 90 * timedelta(minutes=1)

    for who in (Actor.anonymous(), cast.chair.actor, cast.delegate_state.actor):
        for at in (act.now, later):
            reader = Act(act.session, who, at)
            assert queries.listing(reader).total == 0
            with pytest.raises(NotFound):
                queries.by_id(reader, row.id or 0)
    assert queries.by_id(cast.tsb.act, row.id or 0) is row
    assert actions.tell_due(Act(act.session, Actor.clock(), later)) == 0
    assert begun(act) == []


def test_followers_are_told_once_when_it_begins_and_not_of_what_is_over(cast: Cast, act: Act) -> None:
    actions.post(cast.tsb.act, form(act.now))
    assert begun(act) == ["public"]
    actions.post(cast.tsb.act, form(act.now, begins=HOUR, ends=2 * HOUR))
    actions.post(cast.tsb.act, form(act.now, begins=3 * HOUR, ends=4 * HOUR))

    told = [actions.tell_due(Act(act.session, Actor.clock(), act.now + n * HOUR)) for n in (0, 1, 1, 6)]

    assert told == [0, 1, 0, 0]
    assert begun(act) == ["public"] * 2
    with pytest.raises(NotAllowed):
        actions.tell_due(cast.chair.act)


@pytest.mark.parametrize(
    ("given", "refused", "kind"),
    [
        ({"words": {}}, rules.NO_TITLE, Invalid),
        ({"words": {"fr": Words(title="  ")}}, rules.NO_TITLE, Invalid),
        ({"words": {"en": Words(title="A"), "ar": Words(text="only text")}}, rules.UNTITLED, Invalid),
        ({"begins": HOUR, "ends": HOUR}, rules.ORDER, Invalid),
        ({"begins": -2 * HOUR, "ends": -HOUR}, rules.PAST, Invalid),
        ({"begins": -2 * HOUR, "ends": timedelta(0)}, rules.PAST, Invalid),
    ],
    ids=["no-words", "blank", "untitled", "order", "past", "this-second"],
)
def test_a_bad_notice_is_refused(
    cast: Cast, act: Act, given: dict[str, timedelta], refused: Rule, kind: type[Refused]
) -> None:
    with pytest.raises(kind) as caught:
        actions.post(cast.tsb.act, form(act.now, **given))

    assert caught.value.rule is refused
    assert act.session.exec(select(ServiceNotice)).all() == []


def test_an_outdated_change_is_a_conflict_and_an_ended_notice_is_closed(cast: Cast, act: Act) -> None:
    row = actions.post(cast.tsb.act, form(act.now))
    actions.edit(cast.tsb.act, row, form(act.now, severity=Severity.URGENT, version=1))
    with pytest.raises(Conflict):
        actions.edit(cast.tsb.act, row, form(act.now, version=1))
    assert (row.severity, row.version) == ("urgent", 2)
    actions.end(cast.tsb.act, row)

    with pytest.raises(Closed):
        actions.edit(cast.tsb.act, row, form(act.now, version=3))
    with pytest.raises(Closed):
        actions.end(cast.tsb.act, row)


def test_of_two_who_change_it_at_once_one_is_told(database: Database, cast: Cast, act: Act) -> None:
    row = actions.post(cast.tsb.act, form(act.now))
    id, actor = row.id, cast.tsb.actor
    act.session.commit()
    start, ends = Barrier(2), list[str]()

    def change(title: str) -> None:
        with database.reading() as session:
            seen = session.get_one(ServiceNotice, id)
        start.wait()
        try:
            with database.writing() as session:
                mine = Act(session, actor, act.now)
                own = session.merge(seen, load=False)
                actions.edit(mine, own, form(act.now, words={"en": Words(title=title)}, version=1))
            ends.append("kept")
        except Conflict:
            ends.append("conflict")

    both = [Thread(target=change, args=(title,)) for title in ("A", "B")]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(ends) == ["conflict", "kept"]


def test_an_instant_without_zone_is_in_geneva_and_one_out_of_bounds_is_refused() -> None:
    at = datetime(2026, 7, 1, 12, 0)
    given = form(datetime(2026, 7, 1, 12, tzinfo=GENEVA)).model_copy(update={"begins_at": at})

    assert NoticeForm.model_validate(given.model_dump()).begins_at.isoformat() == "2026-07-01T10:00:00+00:00"
    with pytest.raises(ValueError, match="between 2000 and 2149"):
        NoticeForm.model_validate(given.model_dump() | {"ends_at": datetime(9999, 12, 31)})
    with pytest.raises(ValueError, match="languages"):
        NoticeForm.model_validate(given.model_dump() | {"words": {"de": {"title": "Wartung"}}})


@pytest.mark.parametrize(
    ("has", "wished", "told"), [("en fr", "fr", "fr"), ("en fr", "ar", "en"), ("ru zh", "ar", "ru"), ("zh", "zh", "zh")]
)
def test_words_fall_back_to_english_then_to_what_there_is(has: str, wished: str, told: str) -> None:
    assert said({code: {"title": code, "text": ""} for code in has.split()}, wished).title == told
