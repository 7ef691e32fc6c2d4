"""The entry of `sgdocs`, and of `python -m sgdocs`."""

import gc
import os


def main() -> None:
    """Import and run. Importing leaves no garbage: not looking for any starts a quarter sooner."""
    gc.disable()
    os.environ.setdefault("TYPER_USE_RICH", "0")
    from sgdocs import cli

    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
