"""Checks of what travels with a Word file. Source: domain 4.4."""

from collections.abc import Callable, Iterator, Sequence

from sgdocs.documents.preflight.model import DDP, CheckFacts, Seen, Severity, check_that, quoted
from sgdocs.i18n import N_
from sgdocs.text.model import Noticed

RGM_RULES = "Direct Document Posting, rules of the rapporteur group sites, domain 4.4, 5.4"
TEXT, SETTINGS, PROPERTIES = N_("text"), N_("settings of the file"), N_("properties of the file")


def _some(of: Callable[[Noticed], Sequence[str]], expected: str) -> Callable[[CheckFacts], Iterator[Seen]]:
    """A finding when the file holds some of these, with the first of them."""

    def find(facts: CheckFacts) -> Iterator[Seen]:
        words = of(facts.reading.noticed)
        if facts.is_word and words:
            yield Seen(quoted(words), expected)

    return find


def _set(of: Callable[[Noticed], bool], found: str, expected: str) -> Callable[[CheckFacts], Iterator[Seen]]:
    def find(facts: CheckFacts) -> Iterator[Seen]:
        if facts.is_word and of(facts.reading.noticed):
            yield Seen(found, expected)

    return find


check_that(
    "word.tracked",
    Severity.WARNING,
    N_("No tracked changes are left."),
    N_(
        "Accept or reject the changes: Review, Accept, Accept All Changes and Stop Tracking. Leave them only if they are the proposal."
    ),
    RGM_RULES,
    place=TEXT,
)(_some(lambda n: [*n.insertions, *n.deletions], "no tracked changes"))
check_that(
    "word.tracking",
    Severity.NOTE,
    N_("Word does not track changes."),
    N_("Switch it off before you save: Review, Track Changes."),
    RGM_RULES,
    place=SETTINGS,
)(_set(lambda n: n.is_tracking, "changes are tracked", "not tracked"))
check_that(
    "word.comments",
    Severity.WARNING,
    N_("No comments are left in the margin."),
    N_("Delete them: Review, Delete, Delete All Comments in Document."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.comments, "no comments"))
check_that(
    "word.hidden",
    Severity.WARNING,
    N_("No words are hidden."),
    N_("Show hidden text, then delete it or make it visible: File, Inspect Document."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.hidden, "no hidden words"))
check_that(
    "word.highlighted",
    Severity.WARNING,
    N_("Nothing is marked in yellow."),
    N_("Fill in what the template marks, then take the mark away: Home, Text Highlight Color, No Color."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.highlighted, "no yellow marks"))
check_that(
    "word.placeholders",
    Severity.WARNING,
    N_("No words of the template are left."),
    N_("Replace what stands in brackets by your own words, or delete it."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.placeholders, "your own words"))
check_that(
    "word.broken-fields",
    Severity.WARNING,
    N_("Every cross-reference leads somewhere."),
    N_("Select all, press F9, and mend the references that still say “Error!”."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.broken_fields, "no “Error! …”"))
check_that(
    "word.linked",
    Severity.WARNING,
    N_("Pictures and objects are in the file, not linked from elsewhere."),
    N_("Embed them: File, Info, Edit Links to Files, Break Link. Nothing is fetched from outside here."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.linked, "everything inside the file"))
check_that(
    "word.missing-pictures",
    Severity.WARNING,
    N_("Every picture is in the file."),
    N_("Insert the picture again."),
    DDP,
    place=TEXT,
)(_some(lambda n: n.missing_pictures, "every picture in the file"))
check_that(
    "word.authors",
    Severity.NOTE,
    N_("No names of persons travel with the file, unless you want it."),
    N_("Take them out: File, Info, Inspect Document, Document Properties and Personal Information."),
    DDP,
    place=PROPERTIES,
)(_some(lambda n: n.authors, "no names"))
check_that(
    "word.macros",
    Severity.ERROR,
    N_("The file has no macros."),
    N_("Save it as .docx (not .docm)."),
    DDP,
    place=TEXT,
)(_set(lambda n: n.has_macros, "macros", "no macros"))
check_that(
    "word.protected",
    Severity.WARNING,
    N_("The file is not protected against editing."),
    N_("Take the protection off: Review, Restrict Editing, Stop Protection."),
    DDP,
    place=SETTINGS,
)(_set(lambda n: n.is_protected, "protected", "not protected"))
check_that(
    "word.signed",
    Severity.NOTE,
    N_("A signed file is served as it is, without the number on its cover."),
    N_("Nothing, if the signature matters; else save it without."),
    "sgdocs",
    place=PROPERTIES,
)(_set(lambda n: n.is_signed, "a signature", "a file that can be stamped"))
