"""What every command shares, and nothing that takes time to be loaded."""

import os
import sys


class NotDone(Exception):
    """The command cannot be done; the text says why and what to do."""


def say(words: str) -> None:
    """For people: on stderr, so that stdout carries data only."""
    print(words, file=sys.stderr)


def token_of(given: str) -> str:
    """The token of the option, else of the environment."""
    return given or os.environ.get("SGDOCS_TOKEN", "")
