"""A query as the conditions of an SQL statement. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sgdocs.search.analysis import PLAIN, Form, beginning, forms, is_stop_word, phrase
from sgdocs.search.engine import LANGUAGES, Clause, Filter, Query, Term, TermKind
from sgdocs.search.postgres_schema import SEPARATOR, lexeme

HEAD = "ABC"


@dataclass(frozen=True)
class Asked:
    """words, beginnings: tsquery texts for `vector` and `surfaces`; empty when there is none."""

    words: str
    beginnings: str
    needed: bool


@dataclass
class Conditions:
    """Pieces of SQL and their parameters, named as they are added."""

    values: dict[str, object] = field(default_factory=dict)

    def put(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def holds(self, asked: Asked) -> str:
        """True where a clause holds; false everywhere when nothing is left of it."""
        parts = [
            f"{column} @@ CAST({self.put(query)} AS tsquery)"
            for column, query in (("vector", asked.words), ("surfaces", asked.beginnings))
            if query
        ]
        return "(" + " OR ".join(parts) + ")" if parts else "false"

    def seen(self, query: Query, audiences: Sequence[str]) -> str:
        """What the audiences may see, within the dates."""
        parts = [f"audience = ANY({self.put(list(audiences))})"]
        if query.since:
            parts.append(f"day >= {self.put(query.since)}")
        if query.until:
            parts.append(f"day <= {self.put(query.until)}")
        parts += [f"NOT {self.holds(asked_by(Clause((term,))))}" for term in query.excluded]
        return " AND ".join(parts)

    def filters(self, filters: Sequence[Filter]) -> Mapping[str, str]:
        """Facet -> its condition."""
        by_facet: dict[str, list[str]] = {}
        for each in filters:
            labels = [each.facet + SEPARATOR + value.casefold() for value in each.values]
            condition = f"folded && CAST({self.put(labels)} AS text[])"
            by_facet.setdefault(each.facet, []).append(f"NOT ({condition})" if each.excluded else condition)
        return {facet: " AND ".join(parts) for facet, parts in by_facet.items()}


def asked_by(clause: Clause, *, head_only: bool = False) -> Asked:
    weights = HEAD if head_only else ""
    words, beginnings = dict[str, None](), dict[str, None]()
    for term in clause.options:
        if term.kind is TermKind.PREFIX:
            beginnings[f"{lexeme(beginning(term.text))}:*{'A' if head_only else ''}"] = None
        else:
            words.update(dict.fromkeys(_form(form, weights) for form in _forms(term)))
    needed = not all(term.kind is TermKind.WORD and is_stop_word(term.text) for term in clause.options)
    return Asked(" | ".join(words), " | ".join(beginnings), needed)


def _forms(term: Term) -> list[Form]:
    read = phrase if term.kind is TermKind.PHRASE else forms
    return [form for language in (*LANGUAGES, PLAIN) for form in read(term.text, language)]


def _form(form: Form, weights: str) -> str:
    marked = [lexeme(term) + (f":{weights}" if weights else "") for term in form.terms]
    return "(" + " <-> ".join(marked) + ")" if len(marked) > 1 else marked[0]
