"""Documents are found by number, title, source and the clauses of their texts, by those who may read them, on both engines."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from sgdocs.base.act import Act
from sgdocs.documents.models import Document, DocumentQuestion
from sgdocs.documents.rules import HIDDEN_AUDIENCE, Status
from sgdocs.search import indexing
from sgdocs.search.postgres_engine import PostgresEngine
from sgdocs.search.queries import Asked, Found, find
from sgdocs.search.shown import Shown
from sgdocs.text.model import Unit
from sgdocs.wiring import Services
from sgdocs.worker import drain
from tests.cast import Cast
from tests.documents.papers import UNITS, again, kept, paper
from tests.make import Make
from tests.support.databases import Clock

ENGINES = ["whoosh", pytest.param("postgres", marks=pytest.mark.postgres)]
Work = Callable[[], None]


@pytest.fixture(params=ENGINES)
def services(request: pytest.FixtureRequest, services: Services) -> Iterator[Services]:
    """The house with either engine."""
    if request.param == "whoosh":
        yield services
        return
    engine = PostgresEngine(request.getfixturevalue("search_postgres"))
    engine.rebuild([])
    yield replace(services, search=engine)


@pytest.fixture
def work(services: Services, clock: Clock, act: Act) -> Work:
    def work() -> None:
        act.session.commit()
        drain(services, clock.now)

    return work


def asked(act: Act, services: Services, typed: str, **facts: object) -> Found:
    return find(act, services.search, Asked(typed, **facts))  # type: ignore[arg-type]


def names(act: Act, services: Services, typed: str, **facts: object) -> list[str]:
    return [hit.identifier for hit in asked(act, services, typed, exact=True, **facts).hits]


def hit(act: Act, services: Services, typed: str) -> Shown:
    (found,) = asked(act, services, typed, exact=True).hits
    return found


@pytest.fixture
def document(make: Make) -> Document:
    row = paper(
        make,
        123,
        title="Splicing of hollowcore fibre",
        abstract="Proposes a tolerance.",
        keywords="fusion",
        meeting="T25-SG13-260309",
    )
    make.add(DocumentQuestion(document_id=row.id or 0, group_id=make.group("T/SG13/T25/Q2").id or 0, is_primary=True))
    kept(make, row)
    return row


def test_word_in_a_clause_finds_the_document_and_names_the_clause(
    document: Document, act: Act, services: Services, work: Work
) -> None:
    work()

    found = hit(act, services, "wander")

    assert (found.identifier, found.address, found.kind) == ("SG13-C123", "/doc/T25-SG13-C123", "contribution")
    assert [(place.name, place.address) for place in found.places] == [
        ("6.2 Timing requirements", "/doc/T25-SG13-C123/text?file=T25-SG13-C123-E.docx#c-6.2")
    ]
    assert found.place_first
    assert "".join(piece.text for piece in found.title.pieces) == document.title  # type: ignore[union-attr]
    assert [piece.text for piece in found.extracts[0].pieces if piece.marked] == ["wander"]


@pytest.mark.parametrize(
    "typed",
    ["splicing hollowcore", "Imaginary Networks tolerance", "Q2/13 fusion", "SG13-C123", "T25-SG13-C123", "C123 wander",
     "wander kind:contribution", "wander kind:document", "wander group:SG13 year:2026", "wander meeting:T25-SG13-260309",
     "wander question:Q2/13", "wander language:en status:posted"],
)  # fmt: skip
def test_document_is_found(
    document: Document, make: Make, act: Act, services: Services, work: Work, typed: str
) -> None:
    paper(make, 124, title="Another thing", source="Others")
    work()

    assert names(act, services, typed) == ["SG13-C123"]


def test_document_with_many_hits_is_one_entry(document: Document, act: Act, services: Services, work: Work) -> None:
    work()

    found = asked(act, services, "fibre", exact=True)

    assert found.results.total == 1
    assert [place.name for place in found.hits[0].places] == ["1 Introduction", "2 References"]


@pytest.mark.parametrize("typed", ["SG13-C123", "sg13-c123", "T25-SG13-C123", "c123"])
def test_number_leads_to_the_document(document: Document, act: Act, services: Services, work: Work, typed: str) -> None:
    work()

    targets = asked(act, services, typed).resolution.targets

    assert [target.address for target in targets] == ["/doc/T25-SG13-C123"]


def test_each_reader_finds_what_is_for_them(
    document: Document, make: Make, cast: Cast, services: Services, work: Work
) -> None:
    """The paper of SG13, one of SG15, one of the secretariat, one for everybody."""
    for number, audience in ((2, "T/SG15"), (3, HIDDEN_AUDIENCE), (4, "public")):
        kept(make, paper(make, number, audience=audience, group="T/SG13"))
    cast.sg15  # noqa: B018 - made, so that members read it
    readers = ("tsb", "delegate_member", "delegate_associate", "guest", "outsider")
    cast.summon(*readers)
    work()

    seen = {name: sorted(names(getattr(cast, name).act, services, "wander")) for name in readers}

    assert seen == {
        "tsb": ["SG13-C123", "SG13-C2", "SG13-C3", "SG13-C4"],
        "delegate_member": ["SG13-C123", "SG13-C2", "SG13-C4"],
        "delegate_associate": ["SG13-C123", "SG13-C4"],
        "guest": ["SG13-C123", "SG13-C4"],
        "outsider": ["SG13-C4"],
    }
    assert asked(cast.outsider.act, services, "SG13-C123").resolution.targets == ()
    assert {v.value for v in asked(cast.outsider.act, services, "wander").results.facets["meeting"]} == set()


def test_reclassified_document_is_hidden_at_once_and_after_the_worker(
    document: Document, act: Act, cast: Cast, services: Services, work: Work
) -> None:
    work()
    reader = cast.delegate_member.act
    assert names(reader, services, "wander") == ["SG13-C123"]
    document.audience = HIDDEN_AUDIENCE
    act.session.flush()
    assert names(reader, services, "wander") == []
    again(act, document, "documents.reclassified")

    work()

    assert asked(reader, services, "wander", exact=True).results.total == 0
    assert names(cast.tsb.act, services, "wander") == ["SG13-C123"]


def test_withdrawn_document_is_found_by_number_and_its_text_is_not(
    document: Document, act: Act, services: Services, work: Work
) -> None:
    work()
    document.status = Status.WITHDRAWN
    again(act, document, "documents.withdrawn")

    work()

    assert names(act, services, "wander") == [] == names(act, services, "splicing hollowcore")
    assert names(act, services, "tolerance") == [] == names(act, services, "fusion")
    assert hit(act, services, "SG13-C123").status == "withdrawn"


def test_of_a_document_just_withdrawn_the_number_alone_is_shown(
    document: Document, act: Act, services: Services, work: Work
) -> None:
    work()
    document.status = Status.WITHDRAWN
    act.session.flush()

    for words in ("wander", "splicing hollowcore", "SG13-C123"):
        found = hit(act, services, words)
        assert found.title is not None
        assert ["".join(piece.text for piece in found.title.pieces)] == ["Withdrawn"]
        assert (found.extracts, found.places) == ((), ())
    targets = asked(act, services, "SG13-C123").resolution.targets
    assert [target.title for target in targets] == ["Withdrawn"]


def test_deleted_document_is_not_found_until_it_is_restored(
    document: Document, act: Act, services: Services, work: Work
) -> None:
    work()
    document.deleted_at = act.now
    again(act, document, "documents.deleted")
    work()
    assert names(act, services, "wander") == [] == names(act, services, "SG13-C123")
    document.deleted_at = None
    again(act, document, "documents.restored")

    work()

    assert names(act, services, "wander") == ["SG13-C123"]
    assert [each for each in indexing.differences(services) if "document" in each] == []


def test_revision_takes_the_place_of_the_text_before(
    document: Document, make: Make, act: Act, services: Services, work: Work
) -> None:
    work()
    kept(make, document, [Unit("6.2", "Timing", "The jitter stays below 7 ns.", 2, "c-6.2")], part="R1")
    kept(make, document, [Unit("1", "Addendum", "A word on polarization.", 1, "c-1")], part="A1")
    again(act, document, "documents.revised")

    work()

    assert names(act, services, "wander") == []
    assert hit(act, services, "jitter").places[0].address.endswith("file=T25-SG13-C123R1-E.docx#c-6.2")
    assert names(act, services, "polarization") == ["SG13-C123"]


def test_texts_of_several_languages_are_found_in_each(
    document: Document, make: Make, act: Act, services: Services, work: Work
) -> None:
    unit = Unit("6.2", "Exigences", "Les horloges dérivent lentement.", 2, "c-6.2")
    row = kept(make, document, [unit], name="T25-SG13-C123-F.docx", language="fr")
    row.language_read = "fr"
    again(act, document, "documents.files-added")
    work()

    assert hit(act, services, "horloge").places[0].language == "fr"
    assert names(act, services, "horloge language:fr") == ["SG13-C123"]
    assert names(act, services, "wander") == ["SG13-C123"]


def test_same_text_in_two_formats_is_indexed_once(
    document: Document, make: Make, act: Act, services: Services, work: Work
) -> None:
    kept(make, document, UNITS, name="T25-SG13-C123-E.pdf", position=1)
    work()

    assert [place.address.split("file=")[1] for place in hit(act, services, "wander").places] == [
        "T25-SG13-C123-E.docx#c-6.2"
    ]


def test_rebuild_holds_documents(document: Document, act: Act, services: Services, work: Work) -> None:
    work()
    services.search.rebuild([])
    assert names(act, services, "wander") == []
    act.session.rollback()

    indexing.rebuild(services)

    assert names(act, services, "wander") == ["SG13-C123"]
    assert indexing.differences(services) == []


def test_recommendation_of_the_same_words_comes_first(
    document: Document, act: Act, services: Services, work: Work, add: Callable[..., object]
) -> None:
    add("ITU-T G.652 (11/2016)", "Splicing of hollowcore fibre", approved="2016-11-13")
    work()

    assert names(act, services, "splicing hollowcore")[0] == "ITU-T G.652 (11/2016)"
