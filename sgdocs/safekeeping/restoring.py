"""A backup put back into an empty place: blobs first, the database last, both compared with what the backup says."""

from collections.abc import Callable
from pathlib import Path

from sgdocs import migrations
from sgdocs.safekeeping import postgres, sqlite
from sgdocs.safekeeping.contents import Contents, NoBackup
from sgdocs.safekeeping.naming import promised
from sgdocs.safekeeping.taking import DATABASE, STORAGE, NotEmpty, counted
from sgdocs.storage.local import LocalStore
from sgdocs.wiring import Services

Progress = Callable[[int, int], None]


def restore(services: Services, folder: Path, *, progress: Progress = lambda done, total: None) -> Contents:
    """Restore the backup; NotEmpty when there is something already, NoBackup when it is not whole.

    A restore that was broken off may be run again. The search index is not restored: rebuild it.
    """
    contents = Contents.read(folder)
    _check(services, contents, folder)
    store = LocalStore(folder / STORAGE)
    names = sorted(store.names())
    for number, name in enumerate(names, 1):
        with store.open(name) as content:
            if services.blobs.put(content).sha256 != name:
                raise NoBackup(f"{name} in {store.folder} has another content than its name says")
        progress(number, len(names))
    adapter = sqlite if services.database.is_sqlite else postgres
    adapter.load(services.database, folder / DATABASE)
    _compare(services, contents)
    return contents


def _check(services: Services, contents: Contents, folder: Path) -> None:
    """Refuse before anything is written."""
    own = services.database.engine.dialect.name
    if contents.database != own:
        raise NoBackup(f"this is a backup of {contents.database}; SGDOCS_DATABASE names {own}")
    if contents.tables_version != migrations.newest():
        raise NoBackup(
            f"the backup has tables of version {contents.tables_version}, this program of {migrations.newest()}; "
            f"restore with sgdocs {contents.version}, then upgrade"
        )
    adapter = sqlite if services.database.is_sqlite else postgres
    if why := adapter.why_not_empty(services.database):
        raise NotEmpty(why)
    strange = set(services.blobs.names()) - set(LocalStore(folder / STORAGE).names())
    if strange:
        raise NotEmpty(f"there are {len(strange)} files in the storage already")


def _compare(services: Services, contents: Contents) -> None:
    """The same rows, and every blob that they promise but those that the backup itself lacked."""
    with services.database.engine.connect() as connection:
        rows, names = counted(connection), promised(connection)
    different = [name for name, count in contents.tables.items() if rows.get(name) != count]
    if different:
        raise NoBackup(f"other numbers of rows than in the backup: {', '.join(different)}")
    lacking = [name for name in names if not services.blobs.has(name) and name not in contents.missing]
    if lacking:
        raise NoBackup(f"{len(lacking)} files of the backup are not there: {', '.join(lacking[:5])}")
