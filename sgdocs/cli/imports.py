"""`sgdocs import`: catalogues of Recommendations, and patent declarations."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgdocs.base import clock
from sgdocs.base.actor import Actor
from sgdocs.cli import documents, liaisons, work_programme
from sgdocs.cli._ground import NotDone, acting, open_services, say
from sgdocs.recommendations.importing.readers import Unreadable
from sgdocs.recommendations.importing.run import Import, Options, Outcome, Reject, import_files
from sgdocs.recommendations.patents import import_patents

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

app = typer.Typer(
    no_args_is_help=True,
    help="Import documents, work programmes, liaison registers, catalogues of Recommendations, and patent declarations.",
)
app.command("documents")(documents.documents)
app.command("work-programme")(work_programme.work_programme)
app.command("liaisons")(liaisons.liaisons)
REPORT = Path("import-report.jsonl")
Files = Annotated[list[Path], typer.Argument(help="JSON Lines (also .gz), CSV, or a folder of Relaton YAML.")]
ReportFile = Annotated[Path, typer.Option(help="Where rejected records go, with line and reason.")]


@app.command()
def recommendations(
    files: Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="The file is a part of its source: what it leaves out stays.")
    ] = False,
    allow_withdrawals: Annotated[
        bool, typer.Option("--allow-withdrawals", help="Go on when more than 2 % of the source would be withdrawn.")
    ] = False,
    source: Annotated[str, typer.Option(help="Name of the source; else the name of the file.")] = "",
    report: ReportFile = REPORT,
) -> None:
    """Import Recommendations and other published texts. A second run changes nothing.

    Example: sgdocs import recommendations itu-t-recommendations.jsonl.gz itu-t-abstracts.jsonl.gz
    """
    database = open_services().database
    options = Options(dry_run=dry_run, partial=partial, allow_withdrawals=allow_withdrawals, source=source)
    with _bar() as bar:
        tasks: dict[str, TaskID] = {}

        def progress(name: str, done: int, total: int) -> None:
            task = tasks.setdefault(name, bar.add_task(name, total=total)) if name not in tasks else tasks[name]
            bar.update(task, completed=done, total=total)

        try:
            outcomes = import_files(Import(database, Actor.operator(), clock.now, options, progress), files)
        except Unreadable as error:
            raise NotDone(str(error)) from error
    for outcome in outcomes:
        say(_told(outcome, dry_run=dry_run))
    _end([reject for outcome in outcomes for reject in outcome.rejects], report)


@app.command()
def patents(
    file: Annotated[Path, typer.Argument(help="CSV with the columns recommendation, holder, text, option, declared.")],
    report: ReportFile = REPORT,
) -> None:
    """Import patent declarations: holder, text, option 1 to 3, date.

    Example: sgdocs import patents declarations.csv
    """
    try:
        with acting(open_services()) as act:
            added, known, rejects = import_patents(act, file)
    except Unreadable as error:
        raise NotDone(str(error)) from error
    say(f"{file.name}: {added} declarations added, {known} known before, {len(rejects)} rejected.")
    _end(rejects, report)


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _told(outcome: Outcome, *, dry_run: bool) -> str:
    """One sentence for people."""
    would = "would be " if dry_run else ""
    if outcome.wrote_nothing and not outcome.rejects:
        return f"{outcome.source}: {outcome.read} records read, nothing has changed since the last import."
    return (
        f"{outcome.source}: {outcome.read} records read; {would}{outcome.added} added, {outcome.changed} changed, "
        f"{outcome.withdrawn} withdrawn, {outcome.summaries} summaries, {outcome.unchanged} unchanged, "
        f"{len(outcome.rejects)} rejected."
    )


def _end(rejects: Sequence[Reject], report: Path) -> None:
    """Write the report and end with 1 when something was rejected."""
    if not rejects:
        return
    _write(report, rejects)
    say(f"Rejected records, with line and reason: {report}")
    raise typer.Exit(1)


def _write(report: Path, rejects: Iterable[Reject]) -> None:
    with report.open("w", encoding="utf-8") as file:
        for reject in rejects:
            file.write(
                json.dumps(
                    {
                        "file": reject.file,
                        "line": reject.line,
                        "field": reject.field,
                        "value": reject.value,
                        "right": reject.right,
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )
