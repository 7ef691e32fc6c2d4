"""The languages of the interface. Catalogues are `.po` files, read at start; nothing is compiled into git."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sgdocs.base.clock import GENEVA
from sgdocs.base.errors import Refused, word

FOLDER = Path(__file__).parent / "locale"
DOMAIN = "sgdocs"
SOURCE = "en"
SPELLING = {"en": "en_GB"}
ISOLATED = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
DEFAULT_OFFER = "en,fr,es,ru,ar,zh"


def N_(text: str) -> str:
    """Mark a string for translation without translating it here."""
    return text


@dataclass(frozen=True)
class Language:
    """One language. code: ISO 639-1; name: in the language itself; reviewed: by somebody who reads it."""

    code: str
    name: str
    reviewed: bool
    words: gettext.NullTranslations
    locale: Locale

    @property
    def direction(self) -> str:
        return self.locale.text_direction

    def say(self, message: str) -> str:
        """The message in this language, or in English when it has no translation yet."""
        return self.words.gettext(message) if message else ""

    def refusal(self, refused: Refused) -> str:
        """The sentence of a refusal; facts that are words of the catalogue are translated too."""
        return self.sentence(refused.rule.says, refused.facts)

    def sentence(self, says: str, facts: Mapping[str, object]) -> str:
        return word(self.say(says), {name: self._told(value) for name, value in facts.items()})

    def _told(self, value: object) -> object:
        """A fact inside a sentence; in right-to-left text it keeps its own direction."""
        told = (
            self.say(value) if isinstance(value, str) else self._moment(value) if isinstance(value, datetime) else value
        )
        return ISOLATED.format(told) if self.direction == "rtl" else told

    def _moment(self, at: datetime) -> str:
        """`14 Nov 2026, 23:59 Geneva`: an instant is told with its zone."""
        there = at.astimezone(GENEVA)
        return self.say("%(day)s, %(time)s Geneva") % {
            "day": format_date(there, "medium", self.locale),
            "time": f"{there:%H:%M}",
        }


@lru_cache
def language(code: str) -> Language:
    """A language by its code. KeyError when there is no catalogue for it."""
    locale = Locale.parse(SPELLING.get(code, code))
    name = (Locale.parse(code).get_display_name(code) or code).capitalize()
    if code == SOURCE:
        return Language(code, name, True, gettext.NullTranslations(), locale)
    file = FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.is_file():
        raise KeyError(code)
    words, reviewed = _read(file, code)
    return Language(code, name, reviewed, words, locale)


def _read(file: Path, code: str) -> tuple[gettext.NullTranslations, bool]:
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=code, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    marks = {name.lower(): value for name, value in catalogue.mime_headers}
    return gettext.GNUTranslations(compiled), "unreviewed" not in marks.get("last-translator", "").lower()


@lru_cache
def offered(codes: str = DEFAULT_OFFER) -> tuple[Language, ...]:
    """The languages of a comma-separated setting, English always among them."""
    asked = [code.strip() for code in codes.split(",") if code.strip()]
    return tuple(language(code) for code in dict.fromkeys([*asked, SOURCE] if SOURCE not in asked else asked))


def choose(wishes: Iterable[str | None], offer: tuple[Language, ...]) -> Language:
    """The first wish that is offered, else English. A wish is a code, such as `fr` or `fr-CH`."""
    by_code = {each.code: each for each in offer}
    for wish in wishes:
        found = by_code.get((wish or "").split("-")[0].lower())
        if found:
            return found
    return by_code.get(SOURCE, offer[0])


def spoken(code: str | None) -> Language:
    """The language of somebody's letters, English when we do not have it. code: anything that a person's row says."""
    return choose([code], offered())


def accepted(header: str) -> list[str]:
    """The codes of an Accept-Language header, the best liked first; nonsense is passed over."""
    liked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        code, _, weight = part.partition(";q=")
        try:
            liking = float(weight) if weight else 1.0
        except ValueError:
            continue
        if code.strip() and liking > 0:
            liked.append((-liking, place, code.strip()))
    return [code for _, _, code in sorted(liked)]
