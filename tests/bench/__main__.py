"""`make bench`: ours beside the yardsticks, in one run. Prints a table; asserts nothing.

Imports the shared catalogue with its abstracts when it is there, else a generated one of the same size.
"""

import os
import platform
import tempfile
from pathlib import Path

from tests.bench import engines, importing, relevance, serving
from tests.bench.table import Table
from tests.support import run


def main() -> None:
    table = Table()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="sgdocs-bench-") as folder, run.started():
        home = Path(folder) / "home"
        home.mkdir()
        files = importing.files(Path(folder))
        importing.measure(home, files, table)
        engines.measure(home, Path(folder), table)
        relevance.measure(home, Path(folder), table)
        serving.measure(home, table)
    table.close()


if __name__ == "__main__":
    main()
