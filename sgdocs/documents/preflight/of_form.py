"""Checks of the cover against what was registered. Source: domain 4.4, 4.5."""

import re
from collections.abc import Iterable, Iterator

from sgdocs.documents.preflight.model import DDP, TEMPLATE, CheckFacts, Seen, Severity, check_that
from sgdocs.i18n import N_
from sgdocs.text.labels import class_of

EQUAL = f"{DDP}; {TEMPLATE}"


def same(one: str, other: str) -> bool:
    """Whether two texts say the same but for case, spaces and punctuation."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))


def same_number(one: str, other: str) -> bool:
    """Whether two numbers name one document, whatever its revision: `SG15-C45`, `SG15-C045R1`, `5D/123-E`."""
    return _bare(one) == _bare(other)


def _bare(number: str) -> str:
    plain = re.sub(r"-[EFSRCA]$|\s|^Document", "", number.upper().replace("–", "-"))
    plain = re.sub(r"\(?(?:REV|ADD|CORR)\.?\d+\)?|(?<=\d)[RAC]\d+(?=$|[/(])", "", plain)
    plain = re.sub(r"(\b(?:C|TD|R|LS|ADM|INFO|DOC)\d+)-[RACPN]\d+(?=$|[/(])", r"\1", plain)
    return re.sub(r"(?<=[A-Z/-])0+(?=\d)", "", plain)


@check_that(
    "form.title",
    Severity.ERROR,
    N_("The title on the cover equals that of the form."),
    N_("Correct the one that is wrong: both are shown beside each other."),
    EQUAL,
    place=N_("Title"),
)
def _title(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    if told and told.title and _on_cover(facts, "title") and not same(cover.title, told.title):
        yield Seen(cover.title, told.title)


@check_that(
    "form.source",
    Severity.ERROR,
    N_("The source on the cover equals that of the form."),
    N_("Name the same members on the cover and in the form."),
    EQUAL,
    place=N_("Source"),
)
def _source(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    if not told or not told.sources or not _on_cover(facts, "source"):
        return
    if not all(_is_named(names, cover.source) for names in told.sources):
        yield Seen(cover.source, ", ".join(names[0] for names in told.sources))


def _is_named(names: Iterable[str], source: str) -> bool:
    """Whether one of an organisation's names is among the sources, with or without its legal form (`Ltd`)."""
    whole, parts = _plain(source), [_plain(part) for part in re.split(r"[,;\n]", source)]
    called = [_plain(name) for name in names if _plain(name)]
    return any(name in whole or any(len(part) > 4 and name.startswith(part) for part in parts) for name in called)


@check_that(
    "form.questions",
    Severity.WARNING,
    N_("The Questions on the cover are those of the form."),
    N_("Correct the one that is wrong; the document is filed under the Questions of the form."),
    EQUAL,
    place=N_("Question(s)"),
)
def _questions(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    if told and _on_cover(facts, "questions") and set(cover.questions) != set(told.questions):
        yield Seen(", ".join(cover.questions) or "N/A", ", ".join(told.questions) or "N/A")


@check_that(
    "form.number",
    Severity.ERROR,
    N_("The number on the cover is the registered one."),
    N_("Delete the number on the cover: the system writes the right one."),
    DDP,
    place=N_("Number"),
)
def _number(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    if told and told.number and _on_cover(facts, "number") and not same_number(cover.number, told.number):
        yield Seen(cover.number, told.number)


@check_that(
    "form.kind",
    Severity.WARNING,
    N_("The class on the cover is that of the form."),
    N_("Take the template of that class, or choose the other class."),
    TEMPLATE,
    place=N_("class of document"),
)
def _kind(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    read = class_of(cover.kind)
    if facts.has_cover and told and told.kind and read and read != told.kind:
        yield Seen(cover.kind, told.kind)


@check_that(
    "form.meeting",
    Severity.WARNING,
    N_("The meeting on the cover is the one it is submitted to."),
    N_("Correct place and dates, or choose the other meeting."),
    TEMPLATE,
    place=N_("place and dates"),
)
def _meeting(facts: CheckFacts) -> Iterator[Seen]:
    cover, meeting = facts.reading.cover, facts.gathering
    if meeting is None or not (meeting.starts_on and cover.starts_on and _on_cover(facts, "place_date")):
        return
    if cover.starts_on > meeting.ends_on or cover.ends_on < meeting.starts_on:
        yield Seen(cover.place_date, f"{meeting.days} ({meeting.code})")


@check_that(
    "form.group",
    Severity.WARNING,
    N_("The group on the cover is the one that meets."),
    N_("Correct the group, or choose the other meeting."),
    TEMPLATE,
    place=N_("Study Group"),
)
def _group(facts: CheckFacts) -> Iterator[Seen]:
    cover, meeting = facts.reading.cover, facts.gathering
    if meeting and meeting.group and _on_cover(facts, "group") and cover.group not in ("", meeting.group):
        yield Seen(cover.group, meeting.group)


@check_that(
    "form.language",
    Severity.WARNING,
    N_("The language on the cover is that of the form."),
    N_("Correct the one that is wrong."),
    TEMPLATE,
    place=N_("Original"),
)
def _language(facts: CheckFacts) -> Iterator[Seen]:
    cover, told = facts.reading.cover, facts.told
    if told and told.language and _on_cover(facts, "language") and cover.language != told.language:
        yield Seen(cover.language, told.language)


def _on_cover(facts: CheckFacts, name: str) -> bool:
    return facts.has_cover and facts.reading.cover.origins.get(name) in ("style", "label")
