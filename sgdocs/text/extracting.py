"""What an extractor may say instead of text."""

from sgdocs.text.model import Problem
from sgdocs.text.problems import problem


class NoText(Exception):
    """There is no text, for a reason that stands in the table of problems."""

    def __init__(self, name: str, /, **facts: object) -> None:
        self.problem: Problem = problem(name, **facts)
        super().__init__(self.problem.says)
