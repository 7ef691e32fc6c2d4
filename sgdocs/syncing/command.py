"""`sgdocs sync`: the documents of a meeting in a folder, kept up to date.

It has an entry of its own: it runs often, on machines of people, and needs nothing of the server.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.base.command import NotDone, say, token_of
from sgdocs.syncing.disk import Refused
from sgdocs.syncing.remote import Remote
from sgdocs.syncing.running import Report, Sync


def sync(
    meeting: Annotated[str, typer.Argument(help="Code of the meeting, as T25-SG13-260706.")],
    folder: Annotated[Path, typer.Argument(help="Folder on this machine.")],
    *,
    server: Annotated[str, typer.Option(help="Address of the service.")],
    token: Annotated[str, typer.Option(help="Token with the scope files:read or read; better in SGDOCS_TOKEN.")] = "",
    verify: Annotated[bool, typer.Option("--verify", help="Read every file here again and compare.")] = False,
) -> None:
    """Fetch what has changed into a folder. A file that you changed is neither deleted nor overwritten.

    Ends with 0 when the folder is up to date (files that you changed stay as they are), with 1 when some files could
    not be fetched or, with --verify, differ from the server's, with 2 when nothing could be done.

    Example: SGDOCS_TOKEN=sgd_… sgdocs sync T25-SG13-260706 ~/SG13 --server https://docs.example.org
    """
    with Remote(server, token_of(token)) as remote:
        try:
            run = Sync(remote, meeting, folder, clock.now(), verify=verify)
        except Refused as error:
            raise NotDone(f"{folder}: {error}") from error
        report = run.run(_downloading)
    _tell(report)
    if report.refused or (verify and report.left):
        raise typer.Exit(1)


def main() -> None:
    """The command alone, without the others: `sgdocs sync …` is here in a third of the time."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command("sync")(sync)
    try:
        app(sys.argv[2:], prog_name="sgdocs sync")
    except NotDone as error:
        say(f"Not done: {error}")
        sys.exit(2)


@contextmanager
def _downloading() -> Iterator[Callable[[int, int], None]]:
    """A bar in bytes, with speed; made when there is something to fetch."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("files", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(report: Report) -> None:
    for path in report.left:
        say(f"changed by you, left as it is: {path}")
    for path, beside in report.aside.items():
        say(f"changed by you and on the server: yours is now {beside}, {path} is the server's")
    for path, place in report.withdrawn.items():
        say(f"no longer on the server: {path} is now {place}")
    for path, why in report.refused:
        say(f"not fetched: {path}: {why}")
    say(
        f"{report.listed} files on the server: {len(report.fetched)} fetched, {report.kept} were here"
        + (", nothing has changed there." if report.is_unchanged else ".")
    )
