"""What the one form starts from: the values of a stored text, in the fields of `TextForm`."""

from sgdocs.base.act import Act
from sgdocs.recommendations import reading
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.reading import Record
from sgdocs.recommendations.rules import NameKind

_PLAIN = (
    "identifier", "title", "status", "status_note", "approved", "withdrawn", "process", "study_group", "edition",
    "version", "url", "handle",
)  # fmt: skip
_LANGUAGES = ("fr", "es", "ru", "ar", "zh")


def values_of(act: Act, found: Found) -> dict[str, object]:
    """Every field of the form with what is stored; `found` must name a text. Eight queries."""
    text = found.text
    if text is None:
        raise ValueError("a text is needed, not only a family")
    record = reading.record_of(act, found.family, text=text)
    return {**_columns(text), **_links(record, text), "summary": record.summaries.get("en", "")}


def _columns(text: Text) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(text, name) for name in _PLAIN}
    values["languages"] = text.languages.strip()
    values.update({f"title_{x}": text.titles.get(x, "") for x in _LANGUAGES})
    return values


def _links(record: Record, text: Text) -> dict[str, object]:
    names = record.by_id
    modified, successor = names.get(text.modifies_id or 0), names.get(text.superseded_by_id or 0)
    kinds = {kind: [n.name for n in record.names if n.kind == kind] for kind in NameKind}
    return {
        "modifies": (modified.catalogue_id or modified.identifier) if modified else "",
        "superseded_by": (successor.catalogue_id or successor.identifier) if successor else "",
        "former_names": "; ".join(kinds[NameKind.FORMER]),
        "acronyms": "; ".join(kinds[NameKind.ACRONYM]),
        "iso_iec": "; ".join(e.number for e in record.equivalents if e.text_id == text.id),
        "relations": "\n".join(f"{r.kind} {r.target}" for r in record.relations if not r.backwards),
    }
