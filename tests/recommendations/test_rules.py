"""Dates as given, names as compared, numbers as sorted."""

from datetime import date

import pytest

from sgdocs.recommendations.rules import (
    Precision,
    Span,
    best_title,
    fold,
    natural,
    precision,
    spaced,
    span_of,
    why_not_date,
)


@pytest.mark.parametrize(
    ("given", "known", "span"),
    [
        ("2019-11-22", Precision.DAY, Span(date(2019, 11, 22), date(2019, 11, 22))),
        ("2019-11", Precision.MONTH, Span(date(2019, 11, 1), date(2019, 11, 30))),
        ("2020-02", Precision.MONTH, Span(date(2020, 2, 1), date(2020, 2, 29))),
        ("2019", Precision.YEAR, Span(date(2019, 1, 1), date(2019, 12, 31))),
        ("", Precision.UNKNOWN, None),
    ],
)
def test_date_means_the_days_it_says(given: str, known: Precision, span: Span | None) -> None:
    assert (precision(given), span_of(given), why_not_date(given)) == (known, span, None)


@pytest.mark.parametrize(
    "given",
    [
        "2019-13",
        "2019-02-30",
        "2019-1",
        "19-11",
        "2019/11",
        "2019-11-22T00:00",
        "٢٠١٩",
        "1799",
        "2200",
        "=2019",
        "2019-00",
    ],
)
def test_no_date_is_refused(given: str) -> None:
    refusal = why_not_date(given)

    assert refusal is not None
    assert refusal.facts == {"value": given}
    with pytest.raises(ValueError):  # noqa: PT011 the type is what callers rely on
        span_of(given)


def test_numbers_are_sorted_by_value() -> None:
    numbers = ["G.10", "G.9.2", "G.9804.1", "G.709.1", "G.709", "V.25 bis", "V.25"]

    assert sorted(numbers, key=natural) == ["G.9.2", "G.10", "G.709", "G.709.1", "G.9804.1", "V.25", "V.25 bis"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Y.SC-OpenData", "y.sc opendata"),
        ("V.25 bis", "V.25bis"),
        ("ISO/IEC 13818-1", "iso iec 13818‑1"),
        ("G.984.1", "g984.1"),
    ],
)
def test_names_are_compared_without_spelling(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_points_within_numbers_count() -> None:
    assert fold("G.984.1") != fold("G.98.41")


def test_title_falls_back_to_english_then_to_any() -> None:
    titles = {"fr": "Titre", "en": "Title"}

    assert best_title(titles, "fr") == ("Titre", "fr")
    assert best_title(titles, "es") == ("Title", "en")
    assert best_title({"ru": "Заглавие"}, "es") == ("Заглавие", "ru")
    assert best_title({}, "es") == ("", "es")


def test_languages_are_found_as_whole_words() -> None:
    assert spaced(["en", "fr"]) == " en fr "
    assert " r " not in spaced(["ar", "fr"])
