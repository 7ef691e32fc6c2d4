"""`sgdocs check`: what the preflight says of a file, without a server and without submitting it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.engine import make_url

from sgdocs.base.act import Act
from sgdocs.base.settings import Settings
from sgdocs.cli._ground import NotDone, open_services, reading
from sgdocs.cli.submit import say_findings
from sgdocs.documents.checked import checked, errors
from sgdocs.documents.citations import references_of
from sgdocs.documents.preflight import CheckFacts, check, facts_of
from sgdocs.documents.rules import Limits
from sgdocs.meetings import queries as meetings
from sgdocs.text.children import Readers
from sgdocs.text.limits import MEGABYTE
from sgdocs.text.model import Problem, Reading
from sgdocs.wiring import readers_of

UNREADABLE = "file.damaged"


def check_file(
    file: Annotated[Path, typer.Argument(help="The document.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One object: file, cover, findings, text.")] = False,
    references: Annotated[
        bool, typer.Option("--references", help="Say of each reference whether it is current.")
    ] = False,
    meeting: Annotated[str, typer.Option(help="Code of the meeting it is meant for: checks it against that.")] = "",
) -> None:
    """Read a file and print what the checks find; exit 1 when an error stops it.

    Example: sgdocs check proposal.docx --json
    """
    settings = Settings()
    readers = readers_of(settings)
    try:
        read, size_bytes = _read(readers, file)
    finally:
        readers.close()
    with _maybe_act(settings, needed=bool(meeting) or references) as act:
        found = check(_facts(act, settings, file, read, size_bytes=size_bytes, meeting=meeting))
        listed = [asdict(each) for each in references_of(act, read.units)] if act and references else None
    told = checked(file.name, read, found)
    if listed is not None:
        told["references"] = [{**each, "amended_by": list(each["amended_by"])} for each in listed]
    _print(told, as_json=as_json)
    if errors(told["findings"]):
        raise typer.Exit(1)


def _read(readers: Readers, file: Path) -> tuple[Reading, int]:
    """The reading, also of a file that cannot be opened: its problem says why."""
    try:
        if file.exists() and not file.is_file():
            raise IsADirectoryError(0, "it is no file")
        return readers.read(file, file.name), file.stat().st_size
    except OSError as error:
        why = Problem(UNREADABLE, f"the file cannot be opened ({error.strerror or error})", is_fatal=True)
        return Reading("", "application/octet-stream", problems=(why,)), 0


@contextmanager
def _maybe_act(settings: Settings, *, needed: bool) -> Iterator[Act | None]:
    """An act on the database of this place, if there is one; none is ever made. NotDone when it is needed and missing."""
    if not needed and not _is_there(settings):
        yield None
        return
    try:
        services = open_services()
    except NotDone:
        if needed:
            raise
        yield None
        return
    with reading(services) as act:
        yield act


def _is_there(settings: Settings) -> bool:
    """Whether the database is a server's, or a file that exists."""
    url = make_url(settings.database_url)
    return url.get_backend_name() != "sqlite" or (bool(url.database) and Path(str(url.database)).is_file())


def _facts(
    act: Act | None, settings: Settings, file: Path, read: Reading, *, size_bytes: int, meeting: str
) -> CheckFacts:
    limit_bytes = settings.file_limit_mb * MEGABYTE
    if act is None:
        return CheckFacts(file.name, read, size_bytes, limit_bytes)
    there = meetings.by_code(act, meeting) if meeting else None
    return facts_of(
        act,
        read,
        None,
        there,
        name=file.name,
        size_bytes=size_bytes,
        limits=Limits.of(settings),
        limit_bytes=limit_bytes,
    )


def _print(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    say_findings(told)
    for each in told.get("references", ()):
        instead = each["superseded_by"] or ", ".join(each["amended_by"])
        typer.echo(f"{each['status']}: {each['words']}" + (f" -> {instead}" if instead else ""))
