"""Reading without a network: what a browser may keep of a meeting, the service worker, and what makes it installable."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fastapi import APIRouter, Request, Response
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed
from sgdocs.documents import packing
from sgdocs.documents.listing import visible
from sgdocs.documents.models import Document
from sgdocs.documents.packing import Packed
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.policy import PUBLIC
from sgdocs.web import urls
from sgdocs.web.assets import asset, digest_of_all
from sgdocs.web.deps import Reading
from sgdocs.web.limits import limited
from sgdocs.web.places import STATIC
from sgdocs.web.render import language_of, page
from sgdocs.web.security import is_shared

pages = APIRouter()
ICONS: Final = (("img/icon-192.png", "192x192"), ("img/icon-512.png", "512x512"))
"""Our own drawing, that of `img/favicon.svg`, as pictures."""
BACKGROUND: Final = "#fdfcfa"
THEME: Final = "#17487d"


@pages.get("/manifest.webmanifest")
def manifest(request: Request) -> Response:
    """What a phone needs to put the service among its applications."""
    told = {
        "name": "sgdocs",
        "short_name": "sgdocs",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": language_of(request).code,
        "background_color": BACKGROUND,
        "theme_color": THEME,
        "icons": [
            {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": "any maskable"}
            for name, sizes in ICONS
        ],
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/manifest+json")


@pages.get("/sw.js")
def service_worker() -> Response:
    """The service worker, for the whole site. Its text changes with any static file, so that browsers fetch a new one."""
    return Response(_service_worker(), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@lru_cache
def _service_worker() -> str:
    return f'const RELEASE = "{digest_of_all()}";\n' + (STATIC / "js/sw.js").read_text()


@pages.get("/offline")
def offline(request: Request) -> Response:
    """Shown when there is no network and the page is not kept."""
    return page(request, "offline/offline.html")


@pages.get("/my/offline")
def mine(request: Request, act: Reading) -> Response:
    """What this browser keeps. The list is the browser's own; the server does not know it."""
    if not act.actor.is_known:
        raise NotAllowed(NOT_SIGNED_IN)
    return page(request, "offline/mine.html", is_shared=is_shared(request))


@dataclass(frozen=True)
class Keep:
    """What a browser is told to keep of a meeting. restricted: not everybody may read it; a second yes is asked."""

    address: str
    restricted: bool
    sha256: str = ""
    size: int = 0


@pages.get("/meeting/{code}/offline.json", dependencies=[limited("api")])
def of_meeting(request: Request, act: Reading, code: str) -> Response:
    """Addresses of the pages and of the present files of a meeting. For a session alone; a shared computer keeps nothing."""
    if not act.actor.is_known or act.actor.scopes is not None or act.actor.is_viewed or is_shared(request):
        raise NotAllowed(NOT_SIGNED_IN)
    meeting = meetings.by_code(act, code)
    keeps = [*_pages(meeting), *_papers(act, meeting)]
    spoken = language_of(request)
    told = {
        "code": meeting.code,
        "title": meeting.title,
        "person": act.actor.person_id,
        "banner": spoken.words.gettext("Without a network: this page is as it was on"),
        "keep": [vars(each) for each in keeps],
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


def _pages(meeting: Meeting) -> list[Keep]:
    home = urls.meeting(meeting.code)
    return [Keep(home + tail, restricted=False) for tail in ("", "/agenda", "/timetable", "/documents")]


def _papers(act: Act, meeting: Meeting) -> list[Keep]:
    """The page and the file of every document in its present state."""
    files: list[Packed] = [each for each in packing.of_meeting(act, meeting) if each.is_current]
    rows = select(Document.name, Document.audience).where(col(Document.meeting_id) == meeting.id, visible(act))
    is_open = {name: audience == PUBLIC for name, audience in act.session.exec(rows)}
    found = [Keep(urls.document(name), restricted=not is_open.get(name, False)) for name in {f.document for f in files}]
    found.sort(key=lambda each: each.address)
    return found + [
        Keep(
            urls.document(each.document, "file", each.name),
            restricted=not is_open.get(each.document, False),
            sha256=each.sha256,
            size=each.size_bytes,
        )
        for each in files
    ]
