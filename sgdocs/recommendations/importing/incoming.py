"""One record of a source, checked, in the columns of our tables. Pure.

A record is a mapping with the keys of the shared catalogue: `id`, `kind` or `doctype`, `sector`, `title`,
`approved`, `status` … CSV rows and Relaton files are turned into the same keys first. A key that is absent
leaves a stored value alone; a key that is null or empty empties it. Dates stay as given.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sgdocs.base.text import one_line
from sgdocs.identifiers import Identifier, parse, unnumbered
from sgdocs.identifiers import format as canonical_name
from sgdocs.recommendations.placing import Place, place, text_sort_key
from sgdocs.recommendations.rules import (
    LANGUAGES,
    NOT_NORMATIVE,
    Kind,
    NameKind,
    Process,
    RelationKind,
    Status,
    best_title,
    precision,
    spaced,
    span_of,
)

Raw = Mapping[str, object]
Columns = dict[str, object]

LONGEST_TITLE = 1_000
LONGEST_SUMMARY = 100_000
LONGEST_LIST = 60
_STUDY_GROUP = re.compile(r"SG\d{1,2}|TSAG|RAG|CCV|SCV|CPM")
_URL = re.compile(r"https?://[^\s<>\"'`\\]{3,1990}")
_HANDLE = re.compile(r"11\.1002/1000/\d{1,6}")
_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3})?")

KNOWN = frozenset(
    {
        "id", "kind", "doctype", "sector", "series", "base", "family", "dual_numbers", "base_year", "part", "of_part",
        "version", "title", "titles", "approved", "month", "edition", "status", "prepublished", "status_conflict",
        "study_group", "iso_iec", "supersedes", "superseded_by", "modifies", "url", "revision", "posted",
        "source_letter", "status_note", "title_suspect", "became", "source_id", "sources", "abstract", "summary",
        "summaries", "languages", "process", "handle", "former_names", "acronyms", "relations", "withdrawn", "ibr", "address",
    }
)  # fmt: skip


class Rejected(ValueError):
    """The record cannot be taken. field, value: what is wrong; right: what would be right."""

    def __init__(self, field: str, value: object, right: str) -> None:
        super().__init__(f"{field}: “{str(value)[:120]}” will not do. {right}")
        self.field = field
        self.value = str(value)[:300]
        self.right = right


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record, ready to be written. columns: of `Text`, only those that the source gives.

    modifies, supersedes, superseded_by: as the source spells them, None when it does not speak of it;
    summaries: by language, "" takes one away; notes: doubts of the source.
    """

    key: str
    digest: str
    line: int
    place: Place
    columns: Columns
    modifies: str = ""
    supersedes: str = ""
    superseded_by: str | None = None
    names: tuple[tuple[str, str], ...] | None = None
    equivalents: tuple[str, ...] | None = None
    relations: tuple[tuple[str, str], ...] | None = None
    summaries: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingSummary:
    """A record that brings the summary of a text that is known from elsewhere."""

    key: str
    digest: str
    line: int
    summaries: Mapping[str, str]


