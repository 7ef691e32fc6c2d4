"""`sgdocs submit`: bring a document to a meeting, over the API of a server."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from sgdocs.base.command import token_of
from sgdocs.cli._ground import NotDone, say
from sgdocs.cli._server import Server

Several = Annotated[list[str] | None, typer.Option(help="May be given several times; read from the cover if not.")]


def submit(
    file: Annotated[Path | None, typer.Argument(help="The document; left out with --reserve.")] = None,
    *,
    server: Annotated[str, typer.Option(help="Address of the service.", envvar="SGDOCS_SERVER")],
    token: Annotated[str, typer.Option(help="Personal token with scope write; SGDOCS_TOKEN if not given.")] = "",
    meeting: Annotated[str, typer.Option(help="Code of the meeting, as in its address.")] = "",
    kind: Annotated[str, typer.Option(help="contribution, temporary-document, rapporteur-group-document …")] = "",
    stream: Annotated[str, typer.Option(help="Of a temporary document: GEN, PLEN, WP1 …")] = "",
    title: Annotated[str, typer.Option(help="Read from the cover if not given.")] = "",
    question: Several = None,
    source: Several = None,
    language: Annotated[str, typer.Option(help="Of the text: en, fr, es, ru, ar, zh.")] = "",
    overrule: Annotated[str, typer.Option(help="Reason why errors do not stop it; for the secretariat.")] = "",
    reserve: Annotated[
        bool, typer.Option("--reserve", help="Reserve a number; the file comes later, with --into.")
    ] = False,
    into: Annotated[str, typer.Option(help="Number that was reserved before.")] = "",
    revise: Annotated[str, typer.Option(help="Document that the file revises.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; nothing is kept.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the server's whole answer.")] = False,
) -> None:
    """Submit a document to a meeting and print its number and address.

    Example: sgdocs submit proposal.docx --meeting T25-SG15-261109 --server https://docs.example
    """
    told = {
        "kind": kind, "stream": stream, "title": title, "questions": question or [], "sources": source or [],
        "language": language, "overrule": overrule,
    }  # fmt: skip
    fields = {name: value for name, value in told.items() if value}
    with Server(server, token_of(token)) as line:
        if dry_run:
            _check(line, file, meeting, fields, as_json=as_json)
        elif reserve:
            _tell(line.post(_of_meeting(meeting, "reservations"), json=fields), as_json=as_json)
        else:
            _tell(line.post(_place(meeting, into, revise), data=fields, files=_brought(file)), as_json=as_json)


def _place(meeting: str, into: str, revise: str) -> str:
    """Where the file goes: a revision, a number reserved before, or a new number."""
    if sum(map(bool, (into, revise))) > 1:
        raise NotDone("--into and --revise do not go together")
    if revise:
        return f"/documents/{revise}/revisions"
    return f"/documents/{into}/files" if into else _of_meeting(meeting, "documents")


def _of_meeting(meeting: str, what: str) -> str:
    if not meeting:
        raise NotDone("say which meeting: --meeting T25-SG15-261109")
    return f"/meetings/{meeting}/{what}"


def _brought(file: Path | None) -> dict[str, Any]:
    if file is None:
        raise NotDone("say which file")
    try:
        return {"file": (file.name, file.read_bytes())}
    except OSError as error:
        raise NotDone(f"{file}: {error.strerror}") from error


def _check(line: Server, file: Path | None, meeting: str, fields: dict[str, Any], *, as_json: bool) -> None:
    """What `sgdocs check` would say on the server. Exit 1 when there are errors."""
    found = line.post("/checks", data={**fields, **({"meeting": meeting} if meeting else {})}, files=_brought(file))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        say_findings(found)
    if any(each["severity"] == "error" for each in found["findings"]):
        raise typer.Exit(1)


def say_findings(found: dict[str, Any]) -> None:
    """One line a finding, what is read of the cover before; for people."""
    for name in ("number", "title", "source", "question", "place_date"):
        if found["cover"].get(name):
            typer.echo(f"{name}: {found['cover'][name]}")
    for each in found["findings"]:
        place = f" ({each['place']})" if each["place"] else ""
        clause = f" [{each['clause']}]" if each["clause"] else ""
        typer.echo(f"{each['severity']}: {each['id']}{place}: {each['found']}{clause}")
        if each["mend"]:
            typer.echo(f"    {each['mend']}")
    if not found["findings"]:
        typer.echo("nothing found")


def _tell(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    typer.echo(f"{answer['label']}\t{answer['url']}")
    for each in answer.get("findings") or []:
        say(f"{each['severity']}: {each['id']}: {each['found']}")
