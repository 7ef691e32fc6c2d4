"""A furnished house to measure documents in: structure, cast, meetings, tokens, and very many clauses."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.documents.actions import enter_old, open_shelf
from sgdocs.documents.actions.texts import keep_text
from sgdocs.documents.models import Document, File
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.schemas import OldDocument, Upload
from sgdocs.groups.queries import actor_for
from sgdocs.meetings import actions as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingKind
from sgdocs.meetings.schemas import MeetingForm
from sgdocs.people.actions.tokens import make_token
from sgdocs.people.queries import by_email
from sgdocs.people.schemas import TokenForm
from sgdocs.seed import cast, demo
from sgdocs.text.model import Reading, Unit
from sgdocs.wiring import Services, services_of
from tests.bench.papers import filler

MEMBER = f"delegate-member@{cast.DOMAIN}"


@dataclass(frozen=True)
class House:
    """home: its folder; token: of a delegate; meetings: codes by what they are for."""

    home: Path
    token: str
    meetings: dict[str, str]


def furnish(home: Path) -> House:
    """The demonstration with further meetings of SG15, months ahead."""
    with opened(home) as services:
        demo.load(services)
        with services.database.writing() as session:
            act = Act(session, Actor.operator(), clock.now())
            codes = {
                name: _meeting(act, n, name) for n, name in enumerate(("upload", "list", "stock", "large", "more"))
            }
            person = by_email(session, MEMBER)
            assert person is not None, "the cast has a delegate of a Sector Member"
            own = Act(session, actor_for(session, person, act.now), act.now)
            scopes = ["read", "write", "files:read"]
            token = make_token(
                own,
                person,
                TokenForm(name="bench", scopes=scopes, expires_on=act.now.date() + timedelta(days=2)),
                services.settings,
            )[1]
    return House(home, token, codes)


def _meeting(act: Act, n: int, name: str) -> str:
    day = (act.now + timedelta(days=150 + 14 * n)).date()
    form = MeetingForm(
        kind=MeetingKind.STUDY_GROUP, group="T/SG15", title=f"For {name}", place="Geneva", starts_on=day, ends_on=day
    )
    meeting = meetings.convene(act, form)
    meetings.announce(act, meeting, accept=True)
    return meeting.code


@contextmanager
def opened(home: Path) -> Iterator[Services]:
    services = services_of(Settings(home=home, demo=True, secret="x" * 40))
    yield services
    services.readers.close()
    services.database.engine.dispose()


def fill(home: Path, code: str, documents: int, clauses: int, *, first: int) -> None:
    """So many documents of so many clauses under a meeting, with their text kept."""
    with opened(home) as services:
        for start in range(0, documents, 100):
            with services.database.writing() as session:
                act = Act(session, Actor.operator(), clock.now())
                meeting = session.exec(select(Meeting).where(Meeting.code == code)).one()
                shelf = open_shelf(act, meeting)
                for number in range(first + start, first + min(start + 100, documents)):
                    text = filler(code, number, clauses)
                    blob = services.blobs.put(io.BytesIO("\n".join(text).encode()))
                    upload = Upload(blob, f"C{number}.txt", "text/plain", "txt", language="en")
                    old = OldDocument(
                        DocumentKind.CONTRIBUTION, number, title=text[0][:80], source="Imaginary Networks Ltd",
                        questions=("Q2/15",), posted_at=act.now,
                    )  # fmt: skip
                    document = enter_old(act, meeting, old, [upload], shelf=shelf)
                    _keep(act, document, text)


def _keep(act: Act, document: Document, text: list[str]) -> None:
    file = act.session.exec(select(File).where(File.document_id == document.id)).one()
    units = tuple(
        Unit(number=str(n), title=words[:40], text=words, level=1, anchor=f"c-{n}") for n, words in enumerate(text, 1)
    )
    keep_text(act, file, Reading("txt", "text/plain", units=units, language="en"))
