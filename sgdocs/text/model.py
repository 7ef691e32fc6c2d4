"""What reading a file gives: its cover, its clauses, what was noticed. Plain values that cross process borders."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Contact:
    """A contact on a cover, line by line."""

    name: str = ""
    organisation: str = ""
    country: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Cover:
    """The cover of a document as it was read; "" or () where nothing stands. Source: domain 4.5 to 4.7.

    number: as printed (`SG12-C45`, `5D/123-E`); questions: as codes (`6/13`, `ALL/13`); kind: document class as
    printed (CONTRIBUTION, TD, LIAISON STATEMENT); deadline: ISO day if it could be read, else as printed;
    language: of the original, ISO code; for_action, for_comment, for_information: addressees of a liaison statement;
    origins: field -> where it was read (`style`, `label`, `property`, `file-name`); placeholders: fields that still
    hold the words of the template.
    """

    number: str = ""
    kind: str = ""
    sector: str = ""
    group: str = ""
    period: str = ""
    questions: tuple[str, ...] = ()
    place_date: str = ""
    starts_on: str = ""
    ends_on: str = ""
    source: str = ""
    title: str = ""
    purpose: str = ""
    keywords: str = ""
    abstract: str = ""
    contacts: tuple[Contact, ...] = ()
    language: str = ""
    received: str = ""
    document_date: str = ""
    subject: str = ""
    reference: str = ""
    working_party: str = ""
    for_action: tuple[str, ...] = ()
    for_comment: tuple[str, ...] = ()
    for_information: tuple[str, ...] = ()
    approval: str = ""
    deadline: str = ""
    template: str = ""
    origins: dict[str, str] = field(default_factory=dict)
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A clause, page, slide or sheet. level: depth of its heading, 0 before the first; anchor: `c-6.2`, `p-3`, `start`.

    text: a paragraph to a line, without the heading; a line that holds tabs is a row of a table with its cells between
    them, an empty line parts two tables. kind: clause, references, definitions, annex (also what stands under one of
    these), page, slide, sheet, text (before the first heading), file (a member of an archive), margin (headers and
    footers), comments.
    """

    number: str = ""
    title: str = ""
    text: str = ""
    level: int = 0
    anchor: str = ""
    kind: str = "clause"
    page: int | None = None


@dataclass(frozen=True)
class Noticed:
    """What the preflight wants to know of a Word file: places are words from the text, at most 20 of each."""

    insertions: tuple[str, ...] = ()
    deletions: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    highlighted: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    missing_pictures: tuple[str, ...] = ()
    broken_fields: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    is_tracking: bool = False
    has_macros: bool = False
    is_signed: bool = False
    is_protected: bool = False
    abstract_words: int = 0
    pages: int = 0


@dataclass(frozen=True)
class Problem:
    """Why a file, or a part of it, could not be read. id: of the finding (`file.encrypted`); says: in words."""

    id: str
    says: str
    is_fatal: bool = True


@dataclass(frozen=True)
class Reading:
    """All that one file gave. format: docx, doc, pdf, pptx, xlsx, odt, html, txt, zip, or "" when unknown.

    units: () with a problem when no text could be read; language: of the text, ISO code or "".
    """

    format: str
    media_type: str
    cover: Cover = field(default_factory=Cover)
    noticed: Noticed = field(default_factory=Noticed)
    units: tuple[Unit, ...] = ()
    characters: int = 0
    language: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Stamp:
    """What the system writes into the cover of the copy. Each "" is left as it is. Source: domain 4.5."""

    number: str
    place_date: str = ""
    kind: str = ""
    original: str = ""
    questions: str = ""
    source: str = ""
    title: str = ""


@dataclass(frozen=True)
class Label:
    """What is written into a translated copy. note: told at its head and on every page; language: of the copy, ISO code."""

    note: str
    language: str
