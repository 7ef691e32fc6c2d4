"""What a check is, what it looks at, what it finds. Pure values. Source: domain 4.4."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sgdocs.i18n import N_
from sgdocs.text.model import Reading

TEMPLATE = "ITU-T document template (2025-2028), domain 4.5"
DDP = "Direct Document Posting, domain 4.4"
A1 = "Rec. ITU-T A.1 (09/2019)"
ABSTRACT_WORDS = 200
LARGE_BYTES = 10_000_000
MANY_PAGES = 200
FORBIDDEN = "#%&*:<>?/{|}~\\+`^"


class Severity(StrEnum):
    """An error stops a document, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """What one check found. place: where in the file or form; mend: what to do. All words, in English."""

    id: str
    severity: str
    place: str
    found: str
    expected: str
    mend: str
    clause: str


@dataclass(frozen=True)
class Told:
    """What the form says. sources: for each one its names (name, acronym); questions: codes (`6/15`, `ALL/15`).

    kind: value of DocumentKind; number: the registered one, as people write it, "" before there is one.
    """

    kind: str = ""
    number: str = ""
    title: str = ""
    questions: tuple[str, ...] = ()
    sources: tuple[tuple[str, ...], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Gathering:
    """The meeting a document is for. group: of whose series it is; days as ISO, and as covers print them; unknown: words that name no Question;
    foreign: Questions of other groups.

    is_late: after its deadline, which was due_at under the clause; is_closed: so late that it is not taken at all;
    over: status of a meeting that takes no more; late_td, late_revision: what is marked, not refused.
    """

    code: str
    sector: str = ""
    group: str = ""
    starts_on: str = ""
    ends_on: str = ""
    days: str = ""
    unknown: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    due_at: datetime | None = None
    deadline_clause: str = ""
    is_late: bool = False
    is_closed: bool = False
    is_late_td: bool = False
    is_late_revision: bool = False
    over: str = ""


@dataclass(frozen=True)
class Membership:
    """Why the sources may not submit: rule (id) with its sentence and clause; "" when they may."""

    rule: str = ""
    says: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Stale:
    """A reference that is not current. status: value of ReferenceStatus; instead: what stands now."""

    words: str
    status: str
    instead: str = ""
    place: str = ""


@dataclass(frozen=True)
class CheckFacts:
    """All that the checks look at. told, gathering: None without a form or a meeting; those checks are then left out.

    taken_by: name of another document with the number on the cover; same_here, same_elsewhere: names of documents
    that have the very same file, in this meeting and in others.
    """

    name: str
    reading: Reading
    size_bytes: int = 0
    limit_bytes: int = 100_000_000
    told: Told | None = None
    gathering: Gathering | None = None
    membership: Membership | None = None
    taken_by: str = ""
    same_here: tuple[str, ...] = ()
    same_elsewhere: tuple[str, ...] = ()
    references: tuple[Stale, ...] = ()

    @property
    def is_word(self) -> bool:
        return self.reading.format == "docx" and not any(p.is_fatal for p in self.reading.problems)

    @property
    def has_cover(self) -> bool:
        """Whether the kind of document has a cover of a template, and one was found."""
        return self.is_word and self.wants_cover and self.reading.cover.template not in ("", "recommendation")

    @property
    def wants_cover(self) -> bool:
        return self.told is None or not self.told.kind or self.told.kind in WITH_COVER


WITH_COVER = frozenset({"contribution", "temporary-document", "rapporteur-group-document", "liaison-statement"})


@dataclass(frozen=True)
class Seen:
    """One thing a check came across. clause: where it is another than that of the check; severity likewise."""

    found: str
    expected: str = ""
    place: str = ""
    clause: str = ""


Finder = Callable[[CheckFacts], Iterable[Seen]]


@dataclass(frozen=True)
class Check:
    """A named check. says: what it is about; mend: what to do; theme: the first word of its id."""

    id: str
    severity: Severity
    says: str
    mend: str
    clause: str
    place: str
    may_be_overruled: bool
    find: Finder = field(repr=False)

    @property
    def theme(self) -> str:
        return self.id.split(".", 1)[0]

    def findings(self, facts: CheckFacts) -> Iterator[Finding]:
        for seen in self.find(facts):
            place, clause = seen.place or self.place, seen.clause or self.clause
            yield Finding(self.id, self.severity.value, place, seen.found, seen.expected, self.mend, clause)


THEMES = ("file", "cover", "form", "word", "deadline", "membership", "question", "reference")
_CHECKS: dict[str, Check] = {}


def check_that(
    id: str,
    severity: Severity,
    says: str,
    mend: str,
    clause: str,
    *,
    place: str = N_("cover"),
    may_be_overruled: bool = True,
) -> Callable[[Finder], Finder]:
    """Enter a check into the table; the id must be new."""

    def enter(find: Finder) -> Finder:
        if id in _CHECKS:
            raise ValueError(f"check {id} stands twice")
        _CHECKS[id] = Check(id, severity, says, mend, clause, place, may_be_overruled, find)
        return find

    return enter


def table() -> Sequence[Check]:
    """Every check, in the order of the themes."""
    return tuple(sorted(_CHECKS.values(), key=lambda each: THEMES.index(each.theme)))


def check_of(id: str) -> Check | None:
    return _CHECKS.get(id)


def quoted(words: Iterable[str], most: int = 5) -> str:
    """Some of the words, each in quotes."""
    given = list(words)
    more = f" … ({len(given)})" if len(given) > most else ""
    return ", ".join(f"“{word}”" for word in given[:most]) + more
