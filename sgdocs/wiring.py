"""Put together from settings: database, blob store, search engine, mailer. Imports every table."""

from dataclasses import dataclass, field
from pathlib import Path

import sgdocs.announcements.models
import sgdocs.approval.models
import sgdocs.base.instance
import sgdocs.discussions.models
import sgdocs.documents.models
import sgdocs.events.models
import sgdocs.groups.models
import sgdocs.journal.models
import sgdocs.liaison.bodies_models
import sgdocs.liaison.models
import sgdocs.mail.models
import sgdocs.mailing_lists.models
import sgdocs.meetings.models
import sgdocs.notices.models
import sgdocs.people.accounts
import sgdocs.people.models
import sgdocs.proceedings.models
import sgdocs.recommendations.models
import sgdocs.search.models
import sgdocs.tasks.models
import sgdocs.translation.models
import sgdocs.work_programme.models
import sgdocs.workspace.models  # noqa: F401
from sgdocs.base.db import Database, metadata, open_database
from sgdocs.base.settings import Settings
from sgdocs.mail.folder import FolderMailer
from sgdocs.mail.imap import ImapInbox
from sgdocs.mail.inbox import FolderInbox, Inbox, NullInbox
from sgdocs.mail.letter import Mailer
from sgdocs.mail.smtp import SmtpMailer
from sgdocs.search import engines
from sgdocs.search.engine import SearchEngine
from sgdocs.storage.clamd import ClamdScanner
from sgdocs.storage.local import LocalStore
from sgdocs.storage.scanner import NullScanner, Scanner
from sgdocs.storage.store import BlobStore
from sgdocs.text.children import Readers
from sgdocs.text.limits import MEGABYTE, Limits
from sgdocs.translation.libretranslate import LibreTranslate
from sgdocs.translation.port import Translator

tables = metadata


@dataclass(frozen=True)
class Services:
    """What a door needs besides the act."""

    settings: Settings
    database: Database
    blobs: BlobStore
    search: SearchEngine
    mailer: Mailer
    scanner: Scanner = field(default_factory=NullScanner)
    readers: Readers = field(default_factory=Readers)
    inbox: Inbox = field(default_factory=NullInbox)
    translator: Translator | None = None


def services_of(settings: Settings) -> Services:
    """Open everything; nothing is created but folders."""
    database = open_database(settings.database_url, pool_size=settings.pool_size)
    mailer, search = mailer_of(settings.mail_url), _search(settings, database)
    return Services(
        settings,
        database,
        _blobs(settings),
        search,
        mailer,
        scanner_of(settings.scanner),
        readers_of(settings),
        inbox_of(settings.inbox),
        translator_of(settings),
    )


def mailer_of(url: str) -> Mailer:
    scheme, _, rest = url.partition(":")
    if scheme in ("smtp", "smtps"):
        return SmtpMailer(url)
    if scheme == "file":
        return FolderMailer(Path(rest))
    raise ValueError(f"SGDOCS_MAIL: “{url}” is neither smtp://, smtps:// nor file:")


def inbox_of(url: str) -> Inbox:
    scheme, _, rest = url.partition(":")
    if not url:
        return NullInbox()
    if scheme in ("imap", "imaps"):
        return ImapInbox(url)
    if scheme == "file":
        return FolderInbox(Path(rest))
    raise ValueError("SGDOCS_INBOX: neither imap://, imaps:// nor file:")


def readers_of(settings: Settings) -> Readers:
    """Nothing is started before the first file."""
    limits = Limits(
        size_bytes=settings.file_limit_mb * MEGABYTE,
        seconds=settings.reader_seconds,
        memory_bytes=settings.reader_memory_mb * MEGABYTE,
    )
    return Readers(settings.readers, limits)


def scanner_of(url: str) -> Scanner:
    scheme, _, rest = url.partition(":")
    if not url:
        return NullScanner()
    if scheme == "clamd" and (rest.startswith("/") or rest.rpartition(":")[2].isdecimal()):
        return ClamdScanner(rest)
    raise ValueError(f"SGDOCS_SCANNER: “{url}” is neither clamd:/path/of/socket nor clamd:host:port")


def translator_of(settings: Settings) -> Translator | None:
    """None without a service; it is not asked before the first translation."""
    scheme, _, rest = settings.translator.partition(":")
    if not settings.translator:
        return None
    if scheme != "libretranslate":
        raise ValueError("SGDOCS_TRANSLATOR: it is not libretranslate:https://host/")
    try:
        return LibreTranslate(
            rest,
            settings.translator_key,
            seconds=settings.translation_seconds,
            most_bytes=settings.translation_mb * MEGABYTE,
        )
    except ValueError as error:
        raise ValueError(f"SGDOCS_TRANSLATOR: {error}") from error


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
