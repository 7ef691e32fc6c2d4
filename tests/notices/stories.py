"""What tests of notices do again and again: follow as somebody, read who was told, read the letters."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.i18n import language
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.notices import following, queries
from sgdocs.notices.models import Notice
from sgdocs.notices.queries import NoticeFilter, Told
from sgdocs.people.models import Person
from tests.cast import Player


def follow(player: Player, scope: str, *topics: str) -> None:
    following.follow(player.act, player.person, scope, topics)


def told(database: Database, verb: str = "") -> dict[str, tuple[str, str]]:
    """Name -> (topic, why) of the notices of a verb, or of all."""
    with database.reading() as session:
        found = select(Person.name, Notice.topic, Notice.why).join(Notice, col(Notice.person_id) == Person.id)
        found = found.join(Entry, col(Entry.id) == Notice.entry_id)
        rows = session.exec(found.where(Entry.verb == verb) if verb else found)
        return {name: (topic, why) for name, topic, why in rows}


def shown(database: Database, player: Player, **wanted: object) -> list[Told]:
    """The page of a person, as it is asked for with their rights of today."""
    with database.reading() as session:
        act = Act(session, player.make.actor(player.person), player.make.act.now)
        return list(queries.mine(act, language("en"), NoticeFilter(**wanted)).rows)  # type: ignore[arg-type]


def letters(database: Database, kind: str = "notices.") -> list[Letter]:
    with database.reading() as session:
        found = select(Letter).where(col(Letter.kind).startswith(kind)).order_by(col(Letter.id))
        return list(session.exec(found))
