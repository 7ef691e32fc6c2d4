"""`make bench`: ours beside the yardsticks, in one run. Prints a table; asserts nothing.

Imports the shared catalogue with its abstracts when it is there, else a generated one of the same size.
"""

import os
import platform
import tempfile
from pathlib import Path

from tests.bench import (
    approvals,
    documents,
    engines,
    importing,
    liaison,
    liaison_importing,
    live,
    my_page,
    people,
    relevance,
    serving,
    talk,
)
from tests.bench.table import Table
from tests.support import run


def main() -> None:
    table = Table()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores", flush=True)
    servers = run.new_folder()
    try:
        with tempfile.TemporaryDirectory(prefix="sgdocs-bench-") as folder:
            _measure(Path(folder), table)
    finally:
        run.end(servers)
    table.close()


def _measure(folder: Path, table: Table) -> None:
    home = folder / "home"
    home.mkdir()
    importing.measure(home, importing.files(folder), table)
    engines.measure(home, folder, table)
    relevance.measure(home, folder, table)
    serving.measure(home, table)
    documents.measure(folder, table)
    approvals.measure(folder / "approvals", table)
    liaison.measure(folder / "liaison", table)
    people.measure(folder / "people", table)
    my_page.measure(folder / "my-page", table)
    live.measure(folder / "live", table)
    talk.measure(folder / "talk", table)
    liaison_importing.measure(folder, table)


if __name__ == "__main__":
    main()
