"""Acronyms, synonyms, corrections, extracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.search.acronyms import harvest, pairs
from sgdocs.search.corrections import Candidate, meant
from sgdocs.search.engine import Clause, Piece, Query, Term, TermKind
from sgdocs.search.expansion import WEIGHT_ADDED, WEIGHT_CODE, expanded
from sgdocs.search.extracts import WIDTH, asked_by, body, spans, title
from sgdocs.search.grammar import parse
from sgdocs.search.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a passive optical network (PON) serves", [("PON", "passive optical network")]),
        ("Internet of things (IoT)", [("IoT", "internet of things")]),
        ("HDR (high dynamic range) pictures", [("HDR", "high dynamic range")]),
        ("quality of experience (QoE, see P.10)", [("QoE", "quality of experience")]),
        ("X-ray Transmission Control Protocol (TCP)", [("TCP", "transmission control protocol")]),
        ("the year (2020) and (see below) or (a)", []),
        ("nothing fits here (ZZZ)", []),
        ("broken ((PON", []),
    ],
)
def test_acronym_is_read_with_its_words(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


def test_harvest_puts_the_most_frequent_first() -> None:
    texts = ["a mobile unit (MU)", "many users (MU)", "many users (MU)"]

    assert harvest(texts) == {"MU": ("many users", "mobile unit")}
    assert harvest(texts, at_least=2) == {"MU": ("many users",)}


@given(st.text(alphabet="AbC (),.;0-", max_size=80))
def test_harvest_takes_any_text(text: str) -> None:
    assert all(short and len(full) > len(short) for short, full in pairs(text))


VOCABULARY = Vocabulary(
    acronyms={"PON": ("passive optical network",), "SSL": ("smart street light",)},
    synonyms=(("earthing", "grounding"),),
    spellings=(("plough", "plow"),),
)


def options(typed: str) -> list[set[tuple[str, float]]]:
    clauses = expanded(parse(typed).query, VOCABULARY).clauses
    return [{(term.text, term.weight) for term in clause.options} for clause in clauses]


def test_acronym_and_its_words_stand_for_each_other() -> None:
    assert options("pon") == [{("pon", 1.0), ("passive optical network", WEIGHT_ADDED)}]
    assert options("Passive Optical Network test") == [
        {("Passive", 1.0), ("PON", WEIGHT_ADDED)},
        {("Optical", 1.0), ("PON", WEIGHT_ADDED)},
        {("Network", 1.0), ("PON", WEIGHT_ADDED)},
        {("test", 1.0)},
    ]


def test_synonym_counts_less_than_spelling() -> None:
    assert options("Grounding") == [{("Grounding", 1.0), ("earthing", WEIGHT_ADDED)}]
    assert options("plow") == [{("plow", 1.0), ("plough", 1.0)}]


def test_code_of_a_work_item_stands_for_its_acronym() -> None:
    assert options("Y.SSL") == [{("Y.SSL", 1.0), ("smart street light", WEIGHT_CODE)}]


def test_number_typed_apart_is_joined() -> None:
    assert options("g 652") == [{("g", 1.0), ("g652", 1.0)}, {("652", 1.0), ("g652", 1.0)}]


def test_exact_query_is_left_alone() -> None:
    query = Query(clauses=(Clause((Term("PON"),)),), exact=True)

    assert expanded(query, VOCABULARY) == query


def test_correction_is_the_nearest_public_word() -> None:
    words = ["diffraction", "diffractions", "refraction", "secretword", "detraction"]
    public = {"diffraction": 40, "diffractions": 3, "refraction": 50, "detraction": 9}

    assert meant("Difraction", [words], lambda w: public.get(w, 0)) == Candidate("diffraction", 1, 40)
    assert meant("secretwort", [words], lambda w: public.get(w, 0)) is None
    assert meant("qqqqq", [words], lambda w: public.get(w, 0)) is None


def marked(text: str, typed: str, language: str = "en") -> list[str]:
    return [text[a:b] for a, b in spans(text, language, asked_by(parse(typed).query.clauses))]


@pytest.mark.parametrize(
    ("text", "typed", "language", "found"),
    [
        ("Optical Fibres and fibrous matter", "fiber", "en", ["Fibres"]),
        ("The E-model and G.652.", "e-model g652", "en", ["E-model", "G.652"]),
        ("networks, networking, net", "netw*", "en", ["networks", "networking"]),
        ("Les réseaux optiques", "reseau", "fr", ["réseaux"]),
        ("网络切片的架构", "切片", "zh", ["切片"]),
        ("nothing here", "fibre", "en", []),
    ],
)
def test_marks(text: str, typed: str, language: str, found: list[str]) -> None:
    assert marked(text, typed, language) == found


def test_extract_shows_the_densest_place() -> None:
    text = "fibre first. " + "filler words " * 60 + "the attenuation of the fibre is low. " + "more filler " * 60

    found = body({"en": text}, asked_by(parse("fibre attenuation").query.clauses))

    assert found is not None
    shown = "".join(piece.text for piece in found.pieces)
    assert [piece.text for piece in found.pieces if piece.marked] == ["attenuation", "fibre"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert shown.strip("… ") in text
    assert len(shown) <= WIDTH + 4


def test_extract_without_a_match_is_the_beginning() -> None:
    found = body({"en": "Short summary."}, asked_by(()))

    assert found is not None
    assert found.pieces == (Piece("Short summary."),)


def test_title_is_shown_in_the_language_that_matched() -> None:
    found = title({"en": "Ring protection", "fr": "Protection des anneaux"}, asked_by(parse("anneau").query.clauses))

    assert found is not None
    assert (found.language, [p.text for p in found.pieces if p.marked]) == ("fr", ["anneaux"])


@given(st.text(max_size=400), st.text(max_size=20))
def test_extract_only_ever_holds_the_text(text: str, typed: str) -> None:
    found = body({"en": text}, asked_by([Clause((Term(typed, TermKind.WORD),))]))

    if found is not None:
        assert "".join(p.text for p in found.pieces).removeprefix("… ").removesuffix(" …") in text
