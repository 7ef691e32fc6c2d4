"""`sgdocs import liaisons`: a register of liaison statements that was kept elsewhere."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.base.actor import Actor
from sgdocs.cli._bar import counting
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.documents.importing.tables import Unreadable
from sgdocs.liaison.importing.run import Import, Outcome, import_statements

REPORT = Path("import-report.jsonl")


def liaisons(
    file: Annotated[Path, typer.Argument(help="JSON Lines, CSV or XLSX: a row for each statement.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
    report: Annotated[Path, typer.Option(help="Where rejected rows and references that lead nowhere go.")] = REPORT,
) -> None:
    """Import a register of liaison statements as it is. A second run enters nothing.

    Every reference of an answer is resolved, or named: as a number of somebody who keeps no register here, or as broken.
    Ends with 1 when rows were rejected.

    Example: sgdocs import liaisons liaison-register.jsonl
    """
    job = Import(open_services().database, Actor.operator(), clock.now)
    with counting("statements") as progress:
        try:
            outcome = import_statements(job, file, progress)
        except Unreadable as error:
            raise NotDone(str(error)) from error
    _write(outcome, report)
    if as_json:
        typer.echo(json.dumps(outcome.told))
    else:
        _tell(outcome)
    if any(each.field != "in_reply_to" for each in outcome.rejects):
        raise typer.Exit(1)


def _tell(outcome: Outcome) -> None:
    say(
        f"{outcome.read} rows read: {outcome.imported} statements added, {outcome.unchanged} known before; "
        f"{outcome.references} references: {outcome.resolved} resolved, {outcome.outside} to the outside; "
        f"{len(outcome.rejects)} rejected."
    )


def _write(outcome: Outcome, report: Path) -> None:
    """Name every reject, in the report and (the first of them) on stderr."""
    lines = [json.dumps(each, ensure_ascii=False, default=str) for each in outcome.report]
    if not lines:
        return
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for each in (*outcome.rejects[:10], *outcome.named[:10]):
        say(f"line {each.line}, {each.field}: {each.value or '–'}: {each.right}")
    say(f"The list: {report}")
