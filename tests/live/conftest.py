"""A group that talks, really served: two processes' worth of applications over one database where a test asks for it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rules import Kind, Limits
from sgdocs.discussions.subjects import about
from sgdocs.people.accounts import Account
from sgdocs.people.actions.sessions import Browser, open_session
from sgdocs.people.rules import Stage
from sgdocs.web.live.reader import Reader
from sgdocs.web.security import session_cookie_name
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.disk.serving import served
from tests.live.listening import Listener
from tests.make import Make
from tests.support.databases import Clock
from tests.support.services import app_over


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"stream_poll_ms": 50, "stream_access_s": 1, "streams_per_person": 8, "streams": 30}
    )


@dataclass
class Talk:
    """A thread of SG13, and the doors by which it is followed."""

    cast: Cast
    make: Make
    services: Services
    clock: Clock
    thread: Thread
    doors: list[str]
    readers: list[Callable[[], Reader | None]]
    _stack: ExitStack

    def open_door(self) -> str:
        """One more server over the same database, as another process is."""
        app = app_over(self.services, self.clock)
        self.readers.append(lambda: getattr(app.state, "live", None))
        self.doors.append(self._stack.enter_context(served(app)))
        return self.doors[-1]

    def cookie(self, player: Player) -> dict[str, str]:
        """The head of a request from a browser in which the player is signed in."""
        if self.make.session.get(Account, player.person.id) is None:
            self.make.account(player.person)
        key = open_session(self.make.act, player.person, self.services.settings, stage=Stage.FULL, browser=Browser())
        self.commit()
        return {"Cookie": f"{session_cookie_name(self.services.settings)}={key}"}

    def listen(
        self, head: dict[str, str], query: str = "", *, door: int = 0, more: dict[str, str] | None = None
    ) -> Listener:
        path = f"/discussion/{self.thread.id}/stream{query}"
        return self._stack.enter_context(Listener(self.doors[door], path, {**head, **(more or {})}))

    def say(self, player: Player, text: str = "Words.") -> Message:
        self.clock.move(seconds=1)
        with self.services.database.writing() as session:
            act = Act(session, player.actor, self.clock.now)
            return actions.write(
                act, session.get_one(Thread, self.thread.id), Wanted(text), Limits(length=1_000_000, per_minute=10_000)
            )

    def commit(self) -> None:
        self.make.session.commit()


@pytest.fixture
def talk(cast: Cast, make: Make, services: Services, clock: Clock) -> Iterator[Talk]:
    cast.summon("chair", "rapporteur", "delegate_member", "delegate_associate", "tsb", "outsider", "guest", "sg13")
    thread = actions.own_thread(cast.chair.act, about(cast.tsb.act, Kind.GROUP, "T/SG13"))
    make.session.commit()
    with ExitStack() as stack:
        talk = Talk(cast, make, services, clock, thread, [], [], stack)
        talk.open_door()
        yield talk
        for reader in talk.readers:
            live = reader()
            if live is not None:
                live.close()
