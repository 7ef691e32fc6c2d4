"""Discussions as they go on: who hears what, for how long, and what comes after a break."""

import asyncio
import http.client
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.people import actions as people
from sgdocs.people.accounts import Token, UserSession
from sgdocs.people.actions.tokens import make_token
from sgdocs.people.schemas import TokenForm
from sgdocs.web.live import answering
from sgdocs.web.live.connection import Connection, Holder
from tests.live.conftest import Talk

FIVE = 5


def test_what_is_said_is_heard_at_every_door(talk: Talk) -> None:
    """Two processes over one database: whoever listens at either hears it once, worded as on the page."""
    talk.open_door()
    head = talk.cookie(talk.cast.rapporteur)
    with talk.listen(head) as here, talk.listen(head, door=1) as there:
        here.until_place()
        there.until_place()

        talk.say(talk.cast.delegate_member, "**Heard** at once")
        for each in (here, there):
            each.until(lambda it: it.numbers == [1])

        name, facts, _ = here.events[0]
        assert (name, facts["thread"], facts["number"]) == ("message", talk.thread.id, 1)
        assert 'id="m1"' in facts["html"]
        assert "<strong>Heard</strong> at once" in facts["html"]
        assert there.events[0][1] == facts


def test_what_is_changed_hidden_and_closed_is_told(talk: Talk) -> None:
    with talk.listen(talk.cookie(talk.cast.rapporteur)) as listener:
        listener.until_place()
        row = talk.say(talk.cast.delegate_member, "first words")
        listener.until(lambda it: it.numbers == [1])

        with talk.services.database.writing() as session:
            thread, mine = session.get_one(Thread, talk.thread.id), session.get_one(Message, row.id)
            actions.edit(Act(session, talk.cast.delegate_member.actor, talk.clock.now), thread, mine, "second words")
        listener.until(lambda it: it.numbers == [1, 1])
        with talk.services.database.writing() as session:
            thread, mine = session.get_one(Thread, talk.thread.id), session.get_one(Message, row.id)
            act = Act(session, talk.cast.chair.actor, talk.clock.now)
            actions.hide(act, thread, mine, "not here")
            actions.close(act, thread, "all is said")
        listener.until(lambda it: len(it.events) == 4)

        texts = [facts.get("html", "") for _, facts, _ in listener.events]
        assert ["first words" in texts[0], "second words" in texts[1], "words" in texts[2]] == [True, True, False]
        assert listener.events[3][:2] == ("thread", {"thread": talk.thread.id, "closed": True})


def test_reader_hears_of_the_threads_that_were_asked_for_alone(talk: Talk) -> None:
    with talk.services.database.writing() as session:
        act = Act(session, talk.cast.chair.actor, talk.clock.now)
        other = actions.open_named(act, about(act, Kind.GROUP, "T/SG13"), "Lunch")
        third = actions.open_named(act, about(act, Kind.GROUP, "T/SG13"), "Dinner")
    with talk.listen(talk.cookie(talk.cast.rapporteur), f"?also={other.id}") as listener:
        listener.until_place()

        for thread in (third, other):
            with talk.services.database.writing() as session:
                act = Act(session, talk.cast.chair.actor, talk.clock.now)
                actions.write(act, session.get_one(Thread, thread.id), Wanted("Soup"))
        talk.say(talk.cast.delegate_member)
        listener.until(lambda it: len(it.numbers) == 2)

        assert {facts["thread"] for _, facts, _ in listener.events} == {other.id, talk.thread.id}


def test_browser_that_comes_again_gets_what_it_missed_once(talk: Talk) -> None:
    """The server is another one then: what it needs to know stands in Last-Event-ID."""
    head = talk.cookie(talk.cast.rapporteur)
    with talk.listen(head) as before:
        before.until_place()
        talk.say(talk.cast.delegate_member)
        before.until(lambda it: it.numbers == [1])
        before.until(lambda it: it.last_id)
    row = talk.say(talk.cast.delegate_member, "said meanwhile")
    with talk.services.database.writing() as session:
        thread, mine = session.get_one(Thread, talk.thread.id), session.get_one(Message, row.id)
        actions.edit(Act(session, talk.cast.delegate_member.actor, talk.clock.now), thread, mine, "changed meanwhile")

    door = len(talk.doors)
    talk.open_door()
    with talk.listen(head, door=door, more={"Last-Event-ID": before.last_id}) as after:
        after.until_place()
        talk.say(talk.cast.delegate_member, "live again")
        after.until(lambda it: it.numbers[-1:] == [3])

        assert after.numbers == [2, 3]
        assert "changed meanwhile" in after.events[0][1]["html"]


