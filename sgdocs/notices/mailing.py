"""Mail of notices: at once, or in a summary each day or week. Asked again before: what may not be read is not told."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select, update

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import Language, spoken
from sgdocs.journal.models import Entry
from sgdocs.mail import actions as mail
from sgdocs.notices import stopping, words
from sgdocs.notices.models import Notice
from sgdocs.notices.queries import Told, told_of
from sgdocs.notices.readable import readable
from sgdocs.notices.requests import Posting
from sgdocs.notices.stopping import Stop
from sgdocs.notices.topics import TOPICS, Often
from sgdocs.people.models import Person

MOST_ALONE: Final = 3
"""More than so many at once come in one letter."""
MOST_LINES: Final = 200
MOST_AT_ONCE: Final = 1000
MOST_PEOPLE: Final = 20
"""In one round; the worker has other things to do in between."""


def send_due(services: Posting, now: datetime) -> int:
    """Write the letters that are due, each person's in a short transaction; how many persons were looked at. A round
    looks at some, those of the next round at others."""
    settings = services.settings
    with services.database.reading() as session:
        due = select(Notice.person_id).where(_is_due(settings, now)).distinct()
        people = session.exec(due.order_by(col(Notice.person_id)).limit(MOST_PEOPLE)).all()
    for person_id in people:
        with services.database.writing() as session:
            _mail(Act(session, Actor.clock(), now), settings, person_id)
    return len(people)


def _is_due(settings: Settings, now: datetime) -> ColumnElement[bool]:
    often, at = col(Notice.often), col(Notice.at)
    daily, weekly = moment(now, settings.digest_hour), moment(now, settings.digest_hour, settings.digest_weekday)
    return and_(
        col(Notice.mailed_at).is_(None),
        or_(
            often == Often.NOW,
            and_(often == Often.DAILY, at <= daily),
            and_(often == Often.WEEKLY, at <= weekly),
        ),
    )


def moment(now: datetime, hour: int, weekday: int | None = None) -> datetime:
    """The last moment of summaries before now: at that hour in Geneva, of the day or of that day of the week (1: Monday)."""
    here = now.astimezone(GENEVA)
    day = here.date() if here.time() >= time(hour) else here.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.isoweekday() - weekday) % 7)
    return datetime.combine(day, time(hour), tzinfo=GENEVA)


def _mail(act: Act, settings: Settings, person_id: int) -> None:
    """Claim what is due for a person, and write of it what the person may read now."""
    person = act.session.get_one(Person, person_id)
    ids = _claimed(act, settings, person_id)
    if not ids or not person.email or person.left_at is not None:
        return
    reader = Act(act.session, actor_for(act.session, person, act.now), act.now)
    rows = _readable(act.session, reader, ids)
    at_once = [row for row in rows if row[0].often == Often.NOW]
    later = [row for row in rows if row[0].often != Often.NOW]
    post = Post(act, settings, person)
    tongue = spoken(person.language)
    alone = told_of(reader, tongue, at_once) if len(at_once) <= MOST_ALONE else []
    for told in alone:
        post.alone(tongue, told)
    together = told_of(reader, tongue, later if alone or not at_once else [*at_once, *later])
    if together:
        post.summary(tongue, together)


def _claimed(act: Act, settings: Settings, person_id: int) -> Sequence[int | None]:
    """Nobody else takes these any more; they are mailed with this transaction, or not at all."""
    due = select(Notice.id).where(Notice.person_id == person_id, _is_due(settings, act.now))
    ids = act.session.exec(due.order_by(col(Notice.id)).limit(MOST_AT_ONCE)).all()
    claim = update(Notice).where(col(Notice.id).in_(ids), col(Notice.mailed_at).is_(None)).values(mailed_at=act.now)
    return act.session.scalars(claim.returning(col(Notice.id))).all()


def _readable(session: Session, reader: Act, ids: Sequence[int | None]) -> list[tuple[Notice, Entry]]:
    found = select(Notice, Entry).join(Entry, col(Entry.id) == Notice.entry_id)
    rows = session.exec(found.where(col(Notice.id).in_(ids), readable(reader)).order_by(col(Notice.id)))
    return [(notice, entry) for notice, entry in rows]


class Post:
    """The letters of one person at one moment."""

    def __init__(self, act: Act, settings: Settings, person: Person) -> None:
        self.act, self.settings, self.person = act, settings, person
        self.site = settings.public_url.rstrip("/")

    def alone(self, tongue: Language, told: Told) -> None:
        """One letter for each person and entry."""
        facts = {"name": self.person.name, "says": told.says, "url": self.site + told.path}
        stop = Stop(self.person.id or 0, told.topic, told.scope)
        reason = f"{told.why}\n{tongue.sentence(words.STOP, {'stop': self._link(stop)})}"
        text = tongue.sentence(words.ALONE, facts)
        self._write("now", told.says, text, reason, stop, entry_id=told.entry_id)

    def summary(self, tongue: Language, all: Sequence[Told]) -> None:
        subject = words.SUMMARY_SUBJECTS[0] if len(all) == 1 else words.SUMMARY_SUBJECTS[1]
        facts = {"name": self.person.name, "lines": self._lines(tongue, all)}
        said = tongue.sentence(words.SUMMARY_WHY, {"site": f"{self.site}/my/notices/settings"})
        of_all = Stop(self.person.id or 0)
        stop = tongue.sentence(words.STOP, {"stop": self._link(of_all)})
        text = tongue.sentence(words.SUMMARY, facts)
        self._write("summary", tongue.sentence(subject, {"number": len(all)}), text, f"{said}\n{stop}", of_all)

    def _lines(self, tongue: Language, all: Sequence[Told]) -> str:
        """By topic, in their order; each with its address and why."""
        shown = sorted(all[:MOST_LINES], key=lambda told: list(TOPICS).index(told.topic))
        parts: list[str] = []
        for topic, some in groupby(shown, key=lambda told: told.topic):
            parts.append(tongue.say(TOPICS[topic].title).upper())
            parts += [f"- {told.says}\n  {self.site}{told.path}\n  {told.why}" for told in some]
        if len(all) > MOST_LINES:
            more = {"number": len(all) - MOST_LINES, "url": f"{self.site}/my/notices"}
            parts.append(tongue.sentence(words.MORE, more))
        return "\n\n".join(parts)

    def _link(self, stop: Stop) -> str:
        return f"{self.site}/stop/{stopping.written(self.settings.secret, stop)}"

    def _headers(self, stop: Stop) -> dict[str, str]:
        """One click in the mail program stops it; that is promised over https alone. Source: RFC 2369, RFC 8058."""
        link = self._link(stop)
        click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if link.startswith("https://") else {}
        return {"List-Unsubscribe": f"<{link}>", **click}

    def _write(
        self, kind: str, subject: str, text: str, reason: str, stop: Stop, *, entry_id: int | None = None
    ) -> None:
        mail.write(
            self.act,
            to=self.person.email or "",
            to_name=self.person.name,
            subject=subject[: words.LONGEST_SUBJECT],
            text=text,
            kind=f"notices.{kind}",
            person_id=self.person.id,
            entry_id=entry_id,
            reason=reason,
            headers=self._headers(stop),
        )
