"""The page of one family, of one text, of a day; and their exports."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid, missing
from sgdocs.documents import citing
from sgdocs.documents.citing import Citing
from sgdocs.policy import Permission, Scope, may
from sgdocs.recommendations import reading
from sgdocs.recommendations.exporting import FORMATS
from sgdocs.recommendations.exporting.rows import TEXT_COLUMNS, of_text
from sgdocs.recommendations.models import Family, Text
from sgdocs.recommendations.outgoing import OnDay, RecommendationOut, text_out
from sgdocs.recommendations.reading import Record, plain_of
from sgdocs.recommendations.rules import IN_FORCE
from sgdocs.web import catalogue_words as terms
from sgdocs.web import history, liaison_panels, timelines
from sgdocs.web.api._conventions import one
from sgdocs.web.beginnings import beginnings
from sgdocs.web.deps import Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.recommending import Meant, meant, text_at
from sgdocs.web.render import language_of, page
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import of_family

TABS = ("history", "patents")
MOST_CITING = 10
LONGEST = 400
"""Longer than any address, in characters; patterns and look-ups are spared what is longer."""
_ENDING = re.compile(r"(?P<name>.+?)\.(?P<form>json|csv|xlsx|bib|ris|csl\.json|relaton\.yaml)")


@dataclass(frozen=True)
class RecordPage:
    """What the templates of a record read. line: its address; rows: texts, the newest first, with their depth."""

    record: Record
    line: str
    apart: str
    rows: list[tuple[Text, int]]
    applying: list[Text]
    timeline: timelines.Timeline | None
    successor: Text | None
    may_edit: bool
    flags: bool
    citing: Sequence[Citing] = ()
    cited_by: int = 0
    items: Sequence[WorkItem] = ()
    beginnings: Sequence[tuple[str, str]] = ()


def record(request: Request, act: Act, services: Svc, *, space: str, sector: str, name: str) -> Response:
    """Whatever stands below `/rec/T/`: `G.709`, `G.709.bib`, `G.709/2020-06/amd/1`, `G.709/on/2019-05-01`."""
    if len(name) > LONGEST:
        missing("Recommendation", f"{name[:80]}…")
    name, form = _parted(name)
    slug, _, rest = name.partition("/")
    found = meant(act, space, sector, slug)
    if found.go or found.several:
        return _elsewhere(request, found, rest, form)
    family = found.family
    assert family is not None
    line = family.address + (f"-{found.apart}" if found.apart else "")
    if rest == "on" or rest.startswith("on/"):
        return _on(request, act, services, family, found.apart, rest.removeprefix("on").strip("/"), form)
    if rest in TABS and not form:
        return _tab(request, act, family, found.apart, rest)
    return _shown(request, act, services, family, found.apart, line, rest, form)


def _parted(name: str) -> tuple[str, str]:
    """The name without the ending of a format, and the format."""
    found = _ENDING.fullmatch(name)
    return (found["name"], found["form"]) if found else (name, "")


def _elsewhere(request: Request, found: Meant, rest: str, form: str) -> Response:
    """Another number of the same family redirects; a number of several families is a choice."""
    tail = (f"/{rest}" if rest else "") + (f".{form}" if form else "")
    if found.go:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{found.go}{tail}{query}", 302)
    return page(request, "recommendations/choice.html", terms=terms, status=300, families=found.several, tail=tail)


def _shown(  # noqa: PLR0917 parts of one address
    request: Request, act: Act, services: Svc, family: Family, apart: str, line: str, rest: str, form: str
) -> Response:
    text = None
    if rest:
        where = text_at(act, family, line, rest)
        if isinstance(where, str):
            return RedirectResponse(where + (f".{form}" if form else ""), 302)
        text = where
    known = reading.record_of(act, family, text=text, apart=apart)
    if form:
        return _export(request, services, known, text, form)
    template = "recommendations/text.html" if text else "recommendations/show.html"
    shown_page = _page_of(request, act, known, apart, line)
    shown_page = replace(shown_page, beginnings=beginnings(act, text or known.shown))
    return page(
        request,
        template,
        terms=terms,
        page=shown_page if text else _with_uses(act, shown_page),
        text=text or known.shown,
        liaisons=_liaisons(act, known.family) if not (text or apart) else None,
    )


def _liaisons(act: Act, family: Family) -> liaison_panels.Panel | None:
    """Of a Recommendation; statements about a draft of ITU-R name its work."""
    return liaison_panels.of_family(act, family) if family.space != "draft" else None


def _page_of(request: Request, act: Act, known: Record, apart: str, line: str) -> RecordPage:
    today = reading.today_of(act)
    shown, by_id = known.shown, known.by_id
    mirrored = language_of(request).direction == "rtl"
    applying = [by_id[f.id] for f in known.on(today, today, apart).parts] if shown.status in IN_FORCE else []
    scope = Scope(f"{known.family.sector}/{known.family.study_group}")
    return RecordPage(
        record=known,
        line=line,
        apart=apart,
        rows=_rows(known, apart),
        applying=applying,
        timeline=timelines.timeline(known.texts, shown, today, mirrored=mirrored),
        successor=by_id.get(shown.superseded_by_id or 0),
        may_edit=may(act.actor, Permission.EDIT_RECOMMENDATION, scope),
        flags=bool(known.flags) and may(act.actor, Permission.EDIT_RECOMMENDATION, scope),
    )


def _with_uses(act: Act, shown: RecordPage) -> RecordPage:
    """The work items that change it; the documents that name it and that the actor may read; their number is counted when the list is cut."""
    found = citing.citing_family(act, shown.record.family, limit=MOST_CITING)
    many = len(found) if len(found) < MOST_CITING else citing.how_many_cite(act, shown.record.family)
    items = of_family(act, shown.record.family.id or 0) if not shown.apart else ()
    return replace(shown, citing=found, cited_by=many, items=items)


def _rows(known: Record, apart: str) -> list[tuple[Text, int]]:
    """The texts, newest edition first, each followed by what hangs on it, newest first."""
    children: dict[int | None, list[Text]] = {}
    for text in known.texts:
        hung = text.modifies_id if text.modifies_id in known.by_id else None
        children.setdefault(hung, []).append(text)

    def below(parent: int | None, depth: int) -> list[tuple[Text, int]]:
        found: list[tuple[Text, int]] = []
        for text in reversed(children.get(parent, [])):
            found += [(text, depth), *below(text.id, depth + 1)]
        return found

    rows = below(None, 0)
    return [(t, d) for t, d in rows if t.apart == apart] if apart else rows


def _tab(request: Request, act: Act, family: Family, apart: str, name: str) -> Response:
    known = reading.record_of(act, family, apart=apart)
    entries = reading.history(act, family) if name == "history" else []
    line = family.address + (f"-{apart}" if apart else "")
    return page(
        request,
        f"recommendations/{name}.html",
        terms=terms,
        page=_page_of(request, act, known, apart, line),
        text=known.shown,
        lines=history.lines(request, act, entries),
        told=lambda field, value: _told(known, field, value),
    )


def _told(known: Record, field: str, value: object) -> str:
    """A value of the history as people read it: a text by its identifier, titles by language."""
    if field.endswith("_id") and isinstance(value, int):
        text = known.by_id.get(value)
        return text.identifier if text else f"no. {value}"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {title}" for key, title in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return str(value).strip() if value not in (None, "", " ") else "–"


def _on(  # noqa: PLR0917 parts of one address
    request: Request, act: Act, services: Svc, family: Family, apart: str, day: str, form: str
) -> Response:
    """What was in force on a day; without a day, the form sends to it."""
    asked = day or request.query_params.get("date", "")
    line = family.address + (f"-{apart}" if apart else "")
    if not day and asked:
        return RedirectResponse(f"{line}/on/{_day(asked).isoformat()}", 302)
    known = reading.record_of(act, family, apart=apart)
    today = reading.today_of(act)
    on = _day(asked) if asked else today
    answer = known.on(on, today, apart)
    if form:
        if form != "json":
            missing("format", form)
        return one(request, OnDay.of(known, on, answer, services.settings.public_url))
    return page(
        request,
        "recommendations/on.html",
        terms=terms,
        page=_page_of(request, act, known, apart, line),
        text=known.shown,
        answer=answer,
        on=on,
        by_id=known.by_id,
    )


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given) if len(given) == 10 else invalid("date", given, "A day such as 2019-05-01.")
    except ValueError:
        invalid("date", given, "A day such as 2019-05-01.")


def _export(request: Request, services: Svc, known: Record, text: Text | None, form: str) -> Response:
    """The text, or the edition shown; tables give every text of the family."""
    root = services.settings.public_url
    chosen = text or known.shown
    if form in FORMATS:
        fmt = FORMATS[form]
        name = chosen.address.strip("/").replace("/", "-")
        headers = {"Content-Disposition": f'attachment; filename="{name}.{fmt.ending}"'}
        return Response(fmt.write([plain_of(known, chosen)], root), media_type=fmt.media_type, headers=headers)
    if form == Export.JSON:
        return one(request, text_out(known, text, root) if text else RecommendationOut.of(known, root))
    rows = [of_text(plain_of(known, each), root) for each in ([text] if text else known.texts)]
    return export(Export(form), known.family.address.strip("/").replace("/", "-"), rows, TEXT_COLUMNS)
