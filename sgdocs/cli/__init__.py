"""The command line: a door. Exit codes: 0 done, 1 done with refusals, 2 not done."""

import sys
from collections.abc import Callable

import typer

from sgdocs import __version__
from sgdocs.base.errors import Refused
from sgdocs.cli import backup, check, cite, serve, submit
from sgdocs.cli._ground import NotDone, say
from sgdocs.cli.approval import app as approval
from sgdocs.cli.database import app as database
from sgdocs.cli.identifiers import app as identifiers
from sgdocs.cli.imports import app as imports
from sgdocs.cli.index import app as index
from sgdocs.cli.jobs import app as jobs
from sgdocs.cli.journal import app as journal
from sgdocs.cli.people import app as people
from sgdocs.cli.procedures import app as procedures
from sgdocs.cli.recommendations import app as recommendations
from sgdocs.cli.storage import app as storage
from sgdocs.syncing import command

app = typer.Typer(
    name="sgdocs",
    help="Standards and document management for study groups.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("demo")(serve.demo)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("cite")(cite.cite)
app.command("check")(check.check_file)
app.command("submit")(submit.submit)
app.command("sync")(command.sync)
app.add_typer(database, name="db")
app.add_typer(people, name="people")
app.add_typer(imports, name="import")
app.add_typer(recommendations, name="recommendations")
app.add_typer(procedures, name="procedure")
app.add_typer(index, name="index")
app.add_typer(identifiers, name="identifiers")
app.add_typer(jobs, name="jobs")
app.add_typer(storage, name="storage")
app.add_typer(approval, name="approval")
app.add_typer(journal, name="journal")


@app.command()
def version() -> None:
    """Print the version.

    Example: sgdocs version
    """
    typer.echo(__version__)


def main() -> None:
    """Run; a refusal is said in its words on stderr, with its rule, and ends with 2."""
    sys.exit(_run(app))


def _run(command: Callable[[], object]) -> int:
    try:
        command()
    except Refused as refusal:
        say(f"Not done: {refusal.message} [{refusal.rule.id}]")
        return 2
    except NotDone as error:
        say(f"Not done: {error}")
        return 2
    return 0
