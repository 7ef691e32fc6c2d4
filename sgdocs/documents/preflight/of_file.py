"""Checks of the file as such. Source: domain 4.4."""

from collections.abc import Iterator

from sgdocs.documents.preflight.model import (
    DDP,
    FORBIDDEN,
    LARGE_BYTES,
    MANY_PAGES,
    CheckFacts,
    Seen,
    Severity,
    check_that,
)
from sgdocs.i18n import N_
from sgdocs.text.formats import NAMED

MEGABYTE_BYTES = 1_000_000
ENCRYPTED = frozenset({"file.encrypted", "zip.encrypted"})
EMPTY = "file.empty"
FILE, FILE_NAME = N_("file"), N_("file name")


@check_that(
    "file.empty",
    Severity.ERROR,
    N_("The file holds something."),
    N_("Save the document again and upload that file."),
    DDP,
    place=FILE,
)
def _empty(facts: CheckFacts) -> Iterator[Seen]:
    if any(p.id == EMPTY for p in facts.reading.problems):
        yield Seen("0 bytes")


@check_that(
    "file.encrypted",
    Severity.ERROR,
    N_("The file needs no password."),
    N_("Save the document without a password."),
    DDP,
    place=FILE,
)
def _encrypted(facts: CheckFacts) -> Iterator[Seen]:
    yield from (Seen(p.says) for p in facts.reading.problems if p.id in ENCRYPTED)


@check_that(
    "file.opens",
    Severity.ERROR,
    N_("The file can be opened, and is what its name says."),
    N_("Open the document in Word, save it as .docx under a new name and upload that file."),
    DDP,
    place=FILE,
)
def _opens(facts: CheckFacts) -> Iterator[Seen]:
    known = ENCRYPTED | {EMPTY, "file.size", "file.name"}
    yield from (Seen(p.says) for p in facts.reading.problems if p.is_fatal and p.id not in known)


@check_that(
    "file.size",
    Severity.ERROR,
    N_("The file is not larger than is taken here."),
    N_("Make the pictures smaller, or split the document."),
    "sgdocs (a setting)",
    place=FILE,
    may_be_overruled=False,
)
def _size(facts: CheckFacts) -> Iterator[Seen]:
    if facts.size_bytes > facts.limit_bytes:
        limit = facts.limit_bytes // MEGABYTE_BYTES
        yield Seen(f"{-(-facts.size_bytes // MEGABYTE_BYTES)} MB", f"{limit} MB")


@check_that(
    "file.large",
    Severity.NOTE,
    N_("The file is small enough for people on slow lines."),
    N_("Compress the pictures: in Word, Picture Format, Compress Pictures."),
    "sgdocs",
    place=FILE,
)
def _large(facts: CheckFacts) -> Iterator[Seen]:
    if LARGE_BYTES < facts.size_bytes <= facts.limit_bytes:
        yield Seen(f"{facts.size_bytes // MEGABYTE_BYTES} MB", f"{LARGE_BYTES // MEGABYTE_BYTES} MB")


@check_that(
    "file.pages",
    Severity.NOTE,
    N_("The document is short enough to be read in a meeting."),
    N_("Put what few people need into an annex in a file of its own."),
    "sgdocs",
    place=FILE,
)
def _pages(facts: CheckFacts) -> Iterator[Seen]:
    pages = facts.reading.noticed.pages
    if facts.is_word and facts.wants_cover and pages > MANY_PAGES:
        yield Seen(f"{pages} pages, as Word counted", f"at most {MANY_PAGES}")


@check_that(
    "file.name",
    Severity.WARNING,
    N_("The name of the file has no character that some systems refuse."),
    N_("Use letters, digits, hyphens and underscores; the system gives the file its own name."),
    "Direct Document Posting, rules of the rapporteur group sites, domain 4.4, 5.4",
    place=FILE_NAME,
)
def _name(facts: CheckFacts) -> Iterator[Seen]:
    wrong = [letter for letter in dict.fromkeys(facts.name) if letter in FORBIDDEN or not letter.isprintable()]
    if wrong or any(p.id == "file.name" for p in facts.reading.problems):
        yield Seen(facts.name[:200], "no " + " ".join(letter if letter.isprintable() else "·" for letter in wrong))


@check_that(
    "file.word",
    Severity.WARNING,
    N_("The document is a Word file (.docx)."),
    N_("Upload the .docx: it can be checked, numbered, searched by clause and compared."),
    DDP,
    place=FILE,
)
def _word(facts: CheckFacts) -> Iterator[Seen]:
    reading = facts.reading
    if facts.wants_cover and reading.format != "docx" and not any(p.is_fatal for p in reading.problems):
        yield Seen(NAMED.get(reading.format, reading.media_type), NAMED["docx"])


@check_that(
    "file.text",
    Severity.WARNING,
    N_("The text can be read, so that the document is found by its words."),
    N_("Upload a file with text in it; a scanned page has none."),
    "sgdocs",
    place=FILE,
)
def _text(facts: CheckFacts) -> Iterator[Seen]:
    problems = facts.reading.problems
    if not any(p.is_fatal for p in problems):
        yield from (Seen(p.says) for p in problems if p.id.startswith("text.") and p.id != "text.cover")


@check_that(
    "file.same-here",
    Severity.ERROR,
    N_("The very same file was not submitted to this meeting before."),
    N_("Upload the file you meant, or send it as a revision of the document that has it."),
    "sgdocs",
    place=FILE,
)
def _same_here(facts: CheckFacts) -> Iterator[Seen]:
    yield from (Seen(name, "a file that is not there yet") for name in facts.same_here[:5])


@check_that(
    "file.same-elsewhere",
    Severity.NOTE,
    N_("The very same file was not submitted elsewhere before."),
    N_(
        "If it goes to several groups, say which one is primary: the others get a sheet with title, source and summary."
    ),
    "Rec. ITU-T A.1 (09/2019) 3.2.9, domain 4.3",
    place=FILE,
)
def _same_elsewhere(facts: CheckFacts) -> Iterator[Seen]:
    yield from (Seen(name, "a file that is not there yet") for name in facts.same_elsewhere[:5])
