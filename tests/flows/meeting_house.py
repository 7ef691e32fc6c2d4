"""The first day of a meeting of SG13: six people in four languages, each in a browser of their own, rooms and a translator."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import pytest
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.mail.memory import MemoryMailer
from sgdocs.meetings import actions as meetings
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.schemas import SittingForm
from sgdocs.people.accounts import Account
from sgdocs.translation.memory import MemoryTranslator
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.cast import Cast, Player
from tests.files.proposals import proposal
from tests.flows.tokens import program_of
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import filled, study_group_meeting
from tests.support.databases import Clock
from tests.support.services import ADDRESS, app_over

FIBRE: Final = "The single-mode optical fibre loses 0.2 dB at each splice."
FACTS: Final = {"group": "13", "question": "2/13", "source": "University of Nowhere", "days": "Geneva, 23 March 2026"}
SECRET: Final = "a secret of thirty-two characters!"
SIT: Final = {"title": "Opening plenary", "on": "2026-03-23", "begins": "10:00", "until": "12:30"}
LANGUAGES: Final = {"delegate": "en", "tsb": "en", "chair": "fr", "rapporteur": "fr", "guest": "ar", "expert": "zh"}
"""Who reads in which language."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With rooms at a Jitsi of the house."""
    room = {"room": "jitsi:https://meet.example", "room_secret": SECRET, "room_app": "sgdocs"}
    return settings.model_copy(update=room)


@dataclass
class Day:
    """The browsers by role, what they do on pages, and the worker. paper: name of the contribution."""

    cast: Cast
    clock: Clock
    services: Services
    work: Callable[[], None]
    mailer: MemoryMailer
    client: TestClient
    meeting: Meeting
    sitting: Sitting
    paper: str
    players: dict[str, Player]
    by: dict[str, TestClient] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The address of the meeting."""
        return f"/meeting/{self.meeting.code}"

    def tree(self, who: str, address: str) -> HtmlElement:
        """A page that must be there, in the language of its reader."""
        answer = self.by[who].get(address)
        assert answer.status_code == 200, (who, address, answer.status_code)
        page = tree(answer.text)
        if page.tag == "html":
            assert page.get("lang") == LANGUAGES[who], (who, address)
            assert page.get("dir", "ltr") == ("rtl" if LANGUAGES[who] == "ar" else "ltr"), (who, address)
        return page

    def page(self, who: str, address: str) -> str:
        """Its words."""
        return " ".join(self.tree(who, address).get_element_by_id("content").text_content().split())

    def sends(self, who: str, page: str, action: str, **typed: Any) -> str:
        """Fill in the form of a page that leads there, as it stands, and send it; where one is then."""
        forms = [each for each in self.tree(who, page).forms if (each.action or page) == action]
        assert forms, f"{who} has no form {action} on {page}"
        return self._sent(who, forms[0], action, typed)

    def says(self, who: str, page: str, text: str, **typed: str) -> str:
        """Write at the discussion that a page shows; the address of the message."""
        (form,) = self.tree(who, page).cssselect("form#composer")
        there = self._sent(who, form, form.action, {"text": text, **typed})
        assert "#m" in there, there
        return there

    def _sent(self, who: str, form: HtmlElement, action: str, typed: dict[str, Any]) -> str:
        known = {name: value for name, value in form.fields.items() if name and value is not None}
        answer = self.by[who].post(action, data=known | typed)
        assert answer.status_code == 200, (action, answer.status_code, content(answer.text))
        there = answer.history[-1].headers["location"] if answer.history else str(answer.url)
        return there.removeprefix(ADDRESS)

    def later(self, minutes: float = 5) -> None:
        """The worker's round, some minutes later."""
        self.clock.move(minutes=minutes)
        tidy(self.services, self.clock.now)
        self.work()

    def notices(self, who: str) -> str:
        return self.page(who, "/my/notices")


@pytest.fixture
def services(services: Services) -> Services:
    return replace(services, translator=MemoryTranslator())


@pytest.fixture
def client(services: Services, clock: Clock) -> Iterator[TestClient]:
    with TestClient(app_over(services, clock), base_url=ADDRESS) as client:
        yield client


@pytest.fixture
def day(
    make: Make, cast: Cast, clock: Clock, services: Services, client: TestClient, work: Callable[[], None],
    mailer: MemoryMailer,
) -> Day:  # fmt: skip
    meeting = study_group_meeting(
        cast, starts_on=date(2026, 3, 23), ends_on=date(2026, 4, 2), place="Geneva", format="hybrid"
    )
    filled(cast, meeting, cast.q2)
    sitting = meetings.hold_sitting(cast.tsb.act, meeting, SittingForm.model_validate(SIT))
    cast.summon("focal_point", "outsider")
    players = {
        "delegate": cast.delegate_member, "rapporteur": cast.rapporteur, "chair": cast.chair, "guest": cast.guest,
        "tsb": cast.tsb, "expert": cast.delegate_academia,
    }  # fmt: skip
    make.session.commit()
    paper = brought(cast, client, services, meeting)
    clock.move(days=21)
    found = Day(cast, clock, services, work, mailer, client, meeting, sitting, paper, players)
    for name, player in found.players.items():
        if make.session.get(Account, player.person.id) is None:
            make.account(player.person)
        player.person.language = LANGUAGES[name]
        make.session.commit()
        found.by[name] = another(client)
        sign_in(found.by[name], player.person)
    return found


def brought(cast: Cast, client: TestClient, services: Services, meeting: Meeting) -> str:
    """A contribution of the university, three weeks before the meeting; its name."""
    text = proposal("Splices", (("Introduction", ("One more class.",)), ("Measurements", (FIBRE,))), **FACTS)
    author = program_of(client, services)(cast.delegate_academia)
    name: str = author.bring(f"/meetings/{meeting.code}/documents", text)["name"]
    return name
