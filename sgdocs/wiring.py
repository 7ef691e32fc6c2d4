"""Put together from settings: database, blob store, search engine, mailer. Imports every table."""

from dataclasses import dataclass
from pathlib import Path

import sgdocs.base.instance
import sgdocs.documents.models
import sgdocs.groups.models
import sgdocs.journal.models
import sgdocs.mail.models
import sgdocs.meetings.models
import sgdocs.people.accounts
import sgdocs.people.models
import sgdocs.proceedings.models
import sgdocs.recommendations.models
import sgdocs.search.models  # noqa: F401
from sgdocs.base.db import Database, metadata, open_database
from sgdocs.base.settings import Settings
from sgdocs.mail.folder import FolderMailer
from sgdocs.mail.letter import Mailer
from sgdocs.mail.smtp import SmtpMailer
from sgdocs.search import engines
from sgdocs.search.engine import SearchEngine
from sgdocs.storage.local import LocalStore
from sgdocs.storage.store import BlobStore

tables = metadata


@dataclass(frozen=True)
class Services:
    """What a door needs besides the act."""

    settings: Settings
    database: Database
    blobs: BlobStore
    search: SearchEngine
    mailer: Mailer


def services_of(settings: Settings) -> Services:
    """Open everything; nothing is created but folders."""
    database = open_database(settings.database_url, pool_size=settings.pool_size)
    return Services(settings, database, _blobs(settings), _search(settings, database), mailer_of(settings.mail_url))


def mailer_of(url: str) -> Mailer:
    scheme, _, rest = url.partition(":")
    if scheme in ("smtp", "smtps"):
        return SmtpMailer(url)
    if scheme == "file":
        return FolderMailer(Path(rest))
    raise ValueError(f"SGDOCS_MAIL: “{url}” is neither smtp://, smtps:// nor file:")


def _blobs(settings: Settings) -> BlobStore:
    scheme, _, rest = settings.storage_url.partition(":")
    if scheme != "file":
        raise ValueError(f"SGDOCS_STORAGE: “{settings.storage_url}” is not file:FOLDER")
    return LocalStore(Path(rest))


def _search(settings: Settings, database: Database) -> SearchEngine:
    if settings.search_engine in ("", "whoosh"):
        return engines.whoosh(settings.index_folder)
    if settings.search_engine == "postgres" and not database.is_sqlite:
        return engines.postgres(database.engine)
    raise ValueError("SGDOCS_SEARCH_ENGINE: “whoosh”, or “postgres” with a PostgreSQL database")
