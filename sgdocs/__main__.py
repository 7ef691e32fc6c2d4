"""The entry of `sgdocs`, and of `python -m sgdocs`."""

import gc
import os
import sys


def main() -> None:
    """Import and run. Importing leaves no garbage: not looking for any starts a quarter sooner."""
    gc.disable()
    os.environ.setdefault("TYPER_USE_RICH", "0")
    if sys.argv[1:2] == ["sync"]:
        from sgdocs.syncing import command as entry
    else:
        from sgdocs import cli as entry  # type: ignore[no-redef]

    gc.freeze()
    gc.enable()
    entry.main()


if __name__ == "__main__":
    main()
