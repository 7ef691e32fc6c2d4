"""What a query in one language finds of titles in English, on each engine: facts typed in."""

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from statistics import mean

import pytest

from sgdocs.search.engine import Record, SearchEngine, Standing
from sgdocs.search.evaluation import ndcg
from sgdocs.search.glossary import packaged
from sgdocs.search.grammar import parse
from sgdocs.search.widening import Lexicon, widened
from tests.contracts.test_search_engines import ENGINES, EVERYBODY, made

TITLES = {
    "ITU-T E.164": "The international public telecommunication numbering plan",
    "ITU-T G.168": "Digital network echo cancellers",
    "ITU-T G.652": "Characteristics of a single-mode optical fibre and cable",
    "ITU-T G.709": "Interfaces for the optical transport network",
    "ITU-T G.8032": "Ethernet ring protection switching",
    "ITU-T G.9991": "High-speed indoor visible light communication transceiver – System architecture, physical layer "
    "and data link layer specification",
    "ITU-T H.264": "Advanced video coding for generic audiovisual services",
    "ITU-T H.265": "High efficiency video coding",
    "ITU-T H.871": "Safe listening guidelines for personal sound amplifiers",
    "ITU-T K.52": "Guidance on complying with limits for human exposure to electromagnetic fields",
    "ITU-T L.1022": "Circular economy: Definitions and concepts for circular economy for information and "
    "communication technology",
    "ITU-T Q.5050": "Framework for solutions to combat counterfeit ICT devices",
    "ITU-T X.1401": "Security threats of distributed ledger technology",
    "ITU-T X.1702": "Quantum noise random number generator architecture",
    "ITU-T Y.4458": "Requirements and functional architecture of a smart street light service",
    "ITU-T Y.4904": "Smart sustainable cities maturity model",
    "ITU-R BT.500": "Methodologies for the subjective assessment of the quality of television images",
    "ITU-R M.585": "Assignment and use of identities in the maritime mobile service",
    "ITU-R M.1677": "International Morse code",
    "ITU-R P.372": "Radio noise",
    "ITU-R P.526": "Propagation by diffraction",
    "ITU-R P.676": "Attenuation by atmospheric gases and related effects",
    "ITU-R P.2109": "Prediction of building entry loss",
}
NEIGHBOURS = {
    "ITU-T G.653": "Characteristics of a dispersion-shifted, single-mode optical fibre and cable",
    "ITU-T G.651.1": "Characteristics of a 50/125 µm multimode graded index optical fibre cable",
    "ITU-T E.129": "Presentation of national numbering plans",
    "ITU-T M.665": "Testing of echo cancellers",
    "ITU-T K.70": "Mitigation techniques to limit human exposure to EMFs in the vicinity of radiocommunication stations",
}


def catalogue() -> Iterator[Record]:
    """The titles above among those of the demonstration, one record for each text."""
    lines = (files("sgdocs.seed") / "data" / "recommendations.jsonl").read_text(encoding="utf-8").splitlines()
    others = {row["id"].split(" (")[0].split("/")[0]: row.get("title") or "" for row in map(json.loads, lines)}
    others = {name: title for name, title in others.items() if title and title not in TITLES.values()}
    wanted = tuple(f"{name}-" for name in TITLES)
    others = {name: title for name, title in others.items() if name not in TITLES and not name.startswith(wanted)}
    for name, title in (others | NEIGHBOURS | TITLES).items():
        titles = {"en": title}
        yield Record(f"edition:{name}", name, "recommendation", name, titles=titles, standing=Standing.IN_FORCE)


def judged() -> list[tuple[str, str, str]]:
    """(language, query, document)"""
    table = Path(__file__).parents[1] / "search" / "cross_language.tsv"
    with table.open(encoding="utf-8") as lines:
        return [(row["lang"], row["query"], row["document"]) for row in csv.DictReader(lines, delimiter="\t")]


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    with made(request.param, tmp_path_factory.mktemp("shelf")) as engine:
        engine.rebuild(list(catalogue()))
        yield engine


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(packaged().values())


def found(engine: SearchEngine, lexicon: Lexicon, typed: str) -> list[str]:
    return [hit.family for hit in engine.search(widened(parse(typed).query, lexicon), EVERYBODY).hits]


def test_forty_queries_of_five_languages_find_english_titles(shelf: SearchEngine, lexicon: Lexicon) -> None:
    worth = {
        (language, typed): ndcg(found(shelf, lexicon, typed), {document: 3}) for language, typed, document in judged()
    }

    assert len(worth) >= 40
    assert mean(worth.values()) >= 0.7
    for language in ("fr", "es", "ru", "zh", "ar"):
        assert mean(value for (each, _), value in worth.items() if each == language) >= 0.5


def test_without_the_glossary_only_words_alike_find_something(shelf: SearchEngine) -> None:
    worth = [ndcg(found(shelf, Lexicon([]), typed), {document: 3}) for _, typed, document in judged()]

    assert mean(worth) < 0.4


@pytest.mark.parametrize("document", sorted(TITLES))
def test_query_in_english_is_answered_as_before(shelf: SearchEngine, lexicon: Lexicon, document: str) -> None:
    typed = TITLES[document]

    assert found(shelf, lexicon, typed) == found(shelf, Lexicon([]), typed)
    assert found(shelf, lexicon, typed)[0] == document
