"""About two hundred real Recommendations as facts: those that Council document C20/35 names, and others.

Numbers, titles, dates and standings are facts; the summaries are our own words; the patent statements are invented.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from importlib.resources import as_file, files

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.recommendations.importing.run import Import, Options, Outcome, import_files
from sgdocs.recommendations.patents import import_patents

SOURCE = "demonstration"


def load(database: Database, now: Callable[[], datetime], *, patents: bool = True) -> Outcome:
    """Import the facts; a second time nothing changes. patents: the invented statements as well."""
    with ExitStack() as stack:
        data = files("sgdocs.seed") / "data"
        records = stack.enter_context(as_file(data / "recommendations.jsonl"))
        declared = stack.enter_context(as_file(data / "recommendation-patents.csv"))
        options = Options(source=SOURCE, partial=True)
        [outcome] = import_files(Import(database, Actor.operator(), now, options), [records])
        if patents:
            with database.writing() as session:
                import_patents(Act(session, Actor.operator(), now()), declared)
    return outcome
