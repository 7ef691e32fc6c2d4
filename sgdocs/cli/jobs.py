"""`sgdocs jobs`: deliveries that were given up."""

from typing import Annotated

import typer

from sgdocs.cli._ground import acting, open_services, reading, say
from sgdocs.journal import actions as journal
from sgdocs.journal import outbox

app = typer.Typer(no_args_is_help=True, help="See and wake what the worker gave up.")


@app.command()
def parked() -> None:
    """List the deliveries that failed too often, one a line.

    Example: sgdocs jobs parked
    """
    with reading(open_services()) as act:
        for delivery, entry in outbox.parked(act.session):
            typer.echo(f"{delivery.id}\t{delivery.listener}\t{entry.verb}\t{entry.id}\t{delivery.error}")


@app.command()
def wake(ids: Annotated[list[int], typer.Argument(help="Numbers of `sgdocs jobs parked`.")]) -> None:
    """Try parked deliveries again.

    Example: sgdocs jobs wake 17 18
    """
    with acting(open_services()) as act:
        journal.wake(act, ids)
    say("They are due now.")
