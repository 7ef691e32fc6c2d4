"""The words of notices of the service, and their rows on lists."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request

from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.rules import LANGUAGES, TITLES, Severity, State, said, state
from sgdocs.announcements.schemas import NoticeOut
from sgdocs.i18n import N_
from sgdocs.text.markdown import to_html
from sgdocs.web import urls, words
from sgdocs.web.deps import now_of, services_of
from sgdocs.web.render import language_of

KINDS: Final = TITLES
SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.NOTICE: N_("To be read when there is time"),
    Severity.WARNING: N_("Before work is lost"),
    Severity.URGENT: N_("At once"),
}
STATES: Final[Mapping[State, str]] = {
    State.CURRENT: N_("Shown now"),
    State.PLANNED: N_("Planned"),
    State.ENDED: N_("Ended"),
}
LOOKS: Final[Mapping[State, str]] = {State.CURRENT: "force", State.PLANNED: "progress", State.ENDED: "past"}
TONGUES: Final = words.LANGUAGES


def said_to(request: Request, row: ServiceNotice) -> object:
    return said(row.words, language_of(request).code)


def state_at(request: Request, row: ServiceNotice) -> State:
    return state(row.begins_at, row.ends_at, row.ended_at, now_of(request))


def others(row: ServiceNotice, language: str) -> list[str]:
    """The other languages in which it can be read."""
    return [code for code in LANGUAGES if code in row.words and code != language]


def html(text: str) -> str:
    return to_html(text, heading=3)


def out(request: Request, row: ServiceNotice, language: str = "") -> NoticeOut:
    site = services_of(request).settings.public_url.rstrip("/")
    wished = language or language_of(request).code
    return NoticeOut.of(row, now=now_of(request), language=wished, address=site + urls.service_notice(row.id))
