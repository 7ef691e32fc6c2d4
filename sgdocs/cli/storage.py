"""`sgdocs storage`: read all files back, find those that nobody names."""

from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.cli._bar import counting
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.safekeeping import store

app = typer.Typer(no_args_is_help=True, help="The files: are they there, whole, and named?")


@app.command()
def verify() -> None:
    """Read every file back against its name. Prints what is damaged or missing, and ends with 2 if anything is.

    Example: sgdocs storage verify
    """
    services = open_services()
    with counting("files") as progress:
        found = store.verify(services, progress)
    _list("damaged", found.damaged)
    _list("missing", found.missing)
    if found.damaged or found.missing:
        raise NotDone(f"{found.read} files read: {len(found.damaged)} damaged, {len(found.missing)} missing")
    say(f"{found.read} files, {found.size_bytes} bytes: all whole, none missing.")


@app.command()
def sweep(drop: Annotated[bool, typer.Option("--drop", help="Drop them; else they are only listed.")] = False) -> None:
    """List files that no row names and that are older than a day; ends with 1 while there are any, 2 if some are missing.

    Example: sgdocs storage sweep --drop
    """
    found = store.sweep(open_services(), clock.now(), drop=drop)
    _list("orphan", sorted(set(found.orphans) - set(found.dropped)))
    _list("dropped", found.dropped)
    _list("missing", found.missing)
    say(f"{len(found.orphans)} orphans, {len(found.dropped)} dropped, {found.freed_bytes} bytes freed.")
    if found.missing:
        raise NotDone(f"{len(found.missing)} files are missing that the database names")
    if len(found.dropped) < len(found.orphans):
        raise typer.Exit(1)


def _list(what: str, names: list[str]) -> None:
    for name in names:
        typer.echo(f"{what}\t{name}")
