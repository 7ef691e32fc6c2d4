"""`sgdocs import documents`: old stock under its old numbers and dates."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.base import clock
from sgdocs.base.actor import Actor
from sgdocs.cli._bar import counting
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.documents.importing.run import Import, Outcome, import_documents
from sgdocs.documents.importing.tables import Unreadable

REPORT = Path("import-report.jsonl")


def documents(
    table: Annotated[Path, typer.Argument(help="JSON Lines, CSV or XLSX: a row for each document.")],
    folder: Annotated[Path, typer.Argument(help="Folder with the files.")],
    *,
    meeting: Annotated[str, typer.Option(help="Code of the meeting for rows that name none.")] = "",
    create_meetings: Annotated[
        bool, typer.Option("--create-meetings", help="Enter meetings that are missing, from their codes.")
    ] = False,
    report: Annotated[Path, typer.Option(help="Where rejected and incomplete rows go.")] = REPORT,
) -> None:
    """File documents of an older system under their old numbers and dates. A second run changes nothing.

    Files are found by the column `file`, else by the number in their names. A row without file or title is filed
    and listed as incomplete; ends with 1 when rows were rejected.

    Example: sgdocs import documents sg17-2025-04.jsonl ./files --create-meetings
    """
    services = open_services()
    if not folder.is_dir():
        raise NotDone(f"{folder}: there is no such folder")
    job = Import(
        services.database,
        services.blobs,
        services.scanner,
        Actor.operator(),
        clock.now,
        meeting=meeting,
        create_meetings=create_meetings,
        file_limit_mb=services.settings.file_limit_mb,
    )
    with counting("documents") as progress:
        try:
            outcome = import_documents(job, table, folder, progress)
        except Unreadable as error:
            raise NotDone(str(error)) from error
    _tell(outcome, report)
    if outcome.rejects:
        raise typer.Exit(1)


def _tell(outcome: Outcome, report: Path) -> None:
    if not outcome.filed and not outcome.rejects:
        say(f"{outcome.read} rows read, nothing has changed since the last import.")
    else:
        say(
            f"{outcome.read} rows read: {outcome.filed} filed with {outcome.files} files, {outcome.unchanged} unchanged, "
            f"{len(outcome.rejects)} rejected."
        )
    if outcome.incomplete:
        say(f"{len(outcome.incomplete)} are incomplete: they lack a title or a file.")
    if outcome.rejects or outcome.incomplete:
        with report.open("w", encoding="utf-8") as file:
            for reject in outcome.rejects:
                file.write(json.dumps({"what": "rejected", **vars(reject)}, ensure_ascii=False) + "\n")
            for number in outcome.incomplete:
                file.write(json.dumps({"what": "incomplete", "document": number}, ensure_ascii=False) + "\n")
        say(f"The list: {report}")
