"""`sgdocs backup` and `sgdocs restore`."""

from pathlib import Path
from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.cli._bar import counting
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.safekeeping import restoring, taking
from sgdocs.safekeeping.contents import NoBackup
from sgdocs.safekeeping.taking import NotEmpty

Folder = Annotated[Path, typer.Argument(help="Folder of the backup.")]


def backup(
    folder: Folder,
    previous: Annotated[
        Path | None, typer.Option(help="An earlier backup on the same disk: files that it has are linked, not copied.")
    ] = None,
) -> None:
    """Back up database, files and settings into an empty folder, while the service runs. Secrets are left out.

    Ends with 1 when files that the database names are missing or damaged in the storage.

    Example: sgdocs backup /var/backups/sgdocs/2026-05-01 --previous /var/backups/sgdocs/2026-04-30
    """
    services = open_services()
    with counting("files") as progress:
        try:
            made = taking.back_up(services, folder, clock.now(), previous=previous, progress=progress)
        except (NotEmpty, OSError, ValueError) as error:
            raise NotDone(str(error)) from error
    say(f"{sum(made.tables.values())} rows of {len(made.tables)} tables and {made.blobs} files are in {folder}.")
    if made.missing:
        say(f"{len(made.missing)} files are missing or damaged in the storage:")
        for name in made.missing:
            typer.echo(name)
        raise typer.Exit(1)


def restore(folder: Folder) -> None:
    """Restore a backup into an empty place, and compare it; then rebuild the search index.

    Example: SGDOCS_HOME=/srv/sgdocs sgdocs restore /var/backups/sgdocs/2026-05-01
    """
    services = open_services(current=False)
    with counting("files") as progress:
        try:
            made = restoring.restore(services, folder, progress=progress)
        except (NotEmpty, NoBackup, OSError, ValueError) as error:
            raise NotDone(str(error)) from error
    say(f"Restored as of {made.made_at}: {sum(made.tables.values())} rows, {made.blobs} files.")
    say(f"Set the settings from {folder / taking.SETTINGS}, then run `sgdocs index rebuild`.")
    if made.missing:
        say(f"The backup itself lacked {len(made.missing)} files.")
        raise typer.Exit(1)
