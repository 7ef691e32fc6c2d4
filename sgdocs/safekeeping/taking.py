"""A backup while the service runs: a snapshot of the database first, then the blobs it names, which never change."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from sgdocs import __version__, migrations
from sgdocs.base.settings import Settings
from sgdocs.safekeeping import postgres, sqlite
from sgdocs.safekeeping.contents import Contents, digest_of
from sgdocs.safekeeping.naming import promised
from sgdocs.storage.local import LocalStore
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.wiring import Services, tables

DATABASE, STORAGE, SETTINGS = "database", "storage", "settings.env"
SECRET = ("secret", "oidc_client_secret", "database", "mail")
"""Settings that are, or hold, a secret: named in the backup, their values left out."""
Progress = Callable[[int, int], None]


class NotEmpty(ValueError):
    """Something is there already; the message says what."""


def back_up(
    services: Services,
    folder: Path,
    now: datetime,
    *,
    previous: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Contents:
    """Write a backup into an empty folder; what it could not have stands in `missing`.

    previous: an earlier backup on the same disk; blobs that it has are linked to, not copied again.
    """
    _make_empty(folder)
    adapter = sqlite if services.database.is_sqlite else postgres
    (folder / DATABASE).mkdir()
    with adapter.snapshot(services.database, folder / DATABASE) as connection:
        rows = counted(connection)
        names = sorted(promised(connection))
    files = {f"{DATABASE}/{each.name}": digest_of(each) for each in sorted((folder / DATABASE).iterdir())}
    store = LocalStore(folder / STORAGE)
    store.folder.mkdir()
    sizes: dict[str, int | None] = {}
    for number, name in enumerate(names, 1):
        sizes[name] = _keep(services.blobs, store, name, previous)
        progress(number, len(names))
    kept = [size for size in sizes.values() if size is not None]
    (folder / SETTINGS).write_text(settings_of(services.settings), encoding="utf-8")
    contents = Contents(
        made_at=now.isoformat(timespec="seconds"),
        version=__version__,
        tables_version=migrations.newest(),
        database=services.database.engine.dialect.name,
        tables=rows,
        files=files,
        blobs=len(kept),
        blobs_bytes=sum(kept),
        missing=[name for name, size in sizes.items() if size is None],
    )
    contents.write(folder)
    return contents


def counted(connection: Connection) -> dict[str, int]:
    """Rows of each table."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.sorted_tables
    }


def settings_of(settings: Settings) -> str:
    """The settings as lines of an environment file; secrets are named only."""
    lines = ["# The settings of the service at the moment of the backup. Secrets are left out: set them anew."]
    for name, field in Settings.model_fields.items():
        value, variable = getattr(settings, name), f"SGDOCS_{name.upper()}"
        if value == field.default:
            continue
        lines.append(f"# {variable}=" if name in SECRET else f"{variable}={value}")
    return "\n".join(lines) + "\n"


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty; give a folder of its own to each backup")
    folder.chmod(0o700)


def _keep(blobs: BlobStore, store: LocalStore, name: str, previous: Path | None) -> int | None:
    """Copy one blob and compare its digest; its size, or None when it is not there or not what its name says."""
    earlier = previous / STORAGE / name[:2] / name if previous else None
    if earlier is not None and earlier.is_file() and digest_of(earlier) == name:
        target = store.folder / name[:2] / name
        target.parent.mkdir(exist_ok=True)
        target.hardlink_to(earlier)
        return earlier.stat().st_size
    try:
        with blobs.open(name) as content:
            kept = store.put(content)
    except NoSuchBlob:
        return None
    if kept.sha256 == name:
        return kept.size_bytes
    store.drop(kept.sha256)
    return None