def test_page_that_was_loaded_says_how_far_it_goes(talk: Talk) -> None:
    talk.say(talk.cast.delegate_member, "on the page")
    head = talk.cookie(talk.cast.rapporteur)
    with talk.listen(head) as page:
        page.until_place()
        place = page.last_id
    talk.say(talk.cast.delegate_member, "after the page")

    with (
        talk.listen(head, f"?after={place}") as listener,
        talk.listen(head, f"?also={talk.thread.id}.{place}") as other,
    ):
        listener.until(lambda it: it.numbers == [2])
        other.until(lambda it: it.numbers == [2])


def test_who_missed_too_much_is_told_to_load_the_page(talk: Talk) -> None:
    for _ in range(201):
        talk.say(talk.cast.delegate_member)

    with talk.listen(talk.cookie(talk.cast.rapporteur), "?after=0") as listener:
        listener.until_place()

        assert [(name, facts) for name, facts, _ in listener.events] == [("reload", {"thread": talk.thread.id})]


# Who may listen


def test_nobody_listens_to_what_they_may_not_read(talk: Talk) -> None:
    heads = {"nobody": {}, "stranger": talk.cookie(talk.cast.outsider), "member": talk.cookie(talk.cast.rapporteur)}

    statuses = {name: talk.listen(head).status for name, head in heads.items()}
    statuses["no such"] = talk.listen(heads["member"], "?also=999").status
    statuses["nonsense"] = talk.listen(heads["member"], "?after=yesterday").status
    statuses["more nonsense"] = talk.listen(heads["member"], "?also=x.1").status
    statuses["too many"] = talk.listen(heads["member"], "?" + "&".join(f"also={n}" for n in range(40))).status

    assert statuses == {
        "nobody": 303, "stranger": 404, "member": 200, "no such": 404, "nonsense": 422, "more nonsense": 422, "too many": 422,
    }  # fmt: skip


Ending = Callable[[Talk, dict[str, str]], None]


def signs_out(talk: Talk, head: dict[str, str]) -> None:
    with talk.services.database.writing() as session:
        people.sign_out(Act(session, talk.cast.guest.actor, talk.clock.now), head["Cookie"].partition("=")[2])


def is_ended(talk: Talk, _head: dict[str, str]) -> None:
    """What the journal does not tell of: the row of the session alone goes."""
    with talk.services.database.writing() as session:
        for row in session.exec(select(UserSession).where(UserSession.person_id == talk.cast.guest.person.id)):
            session.delete(row)


def pass_ends(talk: Talk, _head: dict[str, str]) -> None:
    from sgdocs.people.accounts import GuestPass

    with talk.services.database.writing() as session:
        row = session.exec(select(GuestPass).where(GuestPass.person_id == talk.cast.guest.person.id)).one()
        people.end_guest(Act(session, talk.cast.tsb.actor, talk.clock.now), row.id or 0)


def passes_by(talk: Talk, _head: dict[str, str]) -> None:
    """Nothing is written: the session has been idle for too long."""
    talk.clock.move(days=40)


@pytest.mark.parametrize("ending", [signs_out, is_ended, pass_ends, passes_by])
def test_answer_ends_with_the_access_and_nothing_more_is_sent(talk: Talk, ending: Ending) -> None:
    """One says something in the very moment after: the one who may not hears nothing of it, and the answer ends."""
    head = talk.cookie(talk.cast.guest)
    with talk.listen(head) as guest, talk.listen(talk.cookie(talk.cast.delegate_member)) as member:
        guest.until_place()
        member.until_place()
        talk.say(talk.cast.chair)
        guest.until(lambda it: it.numbers == [1])

        ending(talk, head)
        if ending is not passes_by:
            talk.say(talk.cast.chair, "not for guests")
            member.until(lambda it: it.numbers == [1, 2])
        guest.until(lambda it: it.is_over)

        assert guest.numbers == [1]
        assert talk.listen(head).status in (303, 404)


