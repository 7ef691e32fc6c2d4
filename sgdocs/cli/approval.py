"""`sgdocs approval`: the record of an approval."""

from pathlib import Path
from typing import Annotated

import typer

from sgdocs.approval import queries
from sgdocs.cli._ground import open_services, reading, say
from sgdocs.proceedings import dossier as packing

app = typer.Typer(no_args_is_help=True, help="Records of approvals.")


@app.callback()
def approval() -> None:
    """Records of approvals."""


@app.command()
def dossier(
    number: Annotated[str, typer.Argument(help="Of the approval, such as aap/2026-031.")],
    to: Annotated[Path | None, typer.Option(help="The file to write; by default its usual name, here.")] = None,
) -> None:
    """Pack the whole record of an approval, so that anybody can verify it.

    Example: sgdocs approval dossier aap/2026-031 --to record.zip
    """
    services = open_services()
    heads = services.settings.heads_file
    with reading(services) as act:
        process = queries.by_number(act, number)
        file = to or Path(packing.name_of(process))
        with file.open("wb") as stream:
            told = heads.read_text("utf-8", "replace") if heads.exists() else ""
            packing.write(act, process, stream, services.blobs.open, told)
    say(f"{file} is written; verify it with: sgdocs journal verify {file}")
