"""Days by which answers are owed or awaited, as a calendar file: one entry for each addressee, under one lasting uid."""

from datetime import UTC, datetime, time
from typing import Final

from fastapi import Request, Response

from sgdocs.base.act import Act
from sgdocs.i18n import N_, Language
from sgdocs.liaison.ledger import LedgerFilter, LedgerRow, rows
from sgdocs.liaison.queues import Queue
from sgdocs.meetings.calendar import Happening
from sgdocs.web import liaison_words, urls
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import services_of
from sgdocs.web.render import language_of

MOST: Final = 1000
OWED, AWAITED = N_("%(to)s answers %(label)s: %(title)s"), N_("Answer of %(to)s to %(label)s: %(title)s")
NAME: Final = N_("%(group)s: answers to liaison statements")


def calendar(request: Request, act: Act, name: str, asked: LedgerFilter) -> Response:
    """Of every open matter with a deadline that the reader may know of."""
    spoken = language_of(request)
    site = services_of(request).settings.public_url.rstrip("/")
    found = rows(act, asked, size=MOST).rows
    told = [_happening(row, spoken, site) for row in found if row.deadline and row.is_answer_expected]
    return calendar_file(request, spoken.say(NAME) % {"group": name}, told, file_name="liaisons")


def _happening(row: LedgerRow, spoken: Language, site: str) -> Happening:
    assert row.deadline is not None
    words = OWED if Queue.OWE in row.queues else AWAITED
    return Happening(
        uid=f"liaison.{row.statement_id}.{row.position}",
        title=spoken.say(words) % {"to": row.to.name, "label": row.label, "title": row.title},
        starts=row.deadline,
        ends=row.deadline,
        changed_at=datetime.combine(row.dated_on or row.deadline, time(), UTC),
        text=spoken.say(liaison_words.state(row.state)[0]),
        address=site + urls.statement(row.name),
        kind="liaison",
    )
