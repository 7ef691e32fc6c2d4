"""The glossary: its data, what it makes of queries, its editing, bad input."""

import time

import pytest

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.search.engine import LANGUAGES
from sgdocs.search.glossaries import glossary, lexicon, line, lines
from sgdocs.search.glossary import (
    CIRCLE,
    DUPLICATE,
    FORM,
    LANGUAGE,
    SERIES,
    Concept,
    packaged,
    read,
    tidied,
    why_not_beside,
    why_not_concept,
)
from sgdocs.search.glossary_actions import put_concept, remove_concept, restore_concept
from sgdocs.search.grammar import parse
from sgdocs.search.widening import Lexicon, widened

LEXICON = Lexicon(packaged().values())


def english(typed: str, known: Lexicon = LEXICON) -> set[str]:
    """The phrases and words that the glossary put beside what was typed."""
    before = {term.text for clause in parse(typed).query.clauses for term in clause.options}
    after = {term.text for clause in widened(parse(typed).query, known).clauses for term in clause.options}
    return {text for text in after - before if text.isascii()}


def test_package_has_six_hundred_terms_in_six_languages() -> None:
    terms = list(packaged().values())

    assert len(terms) >= 600
    assert [term.term for term in terms if set(term.forms) != set(LANGUAGES)] == []
    assert [term.term for term in terms if why_not_concept(term.series, term.forms)] == []
    assert {"H", "L", "P", "Q", "X", "Y"} <= {term.series for term in terms}


def test_package_has_neither_duplicates_nor_circles() -> None:
    seen: list[Concept] = []
    for term in packaged().values():
        assert why_not_beside(term.forms, seen) is None, term.term
        seen.append(term)


def test_words_of_a_language_are_in_its_script() -> None:
    scripts = {"ru": "\u0400-\u04ff", "ar": "\u0600-\u06ff", "zh": "\u4e00-\u9fff"}
    for term in packaged().values():
        for language, script in scripts.items():
            low, high = script.split("-")
            latin = {"IMT", "Ethernet"} if language != "zh" else set()
            assert all(any(low <= c <= high for c in form) or form in latin for form in term.forms[language]), term


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("bruit radioélectrique", "radio noise"),
        ("BRUIT RADIOELECTRIQUE", "radio noise"),
        ("bruits radioélectriques", "radio noise"),
        ("fibre optique monomode", "single-mode optical fibre"),
        ("fibres optiques monomodes", "single-mode optical fibre"),
        ("fibra optica monomodo", "single-mode optical fibre"),
        ("одномодового оптического волокна", "single-mode optical fibre"),
        ("радиошумов", "radio noise"),
        ("单模光纤的特性", "single-mode optical fibre"),
        ("特性单模光纤", "single-mode optical fibre"),
        ("الألياف البصرية", "optical fibre"),
        ("ألياف بصرية", "optical fibre"),
        ("ضَوْضَاء رَادِيُويَّة", "radio noise"),
        ("réseaux d'accès", "access network"),
        ("qualité de service", "quality of service"),
    ],
)
def test_term_is_found_whatever_its_form(typed: str, phrase: str) -> None:
    assert phrase in english(typed)


def test_longest_term_is_taken() -> None:
    assert "optical fibre" not in english("fibre optique monomode")
    assert "optical fibre" in english("fibre optique")


def test_chinese_without_a_term_stays_as_it_is() -> None:
    query = parse("乌鸦飞过山谷").query

    assert widened(query, LEXICON) == query


@pytest.mark.parametrize(
    "typed",
    [
        "radio noise",
        "transmission of information",
        "E-model wideband",
        "red green blue colour of television pictures",
        "G.652",
        '"bruit radioélectrique"',
        "bruit*",
        "",
    ],
)
def test_english_numbers_phrases_and_beginnings_stay_as_they_are(typed: str) -> None:
    query = parse(typed).query

    assert widened(query, LEXICON) == query


def test_text_in_either_language_holds_every_clause() -> None:
    clauses = widened(parse("fibre optique monomode").query, LEXICON).clauses

    assert all({"fibre", "optique", "monomode"} & {term.text for term in clause.options} for clause in clauses)
    assert all({"single", "mode", "optical", "fibre"} & {term.text for term in clause.options} for clause in clauses)


def test_a_megabyte_is_widened_at_once() -> None:
    for typed in ("bruit " * 170_000, "单模光纤" * 85_000, "ضوضاء " * 150_000):
        started = time.perf_counter()
        widened(parse(typed[:1_000_000]).query, LEXICON)
        assert time.perf_counter() - started < 2


def test_circle_in_a_glossary_ends() -> None:
    round_about = [
        Concept("*", {"en": ("alpha",), "fr": ("bêta",), "es": ("gama",)}),
        Concept("*", {"en": ("beta",), "fr": ("alpha",), "es": ("gama",)}),
    ]

    assert english("gama", Lexicon(round_about)) == {"alpha", "beta"}
    assert english("bêta", Lexicon(round_about)) <= {"alpha"}


