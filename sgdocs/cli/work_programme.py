"""`sgdocs import work-programme`: the export of another system."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.base.actor import Actor
from sgdocs.cli._bar import counting
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.documents.importing.tables import Unreadable
from sgdocs.work_programme.importing.run import SOURCE, Import, Outcome, import_items

REPORT = Path("import-report.jsonl")


def work_programme(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON or JSON Lines: a row for each work item.")],
    *,
    source: Annotated[str, typer.Option(help="Name under which is remembered what it said.")] = SOURCE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    report: Annotated[Path, typer.Option(help="Where rejected rows and kept values go.")] = REPORT,
) -> None:
    """Import work items with their status and its day. A second run changes nothing.

    What somebody changed here meanwhile stays and is listed. Ends with 1 when rows were rejected.

    Example: sgdocs import work-programme sg17-work-programme.csv
    """
    job = Import(open_services().database, Actor.operator(), clock.now, source, dry_run=dry_run)
    with counting("work items") as progress:
        try:
            outcome = import_items(job, file, progress)
        except Unreadable as error:
            raise NotDone(str(error)) from error
    _tell(outcome, report, dry_run=dry_run)
    if outcome.rejects:
        raise typer.Exit(1)


def _tell(outcome: Outcome, report: Path, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    if not outcome.added and not outcome.changed and not outcome.rejects:
        say(f"{outcome.read} rows read, nothing has changed since the last import.")
    else:
        say(
            f"{outcome.read} rows read: {would}{outcome.added} added, {outcome.changed} changed, "
            f"{outcome.unchanged} unchanged, {len(outcome.rejects)} rejected."
        )
    if outcome.kept:
        say(f"{len(outcome.kept)} values stay as they were written here.")
    if outcome.rejects or outcome.kept:
        with report.open("w", encoding="utf-8") as file:
            for each in (*outcome.rejects, *outcome.kept):
                file.write(json.dumps(vars(each), ensure_ascii=False) + "\n")
        say(f"The list: {report}")
