"""The floor plan holds, and a planted breach is named."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BREACHES = {
    "a subject climbs to search": ("groups/queries.py", "sgdocs.search.engine", "sgdocs.groups.queries"),
    "the ground climbs to people": ("journal/record.py", "sgdocs.people.models", "sgdocs.journal.record"),
    "base climbs to policy": ("base/text.py", "sgdocs.policy", "sgdocs.base.text"),
    "a rule reads tables": ("people/rules.py", "sqlmodel", "sgdocs.people.rules"),
    "queries call actions": ("groups/queries.py", "sgdocs.groups.actions", "sgdocs.groups.queries"),
    "the worker leans on a page": ("worker.py", "sgdocs.web.urls", "sgdocs.worker"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter over the project in that folder."""
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's Python in another place, to be spoilt."""
    shutil.copytree(ROOT / "sgdocs", tmp_path / "sgdocs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_floors_hold() -> None:
    said = lint(ROOT)

    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(("file", "imported", "named"), BREACHES.values(), ids=BREACHES)
def test_breach_is_named(copy: Path, file: str, imported: str, named: str) -> None:
    spoilt = copy / "sgdocs" / file
    spoilt.write_text(f"import {imported}  # planted\n{spoilt.read_text()}")

    said = lint(copy)

    assert said.returncode == 1
    assert f"{named} -> {imported}" in said.stdout


def test_package_without_a_floor_is_named(copy: Path) -> None:
    (copy / "sgdocs" / "attic").mkdir()
    (copy / "sgdocs" / "attic" / "__init__.py").write_text('"""Nobody said where."""\n')

    said = lint(copy)

    assert said.returncode == 1
    assert "sgdocs.attic" in said.stdout


def test_every_subject_has_its_rooms_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    inside = next(c for c in contracts if c["id"] == "inside")

    subjects = sorted(f"sgdocs.{file.parent.name}" for file in (ROOT / "sgdocs").glob("*/actions*"))

    ground = {"sgdocs.journal", "sgdocs.mail"}
    assert sorted({*inside["containers"], *ground} & set(subjects)) == subjects


def test_no_import_of_another_package_hides_in_a_function() -> None:
    """An inline import is how a floor is climbed unseen; inside its own package it may save time at the start."""
    hidden = [
        f"{file}:{number}: {line.strip()}"
        for file in sorted((ROOT / "sgdocs").glob("*/**/*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s+(from|import) sgdocs", line)
        and not re.match(rf"\s+(from|import) sgdocs\.{file.relative_to(ROOT / 'sgdocs').parts[0]}\b", line)
    ]

    assert hidden == []
