"""How long a register of statements takes: the shared one, and a generated one of 5,000 with 3 % broken references."""

import json
from pathlib import Path

from tests.bench.corpus import DATA
from tests.bench.importing import ran
from tests.bench.table import Table
from tests.liaison.registers import register

ROWS, BROKEN, MUST_S = 5_000, 0.03, 60
SHARED = DATA / "liaison-register.jsonl"


def measure(folder: Path, table: Table) -> None:
    """Prints the seconds; RuntimeError when a broken reference is not named."""
    home, report = folder / "liaison-import", folder / "liaison-report.jsonl"
    home.mkdir()
    table.head(f"Import of a liaison register: {ROWS} statements, {BROKEN:.0%} of them with a broken reference")
    ran(home, "db", "upgrade")
    if SHARED.exists():
        table.line("the shared register", _import(home, SHARED, report), unit="s")
    generated = register(ROWS, broken_share=BROKEN)
    file = generated.write(folder / "register.jsonl")
    table.line("the generated one", _import(home, file, report), unit="s", must=MUST_S)
    named = {json.loads(line)["value"] for line in report.read_text(encoding="utf-8").splitlines()}
    if named != generated.broken:
        raise RuntimeError(f"{len(generated.broken - named)} broken references are not named")
    table.line("the same again", _import(home, file, report), unit="s")


def _import(home: Path, file: Path, report: Path) -> float:
    return ran(home, "import", "liaisons", str(file), "--report", str(report)).seconds
