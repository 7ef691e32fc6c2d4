"""The days that a cover prints, in six languages: `Geneva, 29 June – 3 July 2026`. Source: domain 4.5."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january|jan|janvier|janv|enero|ene|январь|января|янв|يناير|كانون الثاني",
    "february|feb|février|févr|fév|febrero|февраль|февраля|фев|فبراير|شباط",
    "march|mar|mars|marzo|март|марта|мар|مارس|آذار",
    "april|apr|avril|avr|abril|abr|апрель|апреля|апр|أبريل|إبريل|نيسان",
    "may|mai|mayo|май|мая|مايو|أيار",
    "june|jun|juin|junio|июнь|июня|июн|يونيو|يونيه|حزيران",
    "july|jul|juillet|juil|julio|июль|июля|июл|يوليو|يوليه|تموز",
    "august|aug|août|aout|agosto|ago|август|августа|авг|أغسطس|آب",
    "september|sept|sep|septembre|septiembre|setiembre|сентябрь|сентября|сен|сент|سبتمبر|أيلول",
    "october|oct|octobre|octubre|октябрь|октября|окт|أكتوبر|تشرين الأول",
    "november|nov|novembre|noviembre|ноябрь|ноября|ноя|نوفمبر|تشرين الثاني",
    "december|dec|décembre|déc|diciembre|dic|декабрь|декабря|дек|ديسمبر|كانون الأول",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}

_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?!\d)年?|(?P<zh>\d{{1,2}})\s*月|(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th|er|º|日)?"
    rf"|(?<![^\W\d_])(?P<month>{_NAMES})(?![^\W\d_])",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Days:
    """A place and the first and last day; None where nothing could be read."""

    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def read_days(text: str) -> Days:
    """Place and days of `Geneva, 9-17 June 2026`, `2026年6月9-17日，日内瓦`, `E-meeting, 18 January 2016`."""
    plain = _digits(text)
    iso = [_day(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(plain)]
    iso += [_day(int(m[3]), int(m[2]), int(m[1])) for m in _SLASHED.finditer(plain)]
    known = [d for d in iso if d]
    if known:
        return Days(_place(_SLASHED.sub("", _ISO.sub("", plain))), known[0], known[-1])
    tokens = list(_TOKEN.finditer(plain))
    tokens = tokens[_first(tokens) :]
    spans = _days(tokens)
    if not spans:
        return Days(_place(text))
    place = plain[: tokens[0].start()] if plain[: tokens[0].start()].strip(" ,،，、(") else plain[tokens[-1].end() :]
    return Days(_place(place), *spans)


def iso_day(text: str) -> str:
    """The last day that a text names, as ISO, or the text itself."""
    ends_on = read_days(text).ends_on
    return ends_on.isoformat() if ends_on else text.strip()


def _first(tokens: list[re.Match[str]]) -> int:
    """Where the date begins: at most two days (and a year) before the first month."""
    month = next((i for i, t in enumerate(tokens) if t["month"] or t["zh"]), None)
    if month is None:
        return len(tokens)
    first = month
    while first > 0 and month - first < 2 and (tokens[first - 1]["day"] or tokens[first - 1]["year"]):
        first -= 1
    return first


def _days(tokens: list[re.Match[str]]) -> tuple[date, date] | None:
    years = [int(t["year"]) for t in tokens if t["year"]]
    months = [int(t["zh"]) if t["zh"] else MONTHS[t["month"].casefold()] for t in tokens if t["zh"] or t["month"]]
    days = [int(t["day"]) for t in tokens if t["day"]]
    if not (years and months and days):
        return None
    first, last = months[0], months[1] if len(months) > 1 else months[0]
    year = years[1] if len(years) > 1 and len(months) > 1 else years[0]
    began = years[0] if len(years) > 1 and len(months) > 1 else year - (first > last)
    start, end = _day(began, first, days[0]), _day(year, last, days[1] if len(days) > 1 else days[0])
    return (start, end) if start and end and start <= end else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _digits(text: str) -> str:
    return text.translate({ord(c): str(n) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, c in enumerate(row)})


_YEAR_WORD = re.compile(r"^(?:года|год|г\.?|م)(?=[\s,.،]|$)[\s,.،]*")
_BETWEEN = re.compile(r"[\s,،，、:;–-]*(?:\b(?:from|du|del|le|el|с|de)\b)?\s*$", re.IGNORECASE)


def _place(text: str) -> str:
    """What stands before the days, without the words that lead to them."""
    return _YEAR_WORD.sub("", _BETWEEN.sub("", text.strip(" \t\n,،，、"))).strip(" ,،，、()")
