"""What people type, as queries; and whatever is typed, no exception."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.search.engine import Clause, Filter, Query, Sort, Term, TermKind
from sgdocs.search.grammar import LONGEST_QUERY, MOST_TERMS, Problem, narrowed, parse


def word(text: str) -> Clause:
    return Clause((Term(text),))


def phrase(text: str) -> Clause:
    return Clause((Term(text, TermKind.PHRASE),))


@pytest.mark.parametrize(
    ("typed", "clauses", "excluded"),
    [
        ("optical fibre", (word("optical"), word("fibre")), ()),
        ('"optical fibre" cable', (phrase("optical fibre"), word("cable")), ()),
        ("“optical fibre”", (phrase("optical fibre"),), ()),
        ("« fibre optique »", (phrase("fibre optique"),), ()),
        ('"never closed', (phrase("never closed"),), ()),
        ("netw*", (Clause((Term("netw", TermKind.PREFIX),)),), ()),
        ("PON OR EPON", (Clause((Term("PON"), Term("EPON"))),), ()),
        ("PON | EPON net", (Clause((Term("PON"), Term("EPON"))), word("net")), ()),
        ("PON or EPON", (word("PON"), word("or"), word("EPON")), ()),
        ("OR a OR", (word("a"),), ()),
        ("fibre -copper", (word("fibre"),), (Term("copper"),)),
        ('fibre -"copper wire"', (word("fibre"),), (Term("copper wire", TermKind.PHRASE),)),
        ("E-model", (word("E-model"),), ()),
        ("Rec. ITU-T H.264", (word("Rec"), word("ITU-T"), word("H.264")), ()),
        ("ISO/IEC 13818-1:2020", (word("ISO/IEC"), word("13818-1:2020")), ()),
        ("https://handle.itu.int/11.1002/1000/1", (word("https://handle.itu.int/11.1002/1000/1"),), ()),
        ("(fibre), [cable];", (word("fibre"), word("cable")), ()),
        ("语音质量", (word("语音"), word("音质"), word("质量")), ()),
        ("网络", (word("网络"),), ()),
        ('- * "" () -- ! \'', (), ()),
        ("fibre fibre", (word("fibre"),), ()),
    ],
)
def test_words_and_phrases(typed: str, clauses: tuple[Clause, ...], excluded: tuple[Term, ...]) -> None:
    parsed = parse(typed)

    assert (parsed.query.clauses, parsed.query.excluded, parsed.problems) == (clauses, excluded, ())


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("series:G", (Filter("series", ("G",)),)),
        ("series:G,H", (Filter("series", ("G", "H")),)),
        ("series:G series:H", (Filter("series", ("G", "H")),)),
        ("-series:G", (Filter("series", ("G",), excluded=True),)),
        ("STATUS:In_Force", (Filter("status", ("in-force",)),)),
        ('status:"in force"', (Filter("status", ("in-force",)),)),
        ("sg:15 group:SG13", (Filter("group", ("SG15", "SG13")),)),
        ("lang:FR", (Filter("language", ("fr",)),)),
        ("sector:itu-t", (Filter("sector", ("T",)),)),
        ("type:supplement", (Filter("kind", ("supplement",)),)),
        ("year:2020,2021", (Filter("year", ("2020", "2021")),)),
    ],
)
def test_fields(typed: str, filters: tuple[Filter, ...]) -> None:
    parsed = parse(typed)

    assert (parsed.query.filters, parsed.query.clauses, parsed.problems) == (filters, (), ())


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("after:2020", date(2020, 1, 1), None),
        ("before:2020", None, date(2019, 12, 31)),
        ("after:2020-05", date(2020, 5, 1), None),
        ("before:05/2020", None, date(2020, 4, 30)),
        ("after:2020-05-14 before:2020-05-15", date(2020, 5, 14), date(2020, 5, 14)),
        ("year:2015..2020", date(2015, 1, 1), date(2020, 12, 31)),
        ("year:2015-2020", date(2015, 1, 1), date(2020, 12, 31)),
        ("year:2015..", date(2015, 1, 1), None),
        ("year:..2020", None, date(2020, 12, 31)),
        ("year:2010..2020 after:2015 after:2012", date(2015, 1, 1), date(2020, 12, 31)),
        ("after:9999-12", date(9999, 12, 1), None),
    ],
)
def test_dates(typed: str, since: date | None, until: date | None) -> None:
    parsed = parse(typed)

    assert (parsed.query.since, parsed.query.until, parsed.problems) == (since, until, ())


A_DATE = "A year, a month or a day: 2020, 2020-05 or 2020-05-14."
A_YEAR = "A year or a range of years: 2020, 2015..2020, 2015.. or ..2020."


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("after:2020-13", Problem("after", "2020-13", A_DATE)),
        ("before:2021-02-29", Problem("before", "2021-02-29", A_DATE)),
        ("after:yesterday", Problem("after", "yesterday", A_DATE)),
        ("year:20", Problem("year", "20", A_YEAR)),
        ("year:2020..2015", Problem("year", "2020..2015", A_YEAR)),
        ("-year:2015..2020", Problem("year", "2015..2020", A_YEAR)),
        ("lang:xx", Problem("language", "xx", "One of: en, fr, es, ru, ar, zh.")),
        ("sector:Q", Problem("sector", "Q", "One of: D, R, T.")),
        ("sort:best", Problem("sort", "best", "One of: relevance, newest, oldest.")),
        ("statsu:in-force", Problem("statsu", "in-force", "There is no such field; did you mean status:?")),
        ("status:", Problem("status", "", "A value right after the colon.")),
        ("series:---", Problem("series", "---", "A value after the colon.")),
    ],
)
def test_what_is_wrong_is_named_and_left_out(typed: str, problem: Problem) -> None:
    parsed = parse(f"fibre {typed}")

    assert parsed.problems == (problem,)
    assert parsed.query == Query(clauses=(word("fibre"),), typed=f"fibre {typed}")


def test_values_are_those_that_exist() -> None:
    known = {"series": {"G", "H"}, "status": {"in-force", "superseded"}}

    assert parse("series:g", known).query.filters == (Filter("series", ("G",)),)
    assert parse("status:superceded", known).problems == (Problem("status", "superceded", "One of: superseded."),)
    assert parse("series:Q", known).problems == (Problem("series", "Q", "One of: G, H."),)


def test_sorting() -> None:
    assert parse("fibre sort:newest").query.sort is Sort.NEWEST


def test_long_query_is_bounded_and_says_so() -> None:
    words = parse(" ".join(f"w{n}" for n in range(1000)))
    letters = parse("x" * (LONGEST_QUERY + 1))

    assert (len(words.query.clauses), words.shortened) == (MOST_TERMS, True)
    assert (len(letters.query.typed), letters.shortened) == (LONGEST_QUERY, True)
    assert not parse("fibre").shortened


def test_chinese_page_is_bounded() -> None:
    assert len(parse("网络切片" * 2000).query.clauses) <= MOST_TERMS


def test_narrowing_replaces_a_selection_and_begins_at_the_first_page() -> None:
    query = Query(filters=(Filter("series", ("G",)), Filter("status", ("in-force",))), page=3)

    assert narrowed(query, "series", ("H",)).filters == (Filter("status", ("in-force",)), Filter("series", ("H",)))
    assert narrowed(query, "series", ()) == Query(filters=(Filter("status", ("in-force",)),))


PIECES = st.sampled_from(
    [
        "after:",
        "before:",
        "year:",
        "series:",
        "OR",
        "|",
        "-",
        '"',
        "“",
        "*",
        "2020",
        "..",
        ",",
        " ",
        "G.652",
        "网络",
        ":",
        "(",
        "\x00",
        "İ",
        "ß",
        "0000",
        "lang:",
        "sort:",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_nothing_typed_ever_raises(typed: str) -> None:
    parsed = parse(typed, {"series": {"G"}})

    assert sum(len(clause.options) for clause in parsed.query.clauses) + len(parsed.query.excluded) <= MOST_TERMS
    assert all(problem.right for problem in parsed.problems)
    assert parse(typed, {"series": {"G"}}) == parsed
