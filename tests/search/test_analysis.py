"""Text -> terms, in the index and in the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.search.analysis import PLAIN, STEMMERS, beginning, fold, forms, is_stop_word, phrase, surfaces, tokens


def meets(typed: str, text: str, language: str) -> bool:
    """Whether one of the forms of what was typed stands in the text, its terms one after the other."""
    places: dict[str, set[int]] = {}
    for token in tokens(text, language):
        places.setdefault(token.term, set()).add(token.position)
    return any(
        any(all(at + n in places.get(term, ()) for n, term in enumerate(form.terms)) for at in range(500))
        for form in forms(typed, language)
    )


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [
        ("en", "fiber", "optical fibres"),
        ("en", "colours", "color coding"),
        ("en", "digitization", "digitisation of networks"),
        ("en", "signaling", "signalling system"),
        ("en", "analog", "analogue circuits"),
        ("en", "E-model", "the e model"),
        ("en", "emodel", "the E-model"),
        ("en", "single mode", "single-mode"),
        ("en", "g652", "see G.652"),
        ("en", "BT.500", "as in BT.500-14"),
        ("en", "BT.500-14", "as in BT.500"),
        ("en", "ＰＯＮ", "PON"),
        ("fr", "radioelectrique", "bruits radioélectriques"),
        ("fr", "réseaux", "le réseau"),
        ("es", "senales", "señal"),
        ("ru", "счетчики", "счётчик"),
        ("ru", "радиоволн", "радиоволны"),
        ("ar", "شبكات", "الشبكة"),
        ("ar", "طاقة", "المياه والطاقة"),
        ("zh", "切片", "网络切片的架构"),
    ],
)
def test_ways_of_writing_meet(language: str, typed: str, text: str) -> None:
    assert meets(typed, text, language)


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [("en", "fibrous", "fibre"), ("en", "G.65", "G.652"), ("zh", "络片", "网络切片"), ("en", "model-x", "x-model")],
)
def test_what_differs_does_not_meet(language: str, typed: str, text: str) -> None:
    assert not meets(typed, text, language)


def test_positions_count_words() -> None:
    laid = {(token.term, token.position) for token in tokens("Single-mode fibre G.652", "en")}

    assert laid == {
        ("singl", 0), ("singlemod", 0), ("mode", 1), ("fiber", 2), ("g", 3), ("g652", 3), ("652", 4),
    }  # fmt: skip


def test_surfaces_are_words_as_written_without_accents() -> None:
    assert list(surfaces("Réseaux G.652")) == ["reseaux", "g", "652", "g652"]


def test_prefix_of_a_number_is_joined() -> None:
    assert (beginning("G.80"), beginning("Rés"), beginning("...")) == ("g80", "res", "...")


def test_words_that_need_not_occur() -> None:
    assert [w for w in ("The", "fibre", "ITU-T", "Recommandation", "rôle", "во") if is_stop_word(w)] == [
        "The", "ITU-T", "Recommandation", "во",
    ]  # fmt: skip


@given(st.text(max_size=120), st.sampled_from([*STEMMERS, "zh", PLAIN]))
def test_any_text_meets_itself(text: str, language: str) -> None:
    found = phrase(text, language)

    assert all(token.term and token.position >= 0 for token in tokens(text, language))
    assert bool(found) == bool(list(tokens(text, language)))
    assert fold(fold(text)) == fold(text)
