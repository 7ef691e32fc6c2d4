"""`sgdocs identifiers`: the grammar of numbers for scripts."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.identifiers import parse_line

app = typer.Typer(no_args_is_help=True, help="Read identifiers.")


@app.callback()
def _group() -> None:
    """Keeps `parse` a command of its own."""


@app.command()
def parse(
    file: Annotated[Path | None, typer.Argument(help="A string a line; stdin when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One flat object a line.")] = False,
) -> None:
    """Read a string a line and print what it names; `"kind": null` when it names nothing.

    Example: echo "G.709/Y.1331 (06/2020)" | sgdocs identifiers parse --json
    """
    lines = file.open(encoding="utf-8", errors="replace") if file else sys.stdin
    unknown = 0
    for line in lines:
        found = parse_line(line.rstrip("\r\n"))
        unknown += found["kind"] is None
        words = " · ".join(f"{key} {value}" for key, value in found.items() if key != "text" and value is not None)
        typer.echo(json.dumps(found, ensure_ascii=False) if as_json else f"{found['text']}\t{words or 'nothing'}")
    if unknown and not as_json:
        raise typer.Exit(1)
