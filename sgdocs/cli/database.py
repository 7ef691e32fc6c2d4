"""`sgdocs db`: tables and journal."""

from typing import Annotated

import typer

from sgdocs import migrations
from sgdocs.cli._ground import NotDone, open_services, reading, say
from sgdocs.journal import chain

app = typer.Typer(no_args_is_help=True, help="Create and upgrade the database; verify the journal.")


@app.command()
def upgrade(
    training: Annotated[bool, typer.Option(help="Mark a new database as a training instance.")] = False,
) -> None:
    """Create the tables, or bring them to this version.

    Example: SGDOCS_DATABASE=postgresql+psycopg://sgdocs@db/sgdocs sgdocs db upgrade
    """
    done = migrations.upgrade(open_services(current=False).database, training=training)
    say("The database is up to date." if done else "The database was up to date already.")


@app.command()
def check() -> None:
    """Compare the tables with this version's models.

    Example: sgdocs db check
    """
    differences = migrations.differences(open_services().database)
    for difference in differences:
        say(str(difference))
    if differences:
        raise NotDone(f"{len(differences)} differences between tables and models")
    say("Tables and models agree.")


@app.command()
def revise(message: str) -> None:
    """Write a new version of the tables from the models, for developers.

    Example: sgdocs db revise "Add liaison statements"
    """
    migrations.revise(open_services(current=False).database, message)


@app.command()
def verify() -> None:
    """Read the journal from its beginning and verify the chain.

    Example: sgdocs db verify
    """
    with reading(open_services()) as act:
        verified = chain.verify(act.session)
    say(f"{verified.checked} entries read, personal facts lawfully removed from {verified.removed}.")
    if verified.broken:
        raise NotDone(f"the chain breaks at position {verified.broken.position}: {verified.broken.why}")
