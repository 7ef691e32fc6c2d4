"""Two at the same moment, in transactions of their own: one wins, the other hears what is now; nothing is there twice."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.approval import actions, rules, ticking
from sgdocs.approval.models import Announcement, AnnouncementLine, Process, Transition, Window
from sgdocs.approval.schemas import NumberForm, StepForm, TextForm
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import CHANGED, Conflict
from sgdocs.proceedings.actions import texts
from sgdocs.proceedings.models import Decision
from sgdocs.work_programme.models import WorkItem
from tests.approval.stories import Story, geneva, story
from tests.cast import Cast

pytestmark = pytest.mark.timeout(120)


def at_once(database: Database, told: Story, *deeds: Callable[[Act], Any]) -> list[str]:
    """What came of each: `done`, or the id of the rule that refused."""
    gate = threading.Barrier(len(deeds))
    found: list[str] = []

    def do(deed: Callable[[Act], Any]) -> None:
        gate.wait()
        try:
            with database.writing() as session:
                deed(Act(session, told.cast.chair.actor, told.now))
            found.append("done")
        except Conflict as refused:
            found.append(refused.rule.id)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_two_chairs_consent_to_one_text_at_once(cast: Cast, database: Database) -> None:
    told = story(cast)
    number = told.item.id
    told.session.commit()

    def consent(act: Act) -> None:
        texts.take(act, act.session.get_one(WorkItem, number), "consent", "", StepForm())

    found = at_once(database, told, consent, consent)

    assert found.count("done") == 1
    assert set(found) <= {"done", rules.UNMET.id, CHANGED.id}
    with database.reading() as session:
        assert len(session.exec(select(Process)).all()) == 1
        assert len(session.exec(select(Decision)).all()) == 1


def test_two_chairs_press_different_buttons_at_once(cast: Cast, database: Database) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    id = process.id
    told.session.commit()

    def press(step: str) -> Callable[[Act], None]:
        form = StepForm(reason="Not ripe")
        return lambda act: texts.take(act, act.session.get_one(Process, id), step, "edited", form) and None

    found = at_once(database, told, press("request"), press("withdraw"))

    assert found == [rules.MOVED_ON.id, "done"]
    with database.reading() as session:
        steps = [row.step for row in session.exec(select(Transition).order_by(Transition.number))]  # type: ignore[arg-type]
        assert steps[:2] == ["consent", "receive-text"]
        assert len(steps) == 3


def test_two_workers_announce_at_once(cast: Cast, database: Database) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    actions.provide_text(told.act(cast.editor), process, TextForm(document=told.text.name))
    actions.give_number(told.act(cast.tsb), process, NumberForm(identifier="Y.3199"))
    actions.request(told.at(geneva(3, 11)).act(cast.chair), process)
    told.session.commit()
    told.at(geneva(3, 16, 0, 1))

    def announce(act: Act) -> None:
        actions.announce(Act(act.session, Actor.clock(), told.now))

    found = at_once(database, told, announce, announce)

    assert found == ["done", "done"]
    with database.reading() as session:
        assert [(row.kind, row.number) for row in session.exec(select(Announcement))] == [("aap", 1)]
        assert len(session.exec(select(Window)).all()) == 1
        assert [line.code for line in session.exec(select(AnnouncementLine))] == ["LC"]
    assert ticking.tick(database, told.now) == 0
