"""Checks of the cover by itself. Source: domain 4.4 to 4.7."""

from collections.abc import Iterator

from sgdocs.documents.preflight.languages import is_english
from sgdocs.documents.preflight.model import (
    A1,
    ABSTRACT_WORDS,
    DDP,
    TEMPLATE,
    CheckFacts,
    Seen,
    Severity,
    check_that,
)
from sgdocs.i18n import N_

NO_ABSTRACT = ("itu-r", "letter")
ON_COVER = ("style", "label")


def _is_missing(facts: CheckFacts, name: str) -> bool:
    """Not on the cover itself; the properties of a file are often those of an older one."""
    return facts.has_cover and facts.reading.cover.origins.get(name) not in ON_COVER


@check_that(
    "cover.template",
    Severity.WARNING,
    N_("The document has the cover of its template."),
    N_("Take the template from the page of the meeting and paste your text into it."),
    TEMPLATE,
)
def _template(facts: CheckFacts) -> Iterator[Seen]:
    if facts.is_word and facts.wants_cover and not facts.has_cover:
        kind = facts.reading.cover.kind if facts.reading.cover.template == "recommendation" else ""
        yield Seen(f"the cover of a {kind}" if kind else "no cover", "the cover of the template")


@check_that(
    "cover.title",
    Severity.ERROR,
    N_("The cover has a title."),
    N_("Write the title into its row."),
    TEMPLATE,
    place=N_("Title"),
)
def _title(facts: CheckFacts) -> Iterator[Seen]:
    if _is_missing(facts, "title"):
        yield Seen(_left(facts, "title"), "a title")


@check_that(
    "cover.source",
    Severity.ERROR,
    N_("The cover says who submits."),
    N_("Write the member into the row “Source”."),
    TEMPLATE,
    place=N_("Source"),
)
def _source(facts: CheckFacts) -> Iterator[Seen]:
    if _is_missing(facts, "source"):
        yield Seen(_left(facts, "source"), "who submits")


@check_that(
    "cover.question",
    Severity.WARNING,
    N_("The cover names its Questions."),
    N_("Write them into the row “Question(s)”: 6/15, 7/15; or N/A."),
    TEMPLATE,
    place=N_("Question(s)"),
)
def _question(facts: CheckFacts) -> Iterator[Seen]:
    if (
        facts.reading.cover.sector != "R"
        and facts.reading.cover.template != "letter"
        and _is_missing(facts, "questions")
    ):
        yield Seen(_left(facts, "questions"), "6/15, 7/15 or N/A")


@check_that(
    "cover.abstract",
    Severity.WARNING,
    N_("The cover has an abstract."),
    N_("Say in some sentences what the document proposes."),
    TEMPLATE,
    place=N_("Abstract"),
)
def _abstract(facts: CheckFacts) -> Iterator[Seen]:
    if facts.reading.cover.template not in NO_ABSTRACT and _is_missing(facts, "abstract"):
        yield Seen(_left(facts, "abstract"), f"at most {ABSTRACT_WORDS} words")


@check_that(
    "cover.abstract-length",
    Severity.WARNING,
    N_("The abstract is short."),
    N_("Shorten the abstract; details belong into the text."),
    f"{DDP}; {TEMPLATE}",
    place=N_("Abstract"),
)
def _abstract_length(facts: CheckFacts) -> Iterator[Seen]:
    words = facts.reading.noticed.abstract_words
    if facts.has_cover and words > ABSTRACT_WORDS:
        yield Seen(f"{words} words", f"at most {ABSTRACT_WORDS} words")


@check_that(
    "cover.contact",
    Severity.WARNING,
    N_("The cover says whom to ask."),
    N_("Write name, organisation and country into the row “Contact”."),
    TEMPLATE,
    place=N_("Contact"),
)
def _contact(facts: CheckFacts) -> Iterator[Seen]:
    cover = facts.reading.cover
    if (
        facts.has_cover
        and cover.sector != "R"
        and cover.template != "letter"
        and not any(c.name for c in cover.contacts)
    ):
        yield Seen(_left(facts, "contact"), "a name")


@check_that(
    "cover.contact-email",
    Severity.WARNING,
    N_("Each contact has an e-mail address."),
    N_("Add the address after “E-mail:”."),
    TEMPLATE,
    place=N_("Contact"),
)
def _contact_email(facts: CheckFacts) -> Iterator[Seen]:
    for contact in facts.reading.cover.contacts if facts.has_cover else ():
        if contact.name and not contact.email:
            yield Seen(contact.name, "an e-mail address")


@check_that(
    "cover.title-english",
    Severity.WARNING,
    N_("The title is in English, whatever the language of the text."),
    N_("Give the title in English; titles in other languages have fields of their own."),
    f"{DDP}; domain 8.3",
    place=N_("Title"),
)
def _title_english(facts: CheckFacts) -> Iterator[Seen]:
    title = (facts.told.title if facts.told else "") or facts.reading.cover.title
    if (facts.has_cover or facts.told) and title and not is_english(title):
        yield Seen(title, "a title in English")


@check_that(
    "cover.language",
    Severity.NOTE,
    N_("The text is in the language that the cover names."),
    N_("Correct “Original: …” on the cover."),
    TEMPLATE,
    place=N_("Original"),
)
def _language(facts: CheckFacts) -> Iterator[Seen]:
    said, read = facts.reading.cover.language, facts.reading.language
    if facts.has_cover and said and read and said != read and facts.reading.cover.origins.get("language") in ON_COVER:
        yield Seen(read, said)


@check_that(
    "cover.number-taken",
    Severity.ERROR,
    N_("The number on the cover is not that of another document."),
    N_("Delete the number: the system writes the right one."),
    f"{A1} clause 3, domain DOC-3",
    place=N_("Number"),
)
def _number_taken(facts: CheckFacts) -> Iterator[Seen]:
    if facts.taken_by:
        yield Seen(f"{facts.reading.cover.number} ({facts.taken_by})", facts.told.number if facts.told else "")


def _left(facts: CheckFacts, name: str) -> str:
    """What stands there instead: the words of the template, or nothing."""
    return "the words of the template" if name in facts.reading.cover.placeholders else "nothing"
