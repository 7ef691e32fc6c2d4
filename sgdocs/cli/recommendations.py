"""`sgdocs recommendations`: show, add, correct, withdraw; what was flagged by imports."""

import json
from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.cli._ground import NotDone, acting, open_services, reading, say
from sgdocs.identifiers import parse
from sgdocs.recommendations import actions, queries
from sgdocs.recommendations import reading as records
from sgdocs.recommendations.editing_values import values_of
from sgdocs.recommendations.exporting.rows import of_text
from sgdocs.recommendations.outgoing import OnDay
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.schemas import TextForm

app = typer.Typer(no_args_is_help=True, help="Show, add, correct and withdraw published texts.")
Name = Annotated[str, typer.Argument(help="Identifier, such as “ITU-T G.709 (06/2020)”.")]
Fields = Annotated[list[str], typer.Option("--set", help="field=value; several times. Fields are those of the form.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept in the history.")]


@app.command()
def show(name: Name, on: Annotated[str, typer.Option(help="What was in force that day, 2019-05-01.")] = "") -> None:
    """Print a text, or all texts of a number, as JSON, one a line.

    Example: sgdocs recommendations show "ITU-T G.709" --on 2019-05-01
    """
    services = open_services()
    root = services.settings.public_url
    with reading(services) as act:
        found = _found(act, name)
        record = records.record_of(act, found.family)
        if on:
            day = _day(on)
            answer = record.on(day, geneva_day(act.now))
            typer.echo(OnDay.of(record, day, answer, root).model_dump_json())
            return
        for text in [found.text] if found.text else record.texts:
            typer.echo(json.dumps(of_text(records.plain_of(record, text), root), ensure_ascii=False))


@app.command()
def add(name: Name, fields: Fields = [], reason: Reason = "") -> None:  # noqa: B006 read only
    """Add a text.

    Example: sgdocs recommendations add "ITU-T K.1 (03/2026)" --set title=Earthing --set status=in-force
    """
    with acting(open_services()) as act:
        text = actions.add(act, _form({"identifier": name, **_pairs(fields), "reason": reason}))
        say(f"Added: {text.identifier}, {text.address}")


@app.command()
def correct(name: Name, fields: Fields, reason: Reason = "") -> None:
    """Correct fields of a text; what is not named stays.

    Example: sgdocs recommendations correct "ITU-T G.709 (06/2020)" --set languages="en fr" --reason "French is out"
    """
    with acting(open_services()) as act:
        found = _text(act, name)
        values = values_of(act, found) | _pairs(fields) | {"reason": reason}
        text = actions.correct(act, found, _form(values))
        say(f"Corrected: {text.identifier}, {text.address}")


@app.command()
def withdraw(name: Name, on: Annotated[str, typer.Option(help="Day, month or year.")], reason: Reason) -> None:
    """Take a text out of force, with the amendments and corrigenda that hang on it.

    Example: sgdocs recommendations withdraw "ITU-T K.1 (03/2026)" --on 2026-05-01 --reason "Nobody uses it"
    """
    with acting(open_services()) as act:
        text = actions.withdraw(act, _text(act, name), on=on, reason=reason)
        say(f"Withdrawn: {text.identifier}")


@app.command()
def flags() -> None:
    """Print imported texts that break an invariant, as JSON, one a line.

    Example: sgdocs recommendations flags
    """
    with reading(open_services()) as act:
        rows, total = records.flagged(act, size=1_000_000)
        for row in rows:
            typer.echo(json.dumps({"rule": row.rule, "text": row.text_identifier or row.number, "detail": row.detail}))
        say(f"{total} flagged.")


def _found(act: Act, name: str) -> Found:
    identifier = parse(name)
    found = queries.by_identifier(act, identifier) if identifier else None
    return found or Found(queries.named(act, name))


def _text(act: Act, name: str) -> Found:
    found = _found(act, name)
    if found.text is None:
        raise NotDone(f"“{name}” is a number with several texts; name one, with its date")
    return found


def _form(values: dict[str, object]) -> TextForm:
    try:
        return TextForm.model_validate(values)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise NotDone(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error


def _pairs(fields: list[str]) -> dict[str, object]:
    pairs = [field.partition("=") for field in fields]
    for name, equals, _ in pairs:
        if not equals:
            raise NotDone(f"--set {name}: write field=value")
    return {name: value for name, _, value in pairs}


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise NotDone(f"--on {given}: write a day such as 2019-05-01") from error
