"""Who is suggested to whom, and who asks whom: nobody who did not say so is named."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, NotAllowed, NotFound, Refused
from sgdocs.events import actions, matching, queries
from sgdocs.events.actions.meeting import ask_of
from sgdocs.events.models import Event, EventAsk
from sgdocs.events.schemas import AnswerForm, AskForm
from sgdocs.journal.models import Entry
from sgdocs.policy import Role
from sgdocs.privacy.actions import forget
from sgdocs.privacy.queries import own_rows
from tests.cast import Cast, Player
from tests.events.holding import held, joins
from tests.make import Make


@pytest.fixture
def event(cast: Cast) -> Event:
    """The rapporteur and the editor of Q2/13 want to meet people; so does the outsider, for a word."""
    cast.summon("editor", "associate_rapporteur")
    event = held(cast)
    joins(cast.rapporteur, event, matching=True, fields="Slices, fibre")
    joins(cast.editor, event, matching=True)
    joins(cast.outsider, event, matching=True, fields="FIBRE")
    joins(cast.associate_rapporteur, event, listed=True)
    joins(cast.delegate_state, event, matching=True, fields="copper")
    return event


def named(player: Player, event: Event) -> dict[str, tuple[str, ...]]:
    found = matching.suggested(player.act, event)
    return {each.person.name: (*each.why.questions, *each.why.items, *each.why.fields) for each in found}


def asks(player: Player, event: Event, to: Player, **facts: object) -> EventAsk:
    told = AskForm.model_validate({"to": to.person.slug, "text": "Coffee?", **facts})
    return actions.ask(player.act, event, player.person, told)


def test_what_is_shared_is_the_reason(event: Event, cast: Cast) -> None:
    assert named(cast.rapporteur, event) == {"Edwin Blotter": ("Q2/13",), "Otto Fence": ("fibre",)}
    assert named(cast.editor, event) == {"Rafael Quill": ("Q2/13",)}
    assert named(cast.outsider, event) == {"Rafael Quill": ("FIBRE",)}
    assert named(cast.delegate_state, event) == {}


def test_who_did_not_agree_is_suggested_to_nobody_and_gets_no_suggestion(event: Event, cast: Cast) -> None:
    assert named(cast.associate_rapporteur, event) == {}
    assert "Aiko Margin" not in {name for each in (cast.rapporteur, cast.editor) for name in named(each, event)}
    with pytest.raises(Refused):
        asks(cast.associate_rapporteur, event, cast.rapporteur)
    with pytest.raises(NotFound) as refused:
        asks(cast.rapporteur, event, cast.associate_rapporteur)
    with pytest.raises(NotFound) as unknown:
        actions.ask(cast.rapporteur.act, event, cast.rapporteur.person, AskForm(to="nobody-at-all"))
    assert refused.value.rule == unknown.value.rule
    with pytest.raises(NotFound):
        asks(cast.rapporteur, event, cast.delegate_state)


def test_other_ties_count_too(event: Event, cast: Cast, make: Make) -> None:
    """An appointment that has ended ties nobody."""
    today = make.act.now.date()
    make.appointment(cast.delegate_state.person, Role.EDITOR, cast.q2, ends_on=today - timedelta(days=1))
    assert named(cast.delegate_state, event) == {}
    make.appointment(cast.delegate_state.person, Role.EDITOR, cast.q2, ends_on=today)
    assert set(named(cast.delegate_state, event)) == {"Rafael Quill", "Edwin Blotter"}


def test_from_the_moment_of_withdrawal_nobody_is_named(event: Event, cast: Cast, act: Act) -> None:
    row = asks(cast.rapporteur, event, cast.editor)
    joins(cast.editor, event, matching=False)

    assert named(cast.rapporteur, event) == {"Otto Fence": ("fibre",)}
    act.session.refresh(row)
    assert row.state == "withdrawn"
    assert [each.ask.id for each in matching.asks(cast.editor.act, event)] == []
    with pytest.raises(NotFound):
        asks(cast.rapporteur, event, cast.editor)
    actions.leave(cast.outsider.act, event, cast.outsider.person)
    assert named(cast.rapporteur, event) == {}


def test_an_ask_is_answered_by_the_other_alone_and_once(event: Event, cast: Cast, act: Act) -> None:
    row = asks(cast.rapporteur, event, cast.editor, proposed_at="2026-12-02T12:30", place="Café")
    assert row.proposed_at is not None
    assert row.proposed_at.utcoffset() == timedelta(hours=9)
    for player in (cast.outsider, cast.chair, cast.tsb):
        with pytest.raises(NotFound):
            ask_of(player.act, event, row.id or 0)
    with pytest.raises(NotAllowed):
        actions.answer(cast.rapporteur.act, event, row, AnswerForm(accept=True))
    with pytest.raises(Conflict):
        asks(cast.editor, event, cast.rapporteur)
    later = datetime(2026, 12, 2, 15, 0)
    actions.answer(cast.editor.act, event, row, AnswerForm(accept=True, answer="Gladly", proposed_at=later))
    assert (row.state, row.answer, row.proposed_at.hour if row.proposed_at else 0) == ("accepted", "Gladly", 6)
    with pytest.raises(Conflict):
        actions.take_back(cast.rapporteur.act, event, row)
    told = act.session.exec(select(Entry).where(Entry.subject_kind == "event_ask").order_by("id")).all()
    assert [(each.verb, each.audience) for each in told] == [
        ("events.asked", f"person:{cast.editor.person.id}"),
        ("events.ask-accepted", f"person:{cast.rapporteur.person.id}"),
    ]
    assert all("Coffee" not in str(each.facts) for each in told)


def test_nobody_is_pestered(event: Event, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgdocs.events.rules.MOST_ASKS", 1)
    row = asks(cast.rapporteur, event, cast.editor)
    with pytest.raises(Conflict):
        asks(cast.rapporteur, event, cast.outsider)
    actions.take_back(cast.rapporteur.act, event, row)
    asks(cast.rapporteur, event, cast.outsider)


def test_who_declined_or_was_asked_too_often_is_left_in_peace(event: Event, cast: Cast) -> None:
    row = asks(cast.rapporteur, event, cast.editor)
    actions.answer(cast.editor.act, event, row, AnswerForm(accept=False))
    with pytest.raises(Conflict):
        asks(cast.rapporteur, event, cast.editor)
    actions.take_back(cast.editor.act, event, asks(cast.editor, event, cast.rapporteur))
    for _ in range(3):
        actions.take_back(cast.rapporteur.act, event, asks(cast.rapporteur, event, cast.outsider))
    with pytest.raises(Conflict):
        asks(cast.rapporteur, event, cast.outsider)


def test_what_somebody_answered_goes_with_them(event: Event, cast: Cast, act: Act) -> None:
    cast.summon("admin")
    agreed = asks(cast.rapporteur, event, cast.outsider)
    actions.answer(cast.outsider.act, event, agreed, AnswerForm(accept=True, answer="My number is 123"))
    waiting = asks(cast.rapporteur, event, cast.editor)
    told = dict(own_rows(cast.outsider.act, cast.outsider.person))
    assert [(each["text"], each["answer"]) for each in told["event_ask"]] == [("Coffee?", "My number is 123")]
    for player in (cast.outsider, cast.editor):
        forget(cast.tsb.act, player.person)
    for row in (agreed, waiting):
        act.session.refresh(row)
    assert (agreed.answer, agreed.state, waiting.state) == ("", "accepted", "withdrawn")


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59-12:00"])
def test_a_time_out_of_all_bounds_is_refused(at: str) -> None:
    for form in (AskForm, AnswerForm):
        with pytest.raises(ValidationError):
            form.model_validate({"to": "x", "accept": True, "proposed_at": at})


def test_other_eyes_and_tokens_for_files_read_no_wish_to_meet(event: Event, cast: Cast, act: Act) -> None:
    asks(cast.rapporteur, event, cast.editor)
    editor = cast.editor.actor
    assert len(matching.asks(Act(act.session, editor, act.now), event)) == 1
    for actor in (replace(editor, is_viewed=True), replace(editor, scopes=frozenset({"files:read"}))):
        seen = Act(act.session, actor, act.now)
        assert matching.asks(seen, event) == []
        assert queries.own_registration(seen, event) is None
        assert [row.status for row in queries.listing(seen, queries.EventFilter(when="all")).rows] == [""]


def test_who_is_forgotten_is_suggested_to_nobody(event: Event, cast: Cast, act: Act) -> None:
    cast.summon("admin")
    asks(cast.editor, event, cast.rapporteur)
    row = asks(cast.rapporteur, event, cast.outsider)
    row_id = row.id
    forget(cast.tsb.act, cast.outsider.person)
    forget(cast.tsb.act, cast.editor.person)

    assert named(cast.rapporteur, event) == {}
    assert act.session.exec(select(EventAsk.id)).all() == [row_id], "the wish of the one who stays"
    assert [each.other.name for each in matching.asks(cast.rapporteur.act, event)] == [cast.outsider.person.name]
    assert "Otto" not in cast.outsider.person.name