def test_words_given_twice_are_taken_once() -> None:
    assert tidied({"fr": ["Bruit ", "bruit", "", "bruit  de fond"], "xx": ["?"]}) == {"fr": ("Bruit", "bruit de fond")}


@pytest.mark.parametrize(
    ("series", "forms", "rule"),
    [
        ("P", {"fr": ["bruit"]}, LANGUAGE),
        ("P", {"en": ["noise"]}, LANGUAGE),
        ("P", {"en": ["x" * 121], "fr": ["bruit"]}, FORM),
        ("P", {"en": ["noise"], "fr": ["?!"]}, FORM),
        ("P", {"en": ["noise"], "fr": ["x" * 1_000_000]}, FORM),
        ("P", {"en": ["noise"], "fr": [f"bruit {n}" for n in range(100_000)]}, LANGUAGE),
        ("", {"en": ["noise"], "fr": ["bruit"]}, SERIES),
        ("P.372", {"en": ["noise"], "fr": ["bruit"]}, SERIES),
    ],
)
def test_bad_term_is_refused(series: str, forms: dict[str, list[str]], rule: object) -> None:
    refusal = why_not_concept(series, tidied(forms))

    assert refusal is not None
    assert refusal.rule is rule


def test_file_with_a_row_too_short_is_read() -> None:
    (term,) = read("series\ten\tfr\tes\tru\tzh\tar\nP\tnoise\tbruit")

    assert term.forms == {"en": ("noise",), "fr": ("bruit",)}


def test_term_of_the_secretariat_widens_searches_at_once(act: Act) -> None:
    assert english("hyperfibre torsadée", lexicon(act.session)) == set()

    put_concept(act, "g", {"en": ["twisted hyperfibre"], "fr": ["hyperfibre torsadée", "Hyperfibre  torsadée"]})

    assert "twisted hyperfibre" in english("hyperfibres torsadées", lexicon(act.session))
    assert glossary(act.session)["twisted hyperfibre"].forms["fr"] == ("hyperfibre torsadée",)


def test_duplicate_and_circle_are_refused_with_the_term_they_meet(act: Act) -> None:
    with pytest.raises(Conflict) as double:
        put_concept(act, "P", {"en": ["din", "Radio-Noise"], "fr": ["vacarme"]})
    with pytest.raises(Conflict) as circle:
        put_concept(act, "P", {"en": ["din"], "fr": ["bruit radioelectrique"], "es": ["Ruido radioeléctrico"]})

    assert (double.value.rule, double.value.facts["term"]) == (DUPLICATE, "radio noise")
    assert (circle.value.rule, circle.value.facts["term"]) == (CIRCLE, "radio noise")
    assert "din" not in glossary(act.session)


def test_term_of_the_package_is_replaced_taken_out_and_restored(act: Act) -> None:
    put_concept(act, "P", {"en": ["radio noise"], "fr": ["vacarme hertzien"]})
    assert "radio noise" in english("vacarme hertzien", lexicon(act.session))
    assert "radio noise" not in english("bruit radioélectrique", lexicon(act.session))

    remove_concept(act, "Radio noise")
    assert "radio noise" not in english("vacarme hertzien", lexicon(act.session))
    kept = line(act, "radio noise")
    assert kept is not None
    assert kept.hidden

    restore_concept(act, "radio noise")
    assert "radio noise" in english("bruit radioélectrique", lexicon(act.session))
    assert lines(act, word="радиошум").rows[0].ours is False


def test_term_is_not_restored_over_another(act: Act) -> None:
    remove_concept(act, "radio noise")
    put_concept(act, "P", {"en": ["din"], "fr": ["bruit radioélectrique"], "es": ["ruido radioeléctrico"]})

    with pytest.raises(Conflict):
        restore_concept(act, "radio noise")


def test_own_term_that_is_taken_out_is_gone(act: Act) -> None:
    put_concept(act, "G", {"en": ["hyperfibre"], "fr": ["hyperfibre torsadée"]})
    remove_concept(act, "hyperfibre")

    assert line(act, "hyperfibre") is None
    with pytest.raises(NotFound):
        remove_concept(act, "hyperfibre")


def test_visitor_neither_reads_nor_edits(act: Act) -> None:
    visitor = Act(act.session, Actor.anonymous(), act.now)
    for deed in (
        lambda: put_concept(visitor, "P", {"en": ["din"], "fr": ["vacarme"]}),
        lambda: remove_concept(visitor, "radio noise"),
        lambda: restore_concept(visitor, "radio noise"),
        lambda: lines(visitor),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_bad_term_is_refused_by_the_action(act: Act) -> None:
    with pytest.raises(Invalid):
        put_concept(act, "P", {"en": ["noise of a kind"]})