def digest_of(raw: Raw) -> str:
    """The same for the same content, whatever the order of keys."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def key_of(raw: Raw) -> str:
    """The identifier as the source writes it; Rejected when there is none."""
    key = raw.get("id")
    if not isinstance(key, str) or not one_line(key) or len(key) > 300:
        raise Rejected("id", key, "Every record needs its identifier, such as “ITU-T G.709 (06/2020)”.")
    return one_line(key)


def brings_summary_only(raw: Raw) -> bool:
    return bool({"abstract", "summary", "summaries"} & raw.keys()) and raw.keys() <= {
        "id", "abstract", "summary", "summaries",
    }  # fmt: skip


def read_summary(raw: Raw, line: int) -> IncomingSummary:
    """A summary for a text known from elsewhere."""
    return IncomingSummary(key_of(raw), digest_of(raw), line, _summaries(raw))


def read(raw: Raw, line: int) -> Incoming:
    """The record in our columns; Rejected names the field, the value and what would be right."""
    key = key_of(raw)
    unknown = sorted(str(name) for name in raw if name not in KNOWN)
    if unknown:
        raise Rejected(
            "record", ", ".join(unknown)[:200], "No such field. Known are: " + ", ".join(sorted(KNOWN)) + "."
        )
    identifier, where = _placed(key, raw)
    return Incoming(
        key=key,
        digest=digest_of(raw),
        line=line,
        place=where,
        columns=_columns(key, raw, identifier, where),
        modifies=_text(raw, "modifies"),
        supersedes=_text(raw, "supersedes"),
        superseded_by=_text(raw, "superseded_by") if "superseded_by" in raw else None,
        names=_names(raw, identifier),
        equivalents=_equivalents(raw, identifier),
        relations=_relations(raw, identifier),
        summaries=_summaries(raw),
        notes=_notes(raw),
    )


def _placed(key: str, raw: Raw) -> tuple[Identifier, Place]:
    """The identifier and its place; a name that the grammar refuses is kept as it is."""
    doctype = _doctype(raw)
    sector = _sector(key, raw)
    identifier = _identified(key, doctype) or unnumbered(key, sector)
    where = place(identifier, doctype)
    if where is None:
        raise Rejected("id", key, "This names no published text.")
    dual = [n for n in _list(raw, "dual_numbers") if n]
    if where.number and len(dual) > 1 and dual[0] == where.number:
        where = replace(where, numbers=tuple(dual))
    return identifier, where


def _identified(key: str, doctype: Kind | None) -> Identifier | None:
    """ITU-R prints handbooks as a bare number in newer lists: `ITU-R 59`."""
    if doctype is Kind.HANDBOOK and re.fullmatch(r"ITU-R \d{1,3}", key):
        return parse(f"{key}.HDB")
    return parse(key)


def _sector(key: str, raw: Raw) -> str:
    given = _text(raw, "sector")
    sector = given or ("R" if "ITU-R" in key else "T")
    if sector not in ("T", "R"):
        raise Rejected("sector", given, "Write T or R.")
    return sector


def _doctype(raw: Raw) -> Kind | None:
    given = _text(raw, "kind") or _text(raw, "doctype")
    if not given:
        return None
    try:
        return Kind(given)
    except ValueError:
        raise Rejected("kind", given, "Write one of " + ", ".join(Kind) + ".") from None


def _columns(key: str, raw: Raw, identifier: Identifier, where: Place) -> Columns:
    kind = _doctype(raw) or where.kind
    approved = _date(raw, "approved", where.printed)
    found: Columns = {
        "catalogue_id": key,
        "identifier": one_line(canonical_name(identifier)) if identifier.code is None else key,
        "kind": kind,
        "numbers": list(where.numbers),
        "apart": where.apart,
        "part": where.part,
        "base_year": where.base_year,
        "revision": where.revision,
        "approved": approved,
        "approved_precision": precision(approved),
        "year": int(approved[:4]) if approved else None,
        "sort_key": text_sort_key(where, approved),
        "normative": kind not in NOT_NORMATIVE,
    }
    if where.version or "version" in raw:
        found["version"] = where.version or _short(raw, "version")
    for name, take in _TAKES.items():
        if name in raw:
            found.update(take(raw))
    return found


def _status(raw: Raw) -> Columns:
    given = _text(raw, "status")
    if not given:
        return {"status": Status.UNKNOWN}
    try:
        status = Status(given)
    except ValueError:
        raise Rejected("status", given, "Write one of " + ", ".join(Status) + ".") from None
    if status is Status.IN_FORCE and raw.get("prepublished") is True:
        status = Status.PRE_PUBLISHED
    return {"status": status}


def _status_note(raw: Raw) -> Columns:
    return {"status_note": one_line(_text(raw, "status_note") or _text(raw, "status_conflict"))[:500]}


def _titles(raw: Raw) -> Columns:
    """English title, and those in other languages under `titles`."""
    given = raw.get("titles") or {}
    if not isinstance(given, Mapping) or not set(given) <= set(LANGUAGES):
        raise Rejected("titles", given, "Write titles under the codes " + ", ".join(LANGUAGES) + ".")
    titles = {language: _title(text) for language, text in given.items() if text}
    if raw.get("title"):
        titles["en"] = _title(raw["title"])
    return {"titles": titles, "title": best_title(titles, "en")[0]}


def _title(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_TITLE:
        raise Rejected("title", text, f"A title is a text of at most {LONGEST_TITLE} characters.")
    return one_line(text)


def _posted(raw: Raw) -> Columns:
    return {"posted": _date(raw, "posted", "")}


def _withdrawn(raw: Raw) -> Columns:
    return {"withdrawn": _date(raw, "withdrawn", "")}


def _date(raw: Raw, name: str, otherwise: str) -> str:
    given = _text(raw, name) if name in raw else otherwise
    try:
        span_of(given)
    except ValueError:
        raise Rejected(name, given, "Write 2019-11-22, 2019-11 or 2019, or leave it empty.") from None
    return given


def _study_group(raw: Raw) -> Columns:
    given = _text(raw, "study_group")
    if given and not _STUDY_GROUP.fullmatch(given):
        raise Rejected("study_group", given, "Write SG15, TSAG or RAG.")
    return {"study_group": given}


def _edition(raw: Raw) -> Columns:
    given = _short(raw, "edition")
    if given and not _LABEL.fullmatch(given):
        raise Rejected("edition", given, "Write 3 or 2.1.")
    return {"edition": given}


def _url(raw: Raw) -> Columns:
    given = _text(raw, "url")
    if given and not _URL.fullmatch(given):
        raise Rejected("url", given, "Write an address that begins with https://.")
    return {"url": given}


def _handle(raw: Raw) -> Columns:
    given = _text(raw, "handle").removeprefix("https://").removeprefix("http://").removeprefix("handle.itu.int/")
    if given and not _HANDLE.fullmatch(given):
        raise Rejected("handle", given, "Write 11.1002/1000/13851.")
    return {"handle": given}


def _process(raw: Raw) -> Columns:
    given = _text(raw, "process").lower()
    if given and given not in set(Process):
        raise Rejected("process", given, "Write one of " + ", ".join(Process) + ".")
    return {"process": given}


def _languages(raw: Raw) -> Columns:
    given = _list(raw, "languages")
    if not set(given) <= set(LANGUAGES):
        raise Rejected("languages", " ".join(given), "Write codes: " + " ".join(LANGUAGES) + ".")
    return {"languages": spaced([language for language in LANGUAGES if language in given])}


def _ibr(raw: Raw) -> Columns:
    return {"ibr": raw.get("ibr") in (True, "true", "yes", "1")}


_TAKES: dict[str, Callable[[Raw], Columns]] = {
    "status": _status,
    "status_note": _status_note,
    "status_conflict": _status_note,
    "titles": _titles,
    "title": _titles,
    "posted": _posted,
    "withdrawn": _withdrawn,
    "study_group": _study_group,
    "edition": _edition,
    "url": _url,
    "handle": _handle,
    "process": _process,
    "languages": _languages,
    "ibr": _ibr,
}


def _names(raw: Raw, identifier: Identifier) -> tuple[tuple[str, str], ...] | None:
    if not ({"former_names", "acronyms"} & raw.keys() or identifier.former):
        return None
    former = [*_list(raw, "former_names"), *([identifier.former] if identifier.former else [])]
    found = [(NameKind.FORMER, name) for name in former] + [(NameKind.ACRONYM, name) for name in _list(raw, "acronyms")]
    return tuple(dict.fromkeys((str(kind), one_line(name)[:200]) for kind, name in found if one_line(name)))


def _equivalents(raw: Raw, identifier: Identifier) -> tuple[str, ...] | None:
    twin = [identifier.iso] if identifier.iso else []
    if "iso_iec" not in raw and not twin:
        return None
    return tuple(dict.fromkeys(one_line(name)[:100] for name in (*_list(raw, "iso_iec"), *twin)))


def _relations(raw: Raw, identifier: Identifier) -> tuple[tuple[str, str], ...] | None:
    if not (raw.get("became") or "relations" in raw or identifier.supplements):
        return None
    found: list[tuple[str, str]] = []
    if identifier.supplements:
        found.append((RelationKind.SUPPLEMENTS, identifier.supplements))
    if raw.get("became"):
        found.append((RelationKind.BECAME, _text(raw, "became")))
    for entry in _list(raw, "relations"):
        kind, _, target = entry.partition(" ")
        if kind not in set(RelationKind) or not target.strip():
            raise Rejected("relations", entry, "Write “derived-from FG-ML5G”; kinds: " + ", ".join(RelationKind) + ".")
        found.append((kind, target.strip()))
    return tuple(dict.fromkeys((str(kind), one_line(target)[:200]) for kind, target in found))


def _summaries(raw: Raw) -> dict[str, str]:
    given = raw.get("summaries") or {}
    plain = [raw[name] or "" for name in ("abstract", "summary") if name in raw]
    if not isinstance(given, Mapping) or not set(given) <= set(LANGUAGES):
        raise Rejected("summaries", given, "Write summaries under the codes " + ", ".join(LANGUAGES) + ".")
    texts = {**given, **({"en": max(plain, key=bool)} if plain else {})}
    for text in texts.values():
        if not isinstance(text, str) or len(text) > LONGEST_SUMMARY:
            raise Rejected("summary", text, f"A summary is a text of at most {LONGEST_SUMMARY} characters.")
    return {language: _paragraphs(str(text)) for language, text in texts.items()}


def _paragraphs(text: str) -> str:
    """Cleaned, line by line; empty lines part paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(one_line(line) for line in text.splitlines())).strip()


def _notes(raw: Raw) -> tuple[str, ...]:
    """What the source itself doubts; it is listed for the secretariat."""
    notes = [_text(raw, "status_conflict"), _text(raw, "status_note")]
    if raw.get("title_suspect"):
        notes.append("title_suspect")
    return tuple(one_line(note)[:300] for note in notes if note)


def _text(raw: Raw, name: str) -> str:
    given = raw.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Rejected(name, given, "This must be a text.")
    return one_line(given)


def _short(raw: Raw, name: str) -> str:
    """A label, which some write as a number."""
    given = raw.get(name)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    return _text(raw, name)[:20]


def _list(raw: Raw, name: str) -> list[str]:
    """A list of texts, or one text parted by semicolons."""
    given = raw.get(name)
    if given is None:
        return []
    if isinstance(given, str):
        given = given.split(";")
    if not isinstance(given, list | tuple) or len(given) > LONGEST_LIST or not all(isinstance(x, str) for x in given):
        raise Rejected(name, given, f"Write a list of at most {LONGEST_LIST} texts.")
    return [one_line(x) for x in given if one_line(x)]
