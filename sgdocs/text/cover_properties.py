"""Fields by the properties of a file, custom before core. They are often stale: they come third. Source: domain 4.5, P3."""

import re
from collections.abc import Mapping

from sgdocs.text.found import Found
from sgdocs.text.labels import LANGUAGE_NAMES, field_of
from sgdocs.text.numbers import group_of

_CUSTOM = {
    "docnum": "number",
    "docbluepink": "questions",
    "docdest": "place_date",
    "docauthor": "source",
}
_COMMENTS = re.compile(r"^(?P<number>\S+)?\s*For:\s*(?P<for>[^\n]*)", re.IGNORECASE)


def by_properties(core: Mapping[str, str], custom: Mapping[str, str], found: Found) -> None:
    for name, value in custom.items():
        field = _CUSTOM.get(name.casefold())
        if field and (field != "number" or re.search(r"\d", value)):
            found.offer(field, value, "property")
        if name.casefold() == "docorlang":
            found.offer("language", _language(value), "property")
    written = _COMMENTS.match(core.get("comments", "").strip())
    if written:
        if written["number"] and re.search(r"\d$", written["number"]):
            found.offer("number", written["number"], "property")
        found.offer("place_date", re.split(r"\s*Document date:", written["for"])[0], "property")
        found.offer("source", core.get("author", ""), "property")
    if not field_of(core.get("title", "")):
        found.offer("title", core.get("title", ""), "property")
    found.offer("keywords", core.get("keywords", ""), "property")
    found.offer("group", group_of(core.get("subject", "")), "property")


def _language(value: str) -> str:
    plain = value.strip().casefold()
    codes = {"e": "en", "f": "fr", "s": "es", "r": "ru", "c": "zh", "a": "ar"}
    named = next((code for code, names in LANGUAGE_NAMES.items() if plain in names.split("|")), "")
    return codes.get(plain) or named or (plain if plain in LANGUAGE_NAMES else "")
