"""Reading the cover of a Word file: styles, then labels, then properties, then its name. Source: domain 4.5 to 4.7."""

import re
from dataclasses import replace
from typing import Any

from sgdocs.text.contacts import read_contact
from sgdocs.text.cover_head import by_place, by_radio_place, is_radio
from sgdocs.text.cover_labels import by_labels, label_of, to_the_reader, values_after
from sgdocs.text.cover_properties import by_properties
from sgdocs.text.cover_styles import by_styles
from sgdocs.text.days import iso_day, read_days
from sgdocs.text.found import Found
from sgdocs.text.labels import class_of
from sgdocs.text.model import Contact, Cover, Noticed
from sgdocs.text.noticing import notice
from sgdocs.text.numbers import group_of, named_by
from sgdocs.text.page import Page
from sgdocs.text.published import by_published
from sgdocs.text.questions import read_questions
from sgdocs.text.word_file import WordFile, open_word

_PERIODS = {"2025": "itu-t-2025", "2022": "itu-t-2022", "2017": "itu-t-2017"}


def read_cover(data: bytes, name: str) -> tuple[Cover, Noticed]:
    """What stands on the cover and what the preflight should know. name: as uploaded.

    Never raises: of a file that cannot be opened only its name is read.
    """
    file = open_word(data)
    if file is None:
        return _by_name(name, Found(), Cover()), Noticed()
    cover = cover_of(file, name)
    return cover, notice(file, cover)


def cover_of(file: WordFile, name: str) -> Cover:
    """The cover of an opened file."""
    page, found = Page(file), Found()
    radio = is_radio(page)
    by_styles(page, found, is_radio=radio)
    if radio:
        by_radio_place(page, found)
    by_labels(page, found, is_radio=radio)
    to_the_reader(found)
    if not radio:
        by_place(page, found)
        by_published(page, found)
    contacts, open_contacts = _contacts(page)
    if open_contacts:
        found.templates["contact"] = None
    template = _template(found, contacts, radio=radio)
    if template != "recommendation":
        by_properties(file.core(), file.custom(), found)
    return _by_name(
        name, found, Cover(contacts=contacts, template=template, sector=_sector(found, template, radio=radio))
    )


def _contacts(page: Page) -> tuple[tuple[Contact, ...], bool]:
    """The contacts in order, and whether a contact row still holds the template's words."""
    read: list[Contact] = []
    is_open = False
    for row in page.rows:
        for place, cell in enumerate(row.cells):
            if label_of(cell) == "contact":
                values = [c.text for c in values_after(row, place) if c.text and not c.is_ghost]
                contact = read_contact(values)
                read += [contact] if contact else []
                is_open = is_open or (contact is None and bool(values))
            elif cell.text and _led(cell.text):
                contact = read_contact([cell.text.partition(":")[2]])
                read += [contact] if contact else []
    return tuple(dict.fromkeys(read)), is_open


def _led(text: str) -> bool:
    """`Contact: A. Name …` in one cell or line."""
    return bool(re.match(r"(?:contact|contacto|контакт(?:ы)?|联系人)\s*[:\uff1a]\s*\S", text, re.IGNORECASE))


def _by_name(name: str, found: Found, cover: Cover) -> Cover:
    """What is still missing comes from the file name; then everything is given its form."""
    named = named_by(name)
    found.offer("number", named.number, "file-name")
    found.offer("language", named.language, "file-name")
    found.offer("group", group_of(found["number"]) or named.group, found.origins.get("number", "file-name"))
    sector = cover.sector or named.sector
    return _formed(found, replace(cover, sector=sector))


def _formed(found: Found, cover: Cover) -> Cover:
    group = _group(found["group"])
    days = read_days(found["place_date"])
    plain: dict[str, Any] = {name: found[name] for name in _PLAIN}
    return replace(
        cover,
        **plain,
        group=group,
        questions=read_questions(found["questions"], re.sub(r"^SG|^COM", "", group)),
        starts_on=days.starts_on.isoformat() if days.starts_on else "",
        ends_on=days.ends_on.isoformat() if days.ends_on else "",
        for_action=_addressees(found["for_action"]),
        for_comment=_addressees(found["for_comment"]),
        for_information=_addressees(found["for_information"]),
        deadline=iso_day(found["deadline"]),
        origins=dict(found.origins),
        placeholders=found.placeholders,
    )


_PLAIN = (
    "number",
    "kind",
    "period",
    "place_date",
    "source",
    "title",
    "purpose",
    "keywords",
    "abstract",
    "language",
    "received",
    "document_date",
    "subject",
    "reference",
    "working_party",
    "approval",
)


def _group(text: str) -> str:
    """`SG13` of `13`, `ITU-T SG13` or `Study Group 13`."""
    if re.match(r"WP|TSAG|RAG", text):
        return text
    number = re.search(r"\d{1,2}", text)
    return f"SG{int(number[0])}" if number else text


def _addressees(text: str) -> tuple[str, ...]:
    """Addressees, comma separated; a number after a comma belongs to the one before (`Q8, 9, 10/16`)."""
    pieces = (piece.strip(" .") for piece in re.split(r"[;；،、\n]|,(?!\s*\d+\s*(?:[/,]|$))", text))
    return tuple(piece for piece in pieces if piece and piece.casefold() not in ("-", "–", "n/a", "none"))


def _sector(found: Found, template: str, *, radio: bool) -> str:
    return "R" if radio else "T" if template.startswith(("itu-t", "liaison", "rgm")) else ""


def _template(found: Found, contacts: tuple[Contact, ...], *, radio: bool) -> str:
    """Which of the known covers it is; "" when it is none. Source: domain 4.5 to 4.7."""
    seen = {*found.origins, *found.templates}
    if radio:
        return "itu-r"
    if found["kind"] == "recommendation":
        return "recommendation"
    if class_of(found["kind"]) == "liaison-statement":
        return (
            "liaison"
            if {"for_action", "for_information", "for_comment", "approval"} & seen and "group" in seen
            else "letter"
        )
    if len({"questions", "source", "title", "number", "place_date"} & seen) < 3:
        return ""
    if class_of(found["kind"]) == "rapporteur-group-document":
        return "rgm"
    return _PERIODS.get(found["period"][:4], "itu-t-old" if not found["period"] else "itu-t")