def test_token_listens_as_long_as_it_lives(talk: Talk) -> None:
    player = talk.cast.delegate_member
    form = TokenForm(name="bot", scopes=["read"], expires_on=talk.clock.now.date())
    talk.cookie(player)
    token = make_token(talk.make.act_as(player.actor), player.person, form, talk.services.settings)[1]
    talk.commit()
    with talk.listen({"Authorization": f"Bearer {token}"}) as bot:
        bot.until_place()
        talk.say(talk.cast.chair)
        bot.until(lambda it: it.numbers == [1])

        with talk.services.database.writing() as session:
            row = session.exec(select(Token).where(Token.person_id == player.person.id)).one()
            row.ended_at = talk.clock.now
        bot.until(lambda it: it.is_over)


# Limits


def test_one_person_takes_so_many_places_and_no_more(talk: Talk) -> None:
    head = talk.cookie(talk.cast.delegate_member)
    limit = talk.services.settings.streams_per_person

    listeners = [talk.listen(head) for _ in range(20)]
    statuses = [each.status for each in listeners]
    others = talk.listen(talk.cookie(talk.cast.rapporteur)).status
    listeners[0].hang_up()
    reader = talk.readers[0]()
    assert reader is not None
    listeners[1].until(lambda _: len(reader.hub.everyone()) == limit)
    again = talk.listen(head).status

    assert (statuses, others, again) == ([200] * limit + [429] * (20 - limit), 200, 200)
    assert listeners[-1].answer.headers["Retry-After"] == "30"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.databases("sqlite")
def test_reader_who_does_not_read_holds_up_nobody(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Megabytes wait for the one; the others have each message, and the one loses its place."""
    monkeypatch.setattr(answering, "STALLED_S", 1.0)
    head = talk.cookie(talk.cast.delegate_member)
    parts = urlsplit(talk.doors[0])
    stuck = http.client.HTTPConnection(parts.hostname or "", parts.port)
    stuck.connect()
    stuck.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.request("GET", f"/discussion/{talk.thread.id}/stream", headers=head)
    with talk.listen(talk.cookie(talk.cast.rapporteur)) as other:
        other.until_place()
        reader = talk.readers[0]()
        assert reader is not None
        for n in range(1, 1000):
            talk.say(talk.cast.chair, "x " * 150_000)
            other.until(lambda it, n=n: it.numbers[-1:] == [n])
            if n > 10 and len(reader.hub.everyone()) == 1:
                break

        assert [each.holder.person_id for each in reader.hub.everyone()] == [talk.cast.rapporteur.person.id]
    stuck.close()


async def _offered(piece: bytes) -> int:
    """How many such pieces wait before the answer of somebody who takes none of them ends."""
    slow = Connection(Holder(1), frozenset({1}), "en", "", asyncio.get_running_loop())
    taken = 0
    while not slow.ended:
        slow.offer(piece)
        taken += 1
    assert await slow.next(0.01) == b"", "nothing is kept for who is gone"
    return taken


def test_what_waits_for_a_slow_reader_is_bounded_in_number_and_in_bytes() -> None:
    assert asyncio.run(_offered(b"x")) == 201
    assert asyncio.run(_offered(b"x" * 500_000)) == 10


def test_head_is_answered_and_ends(talk: Talk) -> None:
    parts = urlsplit(talk.doors[0])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)

    connection.request("HEAD", f"/discussion/{talk.thread.id}/stream", headers=talk.cookie(talk.cast.chair))
    answer = connection.getresponse()

    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_reader_rests_while_nobody_listens(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sgdocs.web.live import reader as module

    monkeypatch.setattr(module, "LINGERS_S", 0.1)
    head = talk.cookie(talk.cast.delegate_member)
    with talk.listen(head) as listener:
        listener.until_place()
        reader = talk.readers[0]()
        assert reader is not None
        assert reader.is_running
    listener.until(lambda _: not reader.is_running)

    with talk.listen(head) as listener:
        listener.until_place()
        talk.say(talk.cast.chair)
        listener.until(lambda it: it.numbers == [1])
