"""`sgdocs journal`: verify the chain, or a dossier."""

from pathlib import Path
from typing import Annotated

import typer

from sgdocs.cli._ground import NotDone, open_services, reading, say
from sgdocs.journal import chain, heads
from sgdocs.proceedings import verify_dossier

app = typer.Typer(no_args_is_help=True, help="Verify what the journal says.")


@app.callback()
def journal() -> None:
    """Verify what the journal says."""


@app.command()
def verify(
    dossier: Annotated[
        Path | None, typer.Argument(help="A dossier (.zip); without it the chain of this house.")
    ] = None,
    published: Annotated[Path | None, typer.Option("--heads", help="Heads of the chain as you kept them.")] = None,
) -> None:
    """Verify the chain of this house and its published heads, or a dossier, for which no database is needed.

    Example: sgdocs journal verify aap-2026-031-dossier.zip
    """
    if dossier is not None:
        _verify_dossier(dossier, published)
        return
    services = open_services()
    with reading(services) as act:
        verified = chain.verify(act.session)
        rewritten = heads.broken(act.session, published or services.settings.heads_file)
    say(f"{verified.checked} entries read, personal facts lawfully removed from {verified.removed}.")
    if verified.broken:
        raise NotDone(f"the chain breaks at position {verified.broken.position}: {verified.broken.why}")
    if rewritten:
        first = rewritten[0]
        raise NotDone(f"the head that was published on {first.on} (position {first.position}) is not in the chain")


def _verify_dossier(dossier: Path, published: Path | None) -> None:
    """The very check of the script that lies in each dossier."""
    told = published.read_text("utf-8", "replace") if published is not None else ""
    faults = verify_dossier.verify(str(dossier), told)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise NotDone(f"{dossier} does not hold")
    say("Everything holds.")
