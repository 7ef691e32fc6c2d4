"""How well a search answers judged queries: nDCG@10, MRR and latencies. Pure but for the search it is given."""

import csv
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEPTH = 10
ALL = "all"
Search = Callable[[str], Sequence[str]]
Judgements = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class JudgedQuery:
    """category: as the file names it; `all` when it has no such column."""

    id: str
    text: str
    category: str = ALL


@dataclass(frozen=True)
class Answer:
    """ndcg is None for a query without relevant documents: then nothing should be found."""

    query: JudgedQuery
    found: tuple[str, ...]
    ndcg: float | None
    reciprocal: float
    ms: float


@dataclass(frozen=True)
class CategoryFigures:
    queries: int
    ndcg: float


@dataclass(frozen=True)
class Figures:
    """Means over the queries that have an answer; a query without one counts 1 when nothing is found, else 0."""

    ndcg: float
    mrr: float
    p50_ms: float
    p95_ms: float
    by_category: Mapping[str, CategoryFigures]
    answers: tuple[Answer, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, object]:
        """The shape that `sgdocs index evaluate --json` prints."""
        return {
            "ndcg": self.ndcg,
            "mrr": self.mrr,
            "p50_ms": self.p50_ms,
            "p95_ms": self.p95_ms,
            "by_category": {
                name: {"queries": each.queries, "ndcg": each.ndcg} for name, each in self.by_category.items()
            },
        }


def read_queries(path: Path) -> list[JudgedQuery]:
    """Tab-separated with a header: query_id, query and perhaps category."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [JudgedQuery(row["query_id"], row["query"], row.get("category") or ALL) for row in rows]


def read_judgements(path: Path) -> Judgements:
    """Tab-separated with a header: query_id, document, grade (0 is not relevant)."""
    judged: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            judged.setdefault(row["query_id"], {})[row["document"]] = int(row["grade"])
    return judged


def evaluate(queries: Sequence[JudgedQuery], judgements: Judgements, search: Search) -> Figures:
    """search: query text -> documents, best first, under the names that the judgements use.

    A document that comes twice counts once, at its first place.
    """
    return figures([_answered(query, judgements.get(query.id, {}), search) for query in queries])


def figures(answers: Sequence[Answer]) -> Figures:
    by_category: dict[str, list[Answer]] = {}
    for answer in answers:
        by_category.setdefault(answer.query.category, []).append(answer)
    times = sorted(answer.ms for answer in answers)
    return Figures(
        ndcg=_mean(map(_worth, answers)),
        mrr=_mean(answer.reciprocal for answer in answers if answer.ndcg is not None),
        p50_ms=_percentile(times, 0.5),
        p95_ms=_percentile(times, 0.95),
        by_category={
            name: CategoryFigures(len(group), _mean(map(_worth, group))) for name, group in sorted(by_category.items())
        },
        answers=tuple(answers),
    )


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Gain 2^grade - 1, discount log2(place + 1), against the best order there could be.

    Source: Burges and others, "Learning to rank using gradient descent", 2005 (the usual form).
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(document, 0) for document in found[:depth]]) / best if best else 0.0


def _answered(query: JudgedQuery, grades: Mapping[str, int], search: Search) -> Answer:
    started = time.perf_counter()
    found = tuple(dict.fromkeys(search(query.text)))
    ms = (time.perf_counter() - started) * 1000
    relevant = {document for document, grade in grades.items() if grade > 0}
    if not relevant:
        return Answer(query, found, None, 0.0, ms)
    first = next((place for place, document in enumerate(found, 1) if document in relevant), None)
    return Answer(query, found, ndcg(found, grades), 1 / first if first else 0.0, ms)


def _worth(answer: Answer) -> float:
    return answer.ndcg if answer.ndcg is not None else float(not answer.found)


def _gain(grades: Iterable[int]) -> float:
    return sum((float(2**grade) - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1) if grade > 0)


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return round(sum(kept) / len(kept), 4) if kept else 0.0


def _percentile(ordered: Sequence[float], part: float) -> float:
    """The nearest rank."""
    return round(ordered[max(0, math.ceil(part * len(ordered)) - 1)], 2) if ordered else 0.0
