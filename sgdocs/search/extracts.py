"""Extracts with the words marked, from the text as it was given. Pure."""

from collections.abc import Callable, Iterable, Mapping

from sgdocs.search.analysis import PLAIN, beginning, fold, forms, marker, phrase, words_of
from sgdocs.search.engine import LANGUAGES, Clause, Extract, Piece, TermKind

WIDTH = 260
LEAD = 60
LONGEST_READ = 40_000
Span = tuple[int, int]
IsAsked = Callable[[str, str], bool]


def asked_by(clauses: Iterable[Clause]) -> IsAsked:
    """A test whether a written word is one of those that the clauses ask for; answers are remembered."""
    terms, prefixes = set[str](), set[str]()
    for option in (option for clause in clauses for option in clause.options):
        if option.kind is TermKind.PREFIX:
            prefixes.add(beginning(option.text))
            continue
        for language in (*LANGUAGES, PLAIN):
            found = phrase(option.text, language) if option.kind is TermKind.PHRASE else forms(option.text, language)
            terms.update(term for form in found for term in form.terms)
    test, known = marker(frozenset(terms), tuple(prefixes)), dict[tuple[str, str], bool]()

    def is_asked(word: str, language: str) -> bool:
        key = (word, language)
        if key not in known:
            known[key] = test(word, language)
        return known[key]

    return is_asked


def title(titles: Mapping[str, str], is_asked: IsAsked) -> Extract | None:
    """The whole title with its marks; of several languages the one with the most marks."""
    found = [(language, text, spans(text, language, is_asked)) for language, text in titles.items() if text]
    if not found:
        return None
    language, text, marks = max(found, key=lambda each: (len(each[2]), each[0] == "en"))
    return Extract("title", language, _pieces(text, marks, 0, len(text)))


def body(bodies: Mapping[str, str], is_asked: IsAsked) -> Extract | None:
    """About `WIDTH` characters around the most of the words; the beginning when none is there."""
    found = [(language, text, spans(text, language, is_asked)) for language, text in bodies.items() if text]
    if not found:
        return None
    language, text, marks = max(found, key=lambda each: (len(each[2]), each[0] == "en"))
    start, end = _window(text, marks)
    pieces = _pieces(text, marks, start, end)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return Extract("body", language, before + pieces + after)


def spans(text: str, language: str, is_asked: IsAsked) -> list[Span]:
    """Where the words asked for stand, in order; touching marks are one."""
    out: list[Span] = []
    for match in words_of(text[:LONGEST_READ]):
        word, start = match[0], match.start()
        inner = [(start, match.end())] if word[0] < "\u3400" or word[0] > "\uffdc" else _pairs(word, start)
        for first, last in inner:
            if is_asked(text[first:last], language):
                if out and out[-1][1] >= first:
                    out[-1] = (out[-1][0], last)
                else:
                    out.append((first, last))
    return out


def _pairs(run: str, start: int) -> list[Span]:
    """Chinese runs are marked by pairs of characters."""
    return [(start + i, start + i + 2) for i in range(len(run) - 1)] or [(start, start + 1)]


def _window(text: str, marks: list[Span]) -> Span:
    """The stretch with the most different marked words, cut at spaces."""
    if len(text) <= WIDTH:
        return 0, len(text)
    best, start = 0, 0
    for first, _ in marks:
        here = {fold(text[a:b]) for a, b in marks if first <= a and b <= first + WIDTH - LEAD}
        if len(here) > best:
            best, start = len(here), max(0, first - LEAD)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + WIDTH // 2)
    return start, end


def _pieces(text: str, marks: list[Span], start: int, end: int) -> tuple[Piece, ...]:
    pieces, at = [], start
    for first, last in marks:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], marked=True)]
        at = last
    pieces.append(Piece(text[at:end]))
    return tuple(piece for piece in pieces if piece.text)
