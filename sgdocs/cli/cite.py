"""`sgdocs cite`: what the cite box of a page gives."""

from enum import StrEnum
from typing import Annotated

import typer

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.cli._ground import open_services, reading
from sgdocs.identifiers import parse
from sgdocs.recommendations import queries
from sgdocs.recommendations import reading as records
from sgdocs.recommendations.exporting import FORMATS
from sgdocs.recommendations.queries import Found


class Format(StrEnum):
    """The forms of a citation; the word is that of the option."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    RELATON = "relaton"


ENDINGS = {Format.BIBTEX: "bib", Format.RIS: "ris", Format.CSL: "csl.json", Format.RELATON: "relaton.yaml"}


def cite(
    id: Annotated[str, typer.Argument(help="Identifier in any spelling, such as “ITU-T G.709 (06/2020)”.")],
    format: Annotated[Format, typer.Option(help="Form of the citation.")] = Format.BIBTEX,
) -> None:
    """Print a citation, as the page of the text gives it; of a number, that of the text in force.

    Example: sgdocs cite "ITU-T G.709 (06/2020)" --format ris
    """
    services = open_services()
    with reading(services) as act:
        found = _found(act, id)
        record = records.record_of(act, found.family, text=found.text)
        plain = records.plain_of(record, record.shown)
    typer.echo(FORMATS[ENDINGS[format]].write([plain], services.settings.public_url), nl=False)


def _found(act: Act, name: str) -> Found:
    """What the identifier names. NotFound also for a date that none of its texts bears: another is not cited for it."""
    identifier = parse(name)
    found = (queries.by_identifier(act, identifier) if identifier else None) or Found(queries.named(act, name))
    if found.text is None and identifier and (identifier.year or identifier.parts or identifier.revision is not None):
        missing("text", name)
    return found
