"""The tables of the operator's page, made from the code: `python -m tests.support.tables` writes them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup

from sgdocs.base.settings import Settings
from sgdocs.cli import app
from sgdocs.policy import PERMISSIONS

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"


def tables() -> dict[str, str]:
    """Each table by the name of its place in the page."""
    return {"settings": settings(), "commands": commands(), "permissions": permissions()}


def settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default in ("", None) else f"`{field.default}`"
        rows.append((f"`SGDOCS_{name.upper()}`", default, field.description or ""))
    return _table(("Setting", "Default", "What it is for"), rows)


def commands() -> str:
    rows = []
    for path, command in every_command():
        told = (command.help or "").split("\n\n")
        example = next((t.removeprefix("Example: ") for t in told if t.startswith("Example: ")), "")
        rows.append((f"`{path}`", " ".join(told[0].split()), f"`{' '.join(example.split())}`"))
    return _table(("Command", "What it does", "Example"), rows)


def permissions() -> str:
    rows = []
    for permission, grants in PERMISSIONS.items():
        ways = ["; ".join(_word(holds.__name__) for holds in row) for row in grants]
        rows.append((f"`{permission.value}`", ", or ".join(ways)))
    return _table(("Permission", "Who has it"), rows)


def every_command() -> Iterator[tuple[str, TyperCommand]]:
    """Every command that does something, with its words: `sgdocs people add`."""
    return _below("sgdocs", typer.main.get_command(app))


def _below(path: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for name, under in command.commands.items():
            yield from _below(f"{path} {name}", under)
    elif isinstance(command, TyperCommand):
        yield path, command


def in_page(text: str) -> dict[str, str]:
    """The tables as they stand in the page, between their marks."""
    found = re.findall(r"<!-- (\w+) -->\n(.*?)\n<!-- /\1 -->", text, re.DOTALL)
    return {name: table.strip() for name, table in found}


def written(text: str) -> str:
    """The page with fresh tables between the marks."""
    for name, table in tables().items():
        head, tail = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(head)
        text = f"{before}{head}{table}\n{tail}{rest.partition(tail)[2]}"
    return text


def _word(name: str) -> str:
    return name.removeprefix("is_").removeprefix("has_").replace("_", " ")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
