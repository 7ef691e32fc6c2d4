"""`sgdocs procedure`: the diagrams of the procedures, and real approvals asked of their calendar."""

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.approval import replay as replaying
from sgdocs.approval.diagram import as_text
from sgdocs.approval.procedures import ALL
from sgdocs.approval.replay import Announced, Known, Verdict
from sgdocs.approval.replay_file import Unread, read
from sgdocs.approval.replay_known import known_of
from sgdocs.cli._ground import NotDone, open_services, reading, say

app = typer.Typer(no_args_is_help=True, help="How texts are approved, and what the calendar says of real approvals.")
NAMES = ", ".join(ALL)


@app.command()
def show(name: Annotated[str, typer.Argument(help=f"One of {NAMES}.")]) -> None:
    """Print the diagram of a procedure: its states, its steps, who takes them, their clauses.

    Example: sgdocs procedure show aap
    """
    table = ALL.get(name.lower())
    if table is None:
        raise NotDone(f"there is no procedure “{name}”; there are {NAMES}")
    typer.echo(as_text(table), nl=False)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="JSON Lines (also .gz) with procedure, code, approved_month …")],
    as_json: Annotated[bool, typer.Option("--json", help="The counts alone, as one object.")] = False,
) -> None:
    """Say for each real approval whether the calendar of its procedure allows the day, and by which way.

    Example: sgdocs procedure replay itu-t-approvals.jsonl.gz --json
    """
    rows, unread = _read(file)
    verdicts = [replaying.judge(row, known) for row, known in zip(rows, _known(rows), strict=True)]
    counts = replaying.tally(verdicts)
    if as_json:
        typer.echo(json.dumps(asdict(counts)))
    else:
        _tell(verdicts, counts)
    for line in unread:
        say(f"{file.name}, line {line.line}: {line.why}.")
    if unread:
        raise typer.Exit(1)


def _read(file: Path) -> tuple[list[Announced], list[Unread]]:
    try:
        every = list(read(file))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise NotDone(f"{file} cannot be read: {error}") from error
    rows = [row for row in every if isinstance(row, Announced)]
    return rows, [row for row in every if isinstance(row, Unread)]


def _known(rows: list[Announced]) -> list[Known]:
    """What the catalogue knows; nothing where there is no database."""
    with ExitStack() as stack:
        try:
            act = stack.enter_context(reading(open_services()))
        except NotDone as error:
            say(f"No catalogue is asked: {error}.")
            return [Known() for _ in rows]
        found = known_of(act, rows)
    lacking = sum(known.day is None for known in found)
    if lacking:
        say(f"Of {lacking} approvals the catalogue has no day: the month alone says nothing.")
    return found


def _tell(verdicts: list[Verdict], counts: replaying.Tally) -> None:
    for verdict in verdicts:
        if verdict.day is not None and not verdict.is_explained:
            row = verdict.announced
            typer.echo(f"{verdict.day}  {row.procedure} {row.code}: {verdict.path}. {verdict.why} [{verdict.clause}]")
    clauses = Counter((verdict.path, verdict.clause) for verdict in verdicts if verdict.day is not None)
    typer.echo("")
    for (path, clause), count in clauses.most_common():
        typer.echo(f"{count:6}  {path}  [{clause}]")
    known = counts.approvals - counts.month_only
    share = f", {100 * counts.explained / known:.1f} % of those with a day" if known else ""
    typer.echo(f"{counts.approvals} approvals; {counts.month_only} known by their month alone; ", nl=False)
    typer.echo(
        f"{counts.explained} explained by a window{share}; {counts.named} named; {counts.unexplained} unexplained."
    )
