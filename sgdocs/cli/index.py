"""`sgdocs index`: rebuild, check, tell and judge the search index."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sgdocs.cli._ground import NotDone, open_services, reading, say
from sgdocs.search import evaluation, indexing
from sgdocs.search.engine import IndexBusy, IndexUnavailable
from sgdocs.search.queries import ranked

app = typer.Typer(no_args_is_help=True, help="The search index: a copy of the database, made anew at any time.")


@app.command()
def rebuild() -> None:
    """Build a fresh index beside the live one and swap; searches go on meanwhile.

    Example: sgdocs index rebuild
    """
    from rich.console import Console
    from rich.progress import Progress

    services = open_services()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None)
        try:
            total = indexing.rebuild(services, lambda count: bar.update(task, completed=count))
        except (IndexBusy, IndexUnavailable) as error:
            raise NotDone(str(error)) from error
    say(f"{total} records are searchable.")


@app.command()
def check() -> None:
    """Read the whole index, and compare it with the database.

    Example: sgdocs index check
    """
    try:
        wrong = indexing.differences(open_services())
    except IndexUnavailable as error:
        raise NotDone(f"{error}; run `sgdocs index rebuild`") from error
    for line in wrong[:200]:
        typer.echo(line)
    if wrong:
        say(f"{len(wrong)} differences; run `sgdocs index rebuild`, or wait until the worker has caught up.")
        raise typer.Exit(1)
    say("Index and database agree.")


@app.command()
def status() -> None:
    """Tell what the index holds, cheaply.

    Example: sgdocs index status
    """
    try:
        found = open_services().search.status()
    except IndexUnavailable as error:
        raise NotDone(f"{error}; run `sgdocs index rebuild`") from error
    built = found.built_at.isoformat(timespec="seconds") if found.built_at else "unknown"
    typer.echo(f"{found.engine}\t{found.records} records\t{found.size_bytes} bytes\tbuilt {built}")


@app.command()
def evaluate(
    queries: Annotated[Path, typer.Argument(help="Tab-separated: query_id, lang, category, query.")],
    qrels: Annotated[Path, typer.Argument(help="Tab-separated: query_id, document, grade.")],
    as_json: Annotated[bool, typer.Option("--json", help="One object, for scripts.")] = False,
) -> None:
    """Search each query and judge the order of what is found, nDCG at 10.

    Example: sgdocs index evaluate queries.tsv qrels.tsv --json
    """
    services = open_services()
    with reading(services) as act:
        try:
            judged, judgements = evaluation.read_queries(queries), evaluation.read_judgements(qrels)
            figures = evaluation.evaluate(judged, judgements, lambda typed: ranked(act, services.search, typed))
        except (OSError, ValueError, KeyError) as error:
            raise NotDone(f"cannot be read: {error}") from error
        except IndexUnavailable as error:
            raise NotDone(f"{error}; run `sgdocs index rebuild`") from error
    typer.echo(json.dumps(figures.as_json()) if as_json else _as_text(figures))


def _as_text(figures: evaluation.Figures) -> str:
    lines = [f"nDCG@10 {figures.ndcg}  MRR {figures.mrr}  p50 {figures.p50_ms} ms  p95 {figures.p95_ms} ms"]
    lines += [f"{name:<20} {each.queries:>4} queries  {each.ndcg}" for name, each in figures.by_category.items()]
    return "\n".join(lines)
