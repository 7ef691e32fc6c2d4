"""The values of dated settings in words; their codes are what the forms take."""

from collections.abc import Mapping
from typing import Final

from babel import Locale
from babel.numbers import format_percent

from sgdocs.approval.ruling_table import Ruling
from sgdocs.i18n import N_, Language

CHOICES: Final[Mapping[str, str]] = {
    "none": N_("nothing"),
    "next-working-day": N_("the next working day"),
    "plenary-day": N_("the day of the plenary"),
    "last-day": N_("the last day of the meeting"),
    "expiry": N_("the day the time ends"),
    "day-after": N_("the day after"),
    "member-state": N_("Member State"),
    "sector-member": N_("Sector Member"),
    "associate": N_("Associate"),
    "academia": N_("Academia"),
    "technical-report": N_("Technical report"),
    "technical-paper": N_("Technical paper"),
    "implementers-guide": N_("Implementers’ guide"),
    "handbook": N_("Handbook"),
    "supplement": N_("Supplement"),
    "other": N_("Other"),
    "true": N_("yes"),
    "false": N_("no"),
}


def value_words(spoken: Language, ruling: Ruling, value: str) -> str:
    """`12 calendar-days` -> `12 calendar days`, `expiry` -> `the day the time ends`, 28 days -> `28 days`."""
    say = spoken.words.ngettext
    match ruling.unit:
        case "period":
            return _period(spoken, value)
        case "days":
            return say("%(num)d day", "%(num)d days", int(value)) % {"num": int(value)}
        case "percent":
            return format_percent(int(value) / 100, locale=spoken.locale)
        case "words" if ruling.name.endswith("_languages"):
            return ", ".join(_language(spoken, code) for code in value.split(",") if code)
        case "words" | "choice" | "yes-no":
            return ", ".join(spoken.say(CHOICES.get(each, each)) for each in value.split(",") if each)
    return value.replace(",", ", ")


def _period(spoken: Language, value: str) -> str:
    days, _, kind = value.partition(" ")
    if kind == "working-days":
        told = spoken.words.ngettext("%(num)d working day", "%(num)d working days", int(days))
    else:
        told = spoken.words.ngettext("%(num)d calendar day", "%(num)d calendar days", int(days))
    return told % {"num": int(days)}


def _language(spoken: Language, code: str) -> str:
    return Locale(code).get_display_name(spoken.locale) or code
