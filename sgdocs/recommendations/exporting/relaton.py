"""Relaton YAML, in the newer layout of the public collections; several texts are several documents."""

from collections.abc import Sequence

from sgdocs.recommendations.exporting import citing
from sgdocs.recommendations.reading import Plain
from sgdocs.recommendations.rules import Kind

_DOCTYPES = {
    Kind.RECOMMENDATION: "recommendation",
    Kind.SUPPLEMENT: "recommendation-supplement",
    Kind.AMENDMENT: "recommendation-amendment",
    Kind.CORRIGENDUM: "recommendation-corrigendum",
    Kind.ERRATUM: "recommendation-errata",
    Kind.ANNEX: "recommendation-annex",
}


def write(texts: Sequence[Plain], root: str) -> str:
    import yaml  # late: few ask for it, and it takes long to load

    return str(
        yaml.safe_dump_all(
            [_item(plain, root) for plain in texts], allow_unicode=True, sort_keys=False, explicit_start=True, width=100
        )
    )


def _item(plain: Plain, root: str) -> dict[str, object]:
    text = plain.text
    item: dict[str, object] = {"id": citing.key(plain).replace(".", ""), "type": "standard"}
    if text.titles:
        item["title"] = [{"language": x, "content": t, "type": "main"} for x, t in text.titles.items()]
    item["source"] = [{"type": "src", "content": text.url or citing.address(plain, root)}]
    item["docidentifier"] = [{"content": text.identifier, "type": "ITU", "primary": True}]
    item["docidentifier"] += [{"content": n, "type": "ISO"} for n in plain.equivalents]  # type: ignore[operator]
    if text.approved:
        item["date"] = [{"type": "published", "at": text.approved}]
    if plain.summary:
        item["abstract"] = [{"language": "en", "content": plain.summary}]
    item["language"] = text.languages.split() or ["en"]
    item["status"] = {"stage": {"content": text.status}}
    item["contributor"] = [{"role": [{"type": "publisher"}], "organization": {"name": [{"content": citing.PUBLISHER}]}}]
    if text.study_group:
        item["editorialgroup"] = {"bureau": plain.sector, "group": {"name": text.study_group}}
    doctype = _DOCTYPES.get(Kind(text.kind), str(text.kind))
    item["ext"] = {"doctype": {"content": doctype}, "flavor": "itu"}
    return item
