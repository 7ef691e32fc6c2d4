"""A query with the English words of what it says in another language. Pure.

The longest terms of the glossary are looked for, whatever their case, accents, endings or article; Chinese without
spaces is cut where a term begins or ends. A term of two words that is three in English becomes three clauses, each
of a typed word or an English one: so a text in either language holds them all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sgdocs.search.analysis import CJK, fold, is_stop_word, parts_of, phrase
from sgdocs.search.engine import Clause, Query, Term, TermKind
from sgdocs.search.glossary import Concept
from sgdocs.search.stopwords import BY_LANGUAGE

WEIGHT_WORD = 0.6
WEIGHT_PHRASE = 1.0
MOST_WORDS = 10
LONGEST_RUN = 20
LONGEST_QUERY = 400
MOST_TRANSLATIONS = 4
MOST_OPTIONS = 16
_CHINESE = re.compile(f"[{CJK}]")
SPACED = ("fr", "es", "ru", "ar")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A word of the query that carries meaning. at: its clause."""

    text: str
    at: int


class Lexicon:
    """A glossary made ready for looking up; build it once for each state of the glossary."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.terms: dict[str, dict[Key, dict[str, None]]] = {language: {} for language in SPACED}
        self.known: dict[str, set[str]] = {language: set() for language in ("en", *SPACED)}
        self.chinese: dict[str, dict[str, None]] = {}
        for concept in concepts:
            self._enter(concept)

    def _enter(self, concept: Concept) -> None:
        english = dict.fromkeys({key_in(form, "en"): form for form in reversed(concept.forms["en"])}.values())
        english = dict(reversed(english.items()))
        for form in concept.forms.get("zh", ()):
            self.chinese.setdefault(form.casefold(), {}).update(english)
        for language, known in self.known.items():
            for form in concept.forms.get(language, ()):
                key = key_in(form, language)
                known.update(key)
                if language in self.terms and key:
                    self.terms[language].setdefault(key, {}).update(english)

    def languages(self, words: Sequence[str]) -> list[str]:
        """The languages that know more of the words than English does, the best ones only."""
        counts = {language: sum(self._knows(word, language) for word in words) for language in self.known}
        most = max(counts.values())
        return [language for language in SPACED if counts[language] == most > counts["en"]]

    def _knows(self, word: str, language: str) -> bool:
        if is_stop_word(word):
            return fold(word) in BY_LANGUAGE[language]
        return any(stem(part, language) in self.known[language] for part in parts_of(word))


def key_in(text: str, language: str) -> Key:
    """The stems of the words that carry meaning."""
    return tuple(stem(part, language) for part in _meaning(parts_of(text)))


def stem(part: str, language: str) -> str:
    """One form for all endings, with accents or without; Arabic letters as written, for they tell an article."""
    forms = phrase(part if language == "ar" else fold(part), language)
    return forms[0].terms[0] if forms else part


def widened(query: Query, lexicon: Lexicon) -> Query:
    """The query with English words beside the typed ones; an exact query, phrases and prefixes stay as they are."""
    if query.exact:
        return query
    return replace(query, clauses=tuple(_spaced(_chinese(query.clauses, lexicon), lexicon)))


def _spaced(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    words = [_word(clause) for clause in clauses]
    found: dict[int, tuple[list[int], dict[str, None]]] = {}
    for language in lexicon.languages([word for word in words if word]):
        for at, (run, english) in _runs(words, lexicon.terms[language], language).items():
            if at not in found or len(found[at][0]) < len(run):
                found[at] = (run, dict(english))
    out: list[Clause] = []
    done: set[int] = set()
    for at, clause in enumerate(clauses):
        if at in found and not done & set(found[at][0]):
            run, english = found[at]
            out += _beside([clauses[each] for each in run], english)
            done.update(run)
        elif at not in done:
            out.append(clause)
    return out


def _runs(
    words: Sequence[str | None], terms: dict[Key, dict[str, None]], language: str
) -> dict[int, tuple[list[int], dict[str, None]]]:
    """First clause of each term found -> its clauses, its English words. The longest from the left."""
    parts = [Part(text, at) for at, word in enumerate(words) for text in _meaning(parts_of(word or ""))]
    stems = [stem(part.text, language) for part in parts]
    found: dict[int, tuple[list[int], dict[str, None]]] = {}
    start = 0
    while start < len(parts):
        for end in range(min(len(parts), start + MOST_WORDS), start, -1):
            english = terms.get(tuple(stems[start:end]))
            run = list(dict.fromkeys(part.at for part in parts[start:end]))
            if english and None not in words[run[0] : run[-1] + 1]:
                if run[0] in found:
                    english = found[run[0]][1] | english
                found[run[0]] = (run, english)
                start = end
                break
        else:
            start += 1
    return found


def _beside(typed: Sequence[Clause], english: Iterable[str]) -> list[Clause]:
    """As many clauses as the longest way of saying it has words; each holds one word of every way."""
    ways = [(form, _meaning(parts_of(form))) for form in list(english)[:MOST_TRANSLATIONS]]
    ways = [(form, words) for form, words in ways if words]
    many = max([len(typed), *(len(words) for _, words in ways)])
    out = []
    for place in range(many):
        more: dict[Term, None] = {}
        for form, words in ways:
            more[Term(words[place % len(words)], TermKind.WORD, WEIGHT_WORD)] = None
            if len(words) > 1:
                more[Term(form, TermKind.PHRASE, WEIGHT_PHRASE)] = None
        options = typed[place % len(typed)].options
        have = {(term.text.casefold(), term.kind) for term in options}
        new = [term for term in more if (term.text.casefold(), term.kind) not in have]
        out.append(Clause((options + tuple(new))[:MOST_OPTIONS]))
    return out


def _chinese(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """Chinese cut into the terms found in it and what stands between; as it was where there is none.

    A query holds a longer run as its pairs of characters, each a clause: they are put together again.
    """
    out: list[Clause] = []
    at = 0
    while at < len(clauses):
        run, end = _run(clauses, at)
        pieces = _cut(run, lexicon.chinese) if run else []
        if any(english for _, english in pieces):
            for text, english in pieces:
                out += _beside([Clause((Term(text),))], english) if english else _pairs(text)
        else:
            out += clauses[at:end]
        at = end
    return out


def _run(clauses: Sequence[Clause], at: int) -> tuple[str, int]:
    """The Chinese that begins with this clause, and where it ends; "" for another script."""
    run = _word(clauses[at]) or ""
    end = at + 1
    if not run or not all(map(_is_chinese, run)):
        return "", end
    while end < len(clauses) and len(run) < LONGEST_QUERY:
        more = _word(clauses[end]) or ""
        if len(more) != 2 or more[0] != run[-1] or not _is_chinese(more[1]):
            break
        run, end = run + more[1], end + 1
    return run, end


def _pairs(text: str) -> list[Clause]:
    return [Clause((Term(text[at : at + 2]),)) for at in range(max(1, len(text) - 1))]


def _cut(run: str, terms: dict[str, dict[str, None]]) -> list[tuple[str, dict[str, None]]]:
    """(text, English words) from left to right, the longest term first; stop words between are left out."""
    pieces: list[tuple[str, dict[str, None]]] = []
    rest, start = "", 0
    while start < len(run):
        ends = range(min(len(run), start + LONGEST_RUN), start + 1, -1)
        term = next((run[start:end] for end in ends if run[start:end] in terms), "")
        if not term:
            rest, start = rest + run[start], start + 1
            continue
        pieces += [(rest, {})] * (not _is_idle(rest))
        pieces.append((term, terms[term]))
        rest, start = "", start + len(term)
    return pieces + [(rest, {})] * (not _is_idle(rest))


def _is_idle(text: str) -> bool:
    return all(is_stop_word(c) for c in text)


def _is_chinese(text: str) -> bool:
    return bool(text) and _CHINESE.match(text) is not None


def _word(clause: Clause) -> str | None:
    """The typed word of a clause; None for a phrase, a prefix or typed alternatives."""
    typed = [term for term in clause.options if term.weight == 1.0 and term.kind is not TermKind.PHRASE]
    first = clause.options[0]
    return first.text if first.kind is TermKind.WORD and typed else None


def _meaning(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if not is_stop_word(part)]
