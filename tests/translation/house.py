"""A house with a translator: what tests of jobs and pages share."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.text.model import Unit
from sgdocs.translation import actions
from sgdocs.translation.memory import MemoryTranslator
from sgdocs.translation.models import TranslationJob
from sgdocs.translation.practice import Practice
from sgdocs.translation.subjects import Kind, load
from sgdocs.wiring import Services
from tests.documents.papers import kept, paper
from tests.make import Make

UNITS = (
    Unit("1", "Scope", "The single-mode optical fibre of G.652 is meant.\nSee also the table.", 1, "c-1"),
    Unit("2", "Values", "Length\t12 km\nLoss\t3.4", 1, "c-2"),
)


@pytest.fixture
def translator() -> MemoryTranslator:
    return MemoryTranslator()


@pytest.fixture
def serving(services: Services, translator: MemoryTranslator) -> Services:
    return replace(services, translator=translator)


@pytest.fixture
def document(make: Make) -> Document:
    """Public, with a text and no file to translate."""
    row = paper(make, 7, title="Fibre proposal", audience="public")
    kept(make, row, UNITS, media_type="application/pdf")
    return row


def asked(act: Act, document: Document, serving: Services, target: str = "fr") -> TranslationJob:
    practice = Practice.of(serving.settings, serving.translator)
    job = actions.ask(act, load(act, Kind.DOCUMENT, document.id or 0), target, practice)
    act.session.commit()
    return job


def fresh(act: Act, job: TranslationJob) -> TranslationJob:
    """The job as it is now; the test's transaction is over, so that the worker can write."""
    with Session(act.session.get_bind().engine) as session:
        found = session.get_one(TranslationJob, job.id)
        session.expunge(found)
    act.session.rollback()
    return found
