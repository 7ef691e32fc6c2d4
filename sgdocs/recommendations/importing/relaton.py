"""Relaton YAML, as the public collections of ITU texts keep it, to and from raw records.

Two layouts are read: the older (`docid`, `link`, `value`, `doctype`) and the newer (`docidentifier`, `source`, `at`,
`ext.doctype`).
"""

from collections.abc import Iterable, Mapping
from datetime import date

import yaml

from sgdocs.recommendations.importing.incoming import Raw, Rejected
from sgdocs.recommendations.rules import LANGUAGES

_KINDS = {
    "recommendation-supplement": "supplement",
    "recommendation-amendment": "amendment",
    "recommendation-corrigendum": "corrigendum",
    "recommendation-errata": "erratum",
    "recommendation-annex": "annex",
    "implementers-guide": "implementers-guide",
    "technical-paper": "technical-paper",
    "technical-report": "technical-report",
    "question": "question",
    "resolution": "resolution",
    "handbook": "handbook",
    "report": "report",
}
_STATUSES = {
    "in-force": "in-force",
    "in force": "in-force",
    "published": "in-force",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
    "withdrawal": "withdrawn",
    "suppressed": "withdrawn",
}


def raw_of(content: bytes) -> Raw:
    """One file as a raw record; Rejected when it is no Relaton text of ITU."""
    item = _loaded(content)
    identifier = _identifier(item)
    raw: dict[str, object] = {"id": identifier, "sector": "R" if "ITU-R" in identifier else "T"}
    titles = _titles(item)
    if titles:
        raw["titles"] = titles
    approved = _date(item)
    if approved:
        raw["approved"] = approved
    url = next((_content(x) for x in _each(item, "source", "link") if _has(x, "type", "src")), "")
    if url.startswith("http"):
        raw["url"] = url
    _add(raw, item)
    return raw


def _add(raw: dict[str, object], item: Mapping[str, object]) -> None:
    """Kind, status, study group, languages, summaries, as far as given and known."""
    kind = _KINDS.get(_doctype(item))
    if kind:
        raw["kind"] = kind
    status = _STATUSES.get(_stage(item))
    if status:
        raw["status"] = status
    summaries = {_language(x): _content(x) for x in _each(item, "abstract") if _content(x)}
    if summaries:
        raw["summaries"] = summaries


def _loaded(content: bytes) -> Mapping[str, object]:
    """The document; aliases are refused, because a few of them can stand for gigabytes."""
    try:
        text = content.decode("utf-8")
        if "*" in text and any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=yaml.CSafeLoader)):
            raise Rejected("file", text[:60], "YAML aliases are not read.")
        item = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        if isinstance(error, Rejected):
            raise
        reason = str(error).splitlines()[0] if str(error) else "not readable"
        raise Rejected("file", content[:60].decode("utf-8", "replace"), f"This is no YAML: {reason}.") from None
    if not isinstance(item, Mapping):
        raise Rejected("file", str(item)[:60], "A Relaton file is one mapping.")
    return item


def _identifier(item: Mapping[str, object]) -> str:
    found = [x for x in _each(item, "docidentifier", "docid") if isinstance(x, Mapping)]
    primary = [x for x in found if x.get("primary")] or [x for x in found if x.get("type") == "ITU"] or found
    identifier = _content(primary[0]) if primary else ""
    if "ITU" not in identifier:
        raise Rejected("docidentifier", identifier or "…", "It needs an identifier such as “ITU-T A.12 (11/2016)”.")
    return identifier


def _titles(item: Mapping[str, object]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for entry in _each(item, "title"):
        if _content(entry) and (not isinstance(entry, Mapping) or entry.get("type") in (None, "main", "title-main")):
            titles.setdefault(_language(entry), _content(entry))
    return titles


def _date(item: Mapping[str, object]) -> str:
    """The day, month or year of publication, which these collections take from the identifier or the page."""
    dates = [x for x in _each(item, "date") if isinstance(x, Mapping)]
    wanted = next((x for kind in ("confirmed", "published", "issued") for x in dates if x.get("type") == kind), {})
    published = next((x for x in dates if x.get("type") == "published"), wanted)
    return _plain(published.get("at") or published.get("value") or published.get("on"))


def _stage(item: Mapping[str, object]) -> str:
    status = item.get("status")
    stage = status.get("stage") if isinstance(status, Mapping) else status
    return _content(stage).lower()


def _doctype(item: Mapping[str, object]) -> str:
    ext = item.get("ext")
    doctype = ext.get("doctype") if isinstance(ext, Mapping) else item.get("doctype")
    return _content(doctype)


def _each(item: Mapping[str, object], *names: str) -> Iterable[object]:
    """The entries under the first of these names that is there; one entry may stand without a list."""
    for name in names:
        found = item.get(name)
        if found is not None:
            return found if isinstance(found, list) else [found]
    return []


def _content(entry: object) -> str:
    if isinstance(entry, Mapping):
        entry = entry.get("content", entry.get("id", entry.get("value")))
    return _plain(entry)


def _plain(value: object) -> str:
    """Text of a scalar; YAML reads 2019-11-22 as a date and 2019 as a number."""
    if isinstance(value, date | str | int):
        return str(value).strip()
    return ""


def _language(entry: object) -> str:
    given = entry.get("language", "en") if isinstance(entry, Mapping) else "en"
    given = given[0] if isinstance(given, list) and given else given
    return given if given in LANGUAGES else "en"


def _has(entry: object, name: str, value: str) -> bool:
    return isinstance(entry, Mapping) and entry.get(name) == value
