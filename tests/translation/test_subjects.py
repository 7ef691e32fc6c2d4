"""What can be translated: each kind is found by who may read it, with its words in their order, and by nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound
from sgdocs.documents.models import Document
from sgdocs.liaison.models import Statement
from sgdocs.meetings.models import AgendaItem
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.models import Summary
from sgdocs.recommendations.schemas import TextForm
from sgdocs.translation import port, rules
from sgdocs.translation.libretranslate import LibreTranslate
from sgdocs.translation.subjects import Kind, Subject, load
from sgdocs.translation.working import work_due
from sgdocs.wiring import Services
from sgdocs.work_programme.models import WorkItem
from tests.cast import Cast
from tests.documents import desk
from tests.documents.papers import kept, paper
from tests.make import Make
from tests.translation.house import UNITS, asked, document, fresh, serving, translator
from tests.translation.libre import Libre, libre

__all__ = ["document", "serving", "translator"]


def words(subject: Subject) -> list[str]:
    return [each.words for each in subject.passages]


def _agenda(make: Make, act: Act) -> int:
    meeting = desk.meeting(make, audience="public")
    make.add(AgendaItem(meeting_id=meeting.id, group_id=meeting.group_id, position=1, title="Opening", note="At ten."))
    return meeting.id or 0


def _recommendation(make: Make, act: Act) -> int:
    text = recommendations.add(act, TextForm(identifier="ITU-T G.652 (11/2016)", title="Fibre"))
    make.add(Summary(text_id=text.id or 0, language="en", summary="It is described."))
    return text.id or 0


def _work_item(make: Make, act: Act) -> int:
    group = make.group("T/SG13")
    row = WorkItem(
        number=1, sector="T", acronym="Y.slice", acronym_key="y.slice", sort_key="1", title="Slices", scope="All.",
        group_id=group.id or 0, registered_at=act.now, changed_at=act.now,
    )  # fmt: skip
    return make.add(row).id or 0


def _statement(make: Make, act: Act) -> int:
    row = Statement(
        name="T25-SG13-LS1", label="SG13-LS1", origin="ours", status="sent", title="On fibre", body="Dear all.",
        audience="public", created_at=act.now, changed_at=act.now,
    )  # fmt: skip
    return make.add(row).id or 0


@pytest.mark.parametrize(
    ("kind", "made", "told"),
    [
        (Kind.AGENDA, _agenda, ["T25-SG13-260413", "Opening", "At ten."]),
        (Kind.RECOMMENDATION, _recommendation, ["Fibre", "It is described."]),
        (Kind.WORK_ITEM, _work_item, ["Slices", "All."]),
        (Kind.STATEMENT, _statement, ["On fibre", "Dear all."]),
    ],
)
def test_words_of_each_kind(
    act: Act, make: Make, kind: Kind, made: Callable[[Make, Act], int], told: list[str]
) -> None:
    subject = load(act, kind, made(make, act))

    assert (words(subject), subject.language, subject.audience) == (told, "en", "public")
    with pytest.raises(NotFound):
        load(act, kind, 99_999)


def test_document_that_is_not_for_the_reader_is_not_found(act: Act, make: Make, cast: Cast) -> None:
    row = paper(make, 3)
    kept(make, row, UNITS)

    assert words(load(cast.delegate_member.act, Kind.DOCUMENT, row.id or 0))[0] == "Proposal 3"
    with pytest.raises(NotFound):
        load(cast.outsider.act, Kind.DOCUMENT, row.id or 0)
    row.status = "withdrawn"
    with pytest.raises(NotFound):
        load(cast.delegate_member.act, Kind.DOCUMENT, row.id or 0)


@pytest.fixture
def server() -> Iterator[Libre]:
    with libre() as running:
        yield running


@pytest.mark.parametrize(
    ("manner", "rule"),
    [("hangs", port.HANGS), ("dies", port.DEAD), ("endless", port.TOO_MUCH), ("no JSON", port.NOT_UNDERSTOOD)],
)
def test_job_outlives_a_bad_service(
    act: Act, cast: Cast, services: Services, document: Document, server: Libre, manner: str, rule: object
) -> None:
    house = replace(services, translator=LibreTranslate(server.url, seconds=0.5, most_bytes=60_000))
    job = asked(cast.delegate_member.act, document, house)
    server.manner = manner
    assert work_due(house, act.now)
    waiting = fresh(act, job)
    assert (waiting.state, waiting.done) == ("working", 0)
    assert isinstance(rule, type(rules.GONE))
    assert waiting.error == rule.id

    server.manner = "well"
    later = waiting.due_at
    while work_due(house, later):
        pass

    assert (fresh(act, job).state, fresh(act, job).error) == ("done", "")
