"""Keep the translation catalogues: find what is said, tell what is not translated yet, take translations in.

python -m sgdocs.web.messages extract           every .po file gets the strings of today
python -m sgdocs.web.messages missing fr        what has no French yet, as JSON to fill in; 1 when there is any
python -m sgdocs.web.messages fill fr FILE      take such a JSON file in
python -m sgdocs.web.messages broken fr         translations whose placeholders differ; 1 when there are any
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import sgdocs
from sgdocs.approval.procedures import ALL
from sgdocs.approval.rulings import USUAL
from sgdocs.base.settings import Settings
from sgdocs.i18n import DOMAIN, FOLDER
from sgdocs.recommendations.series import R_SERIES, T_SERIES
from sgdocs.seed.facts import rows
from sgdocs.web.places import TEMPLATES
from sgdocs.web.proceeding_words import ITEM_TITLES

KEYWORDS: Final = {
    "_": None,
    "N_": None,
    "gettext": None,
    "say": None,
    "ngettext": (1, 2),
    "rule": (2,),
    "missing": (1,),
    "invalid": (3,),
}
OPTIONS: Final = {
    "**.html": {"trimmed": "true", "silent": "false", "encoding": "utf-8", "extensions": "jinja2.ext.do"},
    "**.txt": {"trimmed": "true"},
}
METHODS: Final = (("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%\(\w+\)d")
COUNTS: Final = frozenset({"%(num)d", "%(num)s", "{number}"})
"""Placeholders of the number that a plural is about."""
STANDING_DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)
WIDTH: Final = 120


def main(words: list[str]) -> int:
    match words:
        case ["extract"]:
            for code in codes():
                save(renewed(code), code)
            return 0
        case ["missing", code]:
            lacking = missing(code)
            print(json.dumps(lacking, ensure_ascii=False, indent=1))
            return 1 if lacking else 0
        case ["broken", code]:
            wrong = broken(load(code))
            print("\n".join(wrong))
            return 1 if wrong else 0
        case ["fill", code, file]:
            save(filled(renewed(code), json.loads(Path(file).read_text(encoding="utf-8"))), code)
            return 0
    print(__doc__, file=sys.stderr)
    return 2


def codes() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(file.parent.parent.name for file in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def said() -> Catalog:
    """Every message of today: templates, Python, rules, descriptions of settings, titles of series."""
    found = Catalog(domain=DOMAIN, project="sgdocs", creation_date=STANDING_DATE, fuzzy=False)
    for message in _extracted():
        found.add(message)
    return found


@cache
def _extracted() -> tuple[str | tuple[str, ...], ...]:
    """Looked for once in a process: it takes seconds."""
    found: list[str | tuple[str, ...]] = []
    for folder in (Path(sgdocs.__file__).parent, TEMPLATES):
        walked = extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS, directory_filter=_is_ours)
        for _file, _line, message, _comments, _context in walked:
            if any(letter.isalpha() for letter in str(message)):
                found.append(message)
    titles = (*T_SERIES.values(), *R_SERIES.values())
    described = (setting.description or "" for setting in Settings.model_fields.values())
    return (*found, *described, *titles, *_of_procedures(), *_of_structure(), *sorted(ITEM_TITLES))


def _of_procedures() -> Iterator[str]:
    """What the tables say: titles, what each step needs and refuses with, names of the dated settings."""
    for table in ALL.values():
        yield table.title
        yield from (state.title for state in table.states.values())
        for step in table.steps:
            yield step.title
            for need in (*step.needs, *step.warns):
                yield from (need.title, need.rule.says if need.rule else "")
    yield from (ruling.title for ruling in USUAL.values())


def _of_structure() -> Iterator[str]:
    """Why the title of a group is not confirmed."""
    for table in ("terms", "parts"):
        yield from sorted({row["source"] for row in rows(table) if row["confirmed"] != "yes"} - {""})


def _is_ours(folder: str | Path) -> bool:
    return Path(folder).name not in ("_web", "locale", "migrations", "cli", "__pycache__")


def renewed(code: str) -> Catalog:
    """The catalogue of a language with the messages of today; what is no longer said is dropped."""
    catalogue = load(code)
    catalogue.update(said(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.revision_date = STANDING_DATE
    return catalogue


def missing(code: str) -> dict[str, str | list[str]]:
    """Messages of today without a translation; a plural has a list with one place for each form."""
    catalogue = renewed(code)
    return {
        key_of(each): [""] * catalogue.num_plurals if each.pluralizable else ""
        for each in messages_of(catalogue)
        if not (all(each.string) if isinstance(each.string, list | tuple) else each.string)
    }


def broken(catalogue: Catalog) -> list[str]:
    """Translations whose placeholders are not those of the message.

    A form of a plural may leave the number out only where it says one number alone (`no day`, `one day`, `two days`).
    """
    wrong = []
    numbers = _numbers_of_forms(catalogue)
    for each in messages_of(catalogue):
        originals = [_places(text) for text in _texts(each.id)]
        allowed, needed = set.union(*originals), set.intersection(*originals)
        for form, text in enumerate(_texts(each.string)):
            of_form = _needed_in(numbers[form], originals) if each.pluralizable else needed
            found = _places(text)
            if text and (found - allowed or of_form - found):
                wrong.append(f"{key_of(each)!r}: {sorted(found ^ allowed)}")
    return wrong


def _needed_in(numbers: Set[int], originals: Sequence[set[str]]) -> set[str]:
    """The placeholders without which a form of a plural that is said of these numbers is not understood."""
    singular, plural = originals
    if numbers == {0}:
        return set()
    if len(numbers) == 1:
        return (singular & plural) - COUNTS
    return singular & plural if numbers <= {0, 1} else plural


def _places(text: str) -> set[str]:
    return {*PLACEHOLDER.findall(text)}


def _texts(text: object) -> Sequence[str]:
    return [str(each or "") for each in text] if isinstance(text, list | tuple) else [str(text or "")]


def _numbers_of_forms(catalogue: Catalog) -> list[set[int]]:
    """The numbers below 1,000 that take each form of the plural: in French 0 and 1 take the first."""
    form_of = c2py(catalogue.plural_expr)
    found: list[set[int]] = [set() for _ in range(catalogue.num_plurals)]
    for n in range(1_000):
        found[form_of(n)].add(n)
    return found


def filled(catalogue: Catalog, translations: Mapping[str, str | list[str]]) -> Catalog:
    """The catalogue with these translations; a new one is not reviewed yet. KeyError for a message that is not said."""
    known = {key_of(each): each for each in messages_of(catalogue)}
    for key, translation in translations.items():
        told = tuple(translation) if isinstance(translation, list) else translation
        if told != known[key].string:
            known[key].string, known[key].user_comments = told, []
    return catalogue


def load(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as stream:
        return read_po(stream, locale=code, domain=DOMAIN)


def save(catalogue: Catalog, code: str) -> None:
    with (FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("wb") as stream:
        write_po(stream, catalogue, width=WIDTH, no_location=True, sort_output=True)


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    return (each for each in catalogue if each.id)


def key_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else str(message.id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
