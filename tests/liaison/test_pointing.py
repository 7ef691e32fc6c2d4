"""Documents that answer a statement go with the Questions it is about, and the index hears of statements."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.models import Document, DocumentPointer
from sgdocs.groups.models import Group
from sgdocs.liaison.actions import drafting, papers
from sgdocs.liaison.actions.pointing import point_out_answer
from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.models import Statement
from sgdocs.liaison.schemas import PaperForm
from sgdocs.search import indexing, queries
from sgdocs.search.queries import Asked
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import file, paper
from tests.liaison import outbox
from tests.liaison.desk import body, received, to
from tests.make import Make
from tests.support.databases import Clock

Work = Callable[[], None]


@pytest.fixture
def asked(make: Make, cast: Cast) -> Statement:
    """S2-2601234 of 3GPP SA2, allotted to Q2/13."""
    cast.summon("sg13", "sg15", "q2", "chair", "rapporteur", "tsb")
    body(make)
    told = {"name": "T/SG13", "purpose": "action", "deadline": "2026-06-01", "questions": ["Q2/13"]}
    return received(cast.tsb.act, "LS on slices", to=(told,), number="S2-2601234")


def brought(make: Make, group: Group, title: str, number: int = 90, **facts: Any) -> Document:
    row = paper(make, number, title=title, group=group.path, **facts)
    file(make, row)
    return row


def pointers(make: Make, document: Document) -> list[tuple[str, int]]:
    rows = select(DocumentPointer).where(DocumentPointer.document_id == document.id, DocumentPointer.kind == "answers")
    return [(row.words, row.group_id) for row in make.session.exec(rows)]


def pointed(make: Make, document: Document) -> list[tuple[str, int]]:
    point_out_answer(make.act_as(Actor.clock()), document)
    return pointers(make, document)


@pytest.mark.parametrize(
    "title", ["Draft LS/r on slices (reply to S2-2601234)", "LS/o/r on slices (reply to S2-2601234)"]
)
def test_proposed_answer_goes_with_the_question_that_was_asked(
    make: Make, cast: Cast, asked: Statement, title: str
) -> None:
    document = brought(make, cast.sg13, title)

    assert pointed(make, document) == [(f"{asked.label} (Q2/13)", cast.q2.id)]
    assert not point_out_answer(make.act_as(Actor.clock()), document), "hearing twice changes nothing"


def test_answer_that_came_goes_with_the_question_that_had_asked(make: Make, cast: Cast, asked: Statement) -> None:
    ours = outbox.sent(cast)
    document = brought(make, cast.sg13, f"LS/i/r on slices (reply to {ours.label}) [from ITU-T SG15]")

    assert pointed(make, document) == [(f"{ours.label} (Q2/13)", cast.q2.id)]


def test_paper_of_another_group_is_not_pointed(make: Make, cast: Cast, asked: Statement) -> None:
    assert pointed(make, brought(make, cast.sg15, "LS/o/r on slices (reply to S2-2601234)")) == []


@pytest.mark.parametrize("title", ["On slices", "LS/i on slices (reply to SG2-LS999)", "S2-2601234", "(reply to )"])
def test_other_titles_answer_nothing(make: Make, cast: Cast, asked: Statement, title: str) -> None:
    assert pointed(make, brought(make, cast.sg13, title)) == []


def test_deleted_paper_answers_nothing_any_more(make: Make, cast: Cast, asked: Statement) -> None:
    document = brought(make, cast.sg13, "LS/o/r on slices (reply to S2-2601234)")
    assert pointed(make, document) != []

    document.deleted_at = make.act.now

    assert pointed(make, document) == []


def test_paper_of_a_drafted_answer_is_told_by_the_worker(make: Make, cast: Cast, asked: Statement, work: Work) -> None:
    document = brought(make, cast.sg13, "Notes on slices")
    form = draft_reply(cast.rapporteur.act, asked, to(make.act, asked))
    told = form.model_copy(update={"contacts": outbox.form().contacts, "body": "By its operator."})
    draft = drafting.draft(cast.rapporteur.act, told)
    papers.attach(cast.rapporteur.act, draft, PaperForm(document=document.name))
    make.session.commit()

    work()

    make.session.expire_all()
    assert pointers(make, document) == [(f"{asked.label} (Q2/13)", cast.q2.id)]


@pytest.mark.databases("sqlite")
def test_index_hears_of_statements_that_come_and_go(
    make: Make, cast: Cast, asked: Statement, database: Database, services: Services, clock: Clock, work: Work
) -> None:
    make.session.commit()
    work()
    row = received(cast.tsb.act, "LS on immersive media", number="S2-2605678")
    make.session.commit()
    work()
    assert found(database, services, clock, "immersive") == ["received"]
    withdraw(cast.tsb.act, row, "Sent twice")
    make.session.commit()
    work()

    assert found(database, services, clock, "immersive") == ["withdrawn"]
    assert indexing.differences(services) == []


def found(database: Database, services: Services, clock: Clock, words: str) -> list[str]:
    with database.reading() as session:
        act = Act(session, Actor.operator(), clock.now)
        asked = Asked(typed=words, facets={"kind": ("liaison-statement",)})
        return [hit.status for hit in queries.find(act, services.search, asked).hits if hit.what == "statement"]
