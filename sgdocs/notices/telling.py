"""The listener of notices: reads entries of the journal, and writes who is told of each. Told twice, it writes once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import insert
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Kind
from sgdocs.base.clock import geneva_day
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.meetings.models import Meeting
from sgdocs.notices import meetings
from sgdocs.notices.models import Notice, Preference, Subscription
from sgdocs.notices.places import Place, place_of
from sgdocs.notices.readable import readable
from sgdocs.notices.requests import Posting
from sgdocs.notices.roles import holders_of
from sgdocs.notices.row import HOLDER, Row
from sgdocs.notices.rows import STEPS, row_of
from sgdocs.notices.topics import LETTER, Often, usual
from sgdocs.people.models import Person

LISTENER: Final = "notices"
FOLLOWS: Final = "follows"
TOPICS_OF: Final[Mapping[str, str]] = {HOLDER: "tasks", "mentioned": "mentions"}
"""Roles for which an entry is another matter than for whoever follows."""


@dataclass(frozen=True)
class Reason:
    """Why a person is told of an entry. scope: what is followed, "" for a role; is_forced: no preference holds it back."""

    topic: str
    why: str
    scope: str = ""
    is_forced: bool = False


@dataclass(frozen=True)
class News:
    """An entry, where it belongs, and its row of the table."""

    entry: Entry
    place: Place
    row: Row

    @property
    def on(self) -> date:
        return geneva_day(self.entry.at)


Values = dict[str, object]
Told = dict[int, Reason]
"""By the id of the person."""


def tell(services: Posting, entries: Sequence[Entry]) -> None:
    """Who is told is worked out while reading; the rows are written in one short transaction."""
    with services.database.reading() as session:
        made = _made(session, entries)
    if made:
        with services.database.writing() as session:
            _keep(session, made)


def _made(session: Session, entries: Sequence[Entry]) -> list[Values]:
    news = [News(each, place_of(session, each), row) for each in entries if (row := row_of(each.verb)) is not None]
    told = {each.entry.id or 0: _told(session, each) for each in news}
    seen = _readable(session, news, told)
    often = _preferences(session, {person for reasons in told.values() for person in reasons})
    return [
        _notice(each, person, reason, LETTER if person in lettered else often.get((person, reason.topic)))
        for each in news
        for lettered in [_lettered(session, each)]
        for person, reason in sorted(told[each.entry.id or 0].items())
        if (each.entry.id, person) in seen
    ]


def _told(session: Session, news: News) -> Told:
    """Roles first, then those who follow; the narrowest thing that a person has a word on decides. Not who did it."""
    found: Told = {}
    words = _words(session, news)
    for role in news.row.roles:
        is_forced = role in news.row.always
        topic = TOPICS_OF.get(role, news.row.topic)
        for person in holders_of(session, role, news.entry, news.place, news.on):
            is_muted = person in words and words[person].muted_at is not None
            if is_forced or not is_muted:
                found.setdefault(person, Reason(topic, role, is_forced=is_forced))
    for person, word in words.items():
        if word.muted_at is None:
            found.setdefault(person, Reason(news.row.topic, FOLLOWS, word.scope))
    own = news.entry.actor_id if news.entry.actor_kind == Kind.PERSON else None
    return {person: reason for person, reason in found.items() if person != own or reason.is_forced}


def _words(session: Session, news: News) -> dict[int, Subscription]:
    """What each person said of the narrowest thing that they have a word on: follow, or not to be told."""
    rank = {scope: n for n, scope in enumerate(news.place.scopes)}
    held = select(Subscription).where(
        col(Subscription.scope).in_(list(rank)), col(Subscription.topic).in_(["", news.row.topic])
    )
    rows = sorted(session.exec(held), key=lambda row: (rank[row.scope], row.topic == ""))
    found: dict[int, Subscription] = {}
    for row in rows:
        found.setdefault(row.person_id, row)
    return found


def _readable(session: Session, news: Sequence[News], told: Mapping[int, Told]) -> set[tuple[int | None, int]]:
    """Pairs of entry and person whose account is open, as far as the person may read. Some five queries for each person."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for entry_id, reasons in told.items():
        for person in reasons:
            wanted[person].append(entry_id)
    at = max((each.entry.at for each in news), default=None)
    found: set[tuple[int | None, int]] = set()
    for each in _here(session, wanted):
        assert at is not None, "there is news"
        act = Act(session, actor_for(session, each, at), at)
        ids = session.exec(select(Entry.id).where(col(Entry.id).in_(wanted[each.id or 0]), readable(act)))
        found |= {(id, each.id or 0) for id in ids}
    return found


def _here(session: Session, ids: Iterable[int]) -> Sequence[Person]:
    return session.exec(select(Person).where(col(Person.id).in_(list(ids)), col(Person.left_at).is_(None))).all()


def _preferences(session: Session, people: Collection[int]) -> Mapping[tuple[int, str], str]:
    rows = session.exec(select(Preference).where(col(Preference.person_id).in_(list(people))))
    return {(row.person_id, row.topic): row.often for row in rows}


def _notice(news: News, person: int, reason: Reason, wished: str | None) -> Values:
    """A row of the table, as plain values: there may be tens of thousands. wished: as the person chose, None for as is usual; LETTER when another letter tells it."""
    usually = wished or usual(reason.topic).value
    return {
        "person_id": person,
        "entry_id": news.entry.id,
        "topic": reason.topic,
        "scope": reason.scope,
        "why": reason.why,
        "often": Often.NOW.value if reason.is_forced and wished != LETTER else usually,
        "at": news.entry.at,
    }


def _lettered(session: Session, news: News) -> set[int]:
    """Persons whom another letter tells of the entry: one letter for each person and occasion.

    Letters of approval on several texts are one, written at the moment of the steps. Costs one query, or a few.
    """
    of_it = col(Letter.entry_id) == news.entry.id
    if news.entry.verb.startswith(f"{STEPS}."):
        of_it |= col(Letter.kind).startswith(f"{STEPS}.") & (col(Letter.written_at) == news.entry.at)
    found = {id for id in session.exec(select(Letter.person_id).where(of_it)) if id is not None}
    meeting = session.get(Meeting, news.entry.subject_id) if news.entry.verb in meetings.VERBS else None
    if meeting is not None:
        found |= {person.id or 0 for person in meetings.people_of(session, meeting, news.on)}
    return found


def _keep(session: Session, made: Sequence[Values]) -> None:
    ids = {each["entry_id"] for each in made}
    held = select(Notice.entry_id, Notice.person_id).where(col(Notice.entry_id).in_(ids))
    known = set(session.exec(held).all())
    rows = [each for each in made if (each["entry_id"], each["person_id"]) not in known]
    if rows:
        session.execute(insert(Notice), rows)
