"""What machines ask: is the service well, what may robots read."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sgdocs import __version__
from sgdocs.journal.outbox import lag_seconds
from sgdocs.search.engine import IndexUnavailable
from sgdocs.web.deps import Svc, now_of
from sgdocs.wiring import Services

pages = APIRouter()
OK = "ok"
BROKEN = "broken"
ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /login
Disallow: /my
Disallow: /person
Disallow: /search
Disallow: /language/
"""


@pages.get("/healthz")
def health(request: Request, services: Svc) -> Response:
    """200 when all is well, 503 when a part is broken; never a page."""
    database, lag = _database(services, now_of(request))
    index = _index(services)
    well = database == OK and index == OK
    body = {
        "status": OK if well else BROKEN,
        "database": database,
        "search_index": index,
        "journal_lag_seconds": lag,
        "version": __version__,
    }
    return JSONResponse(body, 200 if well else 503, headers={"Cache-Control": "no-store"})


@pages.get("/robots.txt")
def robots() -> Response:
    return PlainTextResponse(ROBOTS)


def _database(services: Services, now: datetime) -> tuple[str, float | None]:
    try:
        with services.database.reading() as session:
            session.connection().execute(text("SELECT 1"))
            return OK, round(lag_seconds(session, now), 3)
    except SQLAlchemyError:
        return BROKEN, None


def _index(services: Services) -> str:
    try:
        services.search.status()
        return OK
    except (IndexUnavailable, OSError):
        return BROKEN
