"""nDCG@10, MRR and the files of judged queries."""

import math
from pathlib import Path

import pytest

from sgdocs.search.evaluation import JudgedQuery, evaluate, ndcg, read_judgements, read_queries


@pytest.mark.parametrize(
    ("found", "grades", "worth"),
    [
        (["a", "b"], {"a": 3, "b": 1}, 1.0),
        (["x", "a"], {"a": 3}, 1 / math.log2(3)),
        (["b", "a"], {"a": 2, "b": 1}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["x"] * 10 + ["a"], {"a": 3}, 0.0),
        ([], {"a": 1}, 0.0),
        (["a"], {"a": 1, "b": 0}, 1.0),
    ],
)
def test_ndcg(found: list[str], grades: dict[str, int], worth: float) -> None:
    assert ndcg(found, grades) == pytest.approx(worth)


def test_figures_by_category() -> None:
    queries = [
        JudgedQuery("1", "one", "topic"),
        JudgedQuery("2", "two", "topic"),
        JudgedQuery("3", "none", "no-answer"),
    ]
    found = {"one": ["a", "a", "b"], "two": ["x", "x", "b"], "none": []}

    figures = evaluate(queries, {"1": {"a": 1}, "2": {"b": 1}}, found.__getitem__)

    assert figures.as_json() == {
        "ndcg": round((1 + 1 / math.log2(3) + 1) / 3, 4),
        "mrr": 0.75,
        "p50_ms": figures.p50_ms,
        "p95_ms": figures.p95_ms,
        "by_category": {
            "topic": {"queries": 2, "ndcg": round((1 + 1 / math.log2(3)) / 2, 4)},
            "no-answer": {"queries": 1, "ndcg": 1.0},
        },
    }
    assert 0 <= figures.p50_ms <= figures.p95_ms


def test_query_without_answer_counts_nothing_when_something_is_found() -> None:
    figures = evaluate([JudgedQuery("1", "none", "no-answer")], {}, lambda _: ["a"])

    assert figures.by_category["no-answer"].ndcg == 0.0


def test_files_are_read_with_and_without_categories(tmp_path: Path) -> None:
    queries, plain, grades = tmp_path / "q.tsv", tmp_path / "p.tsv", tmp_path / "g.tsv"
    queries.write_text('query_id\tlang\tcategory\tquery\nd1\ten\ttopic\tthe "quoted one\n', encoding="utf-8")
    plain.write_text("query_id\tquery\n1\tслово\n", encoding="utf-8")
    grades.write_text("query_id\tdocument\tgrade\nd1\tITU-T G.652\t3\nd1\tITU-T G.653\t0\n", encoding="utf-8")

    assert read_queries(queries) == [JudgedQuery("d1", 'the "quoted one', "topic")]
    assert read_queries(plain) == [JudgedQuery("1", "слово")]
    assert read_judgements(grades) == {"d1": {"ITU-T G.652": 3, "ITU-T G.653": 0}}
