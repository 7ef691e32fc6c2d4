"""Words of the pages of notices; a notice as a row of a file or of the API."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request

from sgdocs.i18n import N_
from sgdocs.notices.queries import Followed, Told
from sgdocs.notices.schemas import NoticeOut, SubscriptionOut
from sgdocs.notices.topics import Often
from sgdocs.web.deps import services_of
from sgdocs.web.render import language_of

OFTEN: Final[Mapping[str, str]] = {
    Often.NOW: N_("at once"),
    Often.DAILY: N_("daily"),
    Often.WEEKLY: N_("weekly"),
    Often.OFF: N_("page only"),
}
HEADINGS: Final[Mapping[str, str]] = {
    "at": N_("When"),
    "topic": N_("Topic"),
    "says": N_("What"),
    "label": N_("Number"),
    "title": N_("Title"),
    "url": N_("Address"),
    "why": N_("Why"),
    "is_read": N_("Read"),
}


def said_of(request: Request, words: Mapping[str, str]) -> dict[str, str]:
    spoken = language_of(request)
    return {name: spoken.say(word) for name, word in words.items()}


def site_of(request: Request) -> str:
    return services_of(request).settings.public_url.rstrip("/")


def row_of(request: Request, told: Told) -> NoticeOut:
    given = {name: getattr(told, name) for name in NoticeOut.model_fields if name != "url"}
    return NoticeOut(url=site_of(request) + told.path, **given)


def followed_row(request: Request, each: Followed) -> SubscriptionOut:
    """label and url are empty for what the person may not know of any more."""
    return SubscriptionOut(
        scope=each.scope,
        topics=list(each.topics),
        label=language_of(request).say(each.thing.label) if each.thing is not None else "",
        url=site_of(request) + each.thing.path if each.thing is not None and each.thing.path else "",
        is_muted=each.is_muted,
        since=each.since,
    )
