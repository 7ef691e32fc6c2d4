"""Rows for tables: the columns of a list of families and of a list of texts, in the order of exports."""

from sgdocs.recommendations.reading import Plain

FAMILY_COLUMNS = {
    "identifier": "Number",
    "title": "Title",
    "standing": "Standing",
    "approved": "Approved",
    "study_group": "Study group",
    "kind": "Kind",
    "series": "Series",
    "texts": "Texts",
    "languages": "Languages",
    "address": "Address",
}
TEXT_COLUMNS = {
    "id": "id",
    "kind": "kind",
    "title": "title",
    "approved": "approved",
    "status": "status",
    "study_group": "study_group",
    "edition": "edition",
    "process": "process",
    "iso_iec": "iso_iec",
    "languages": "languages",
    "modifies": "modifies",
    "superseded_by": "superseded_by",
    "url": "url",
}


def of_text(plain: Plain, root: str) -> dict[str, object]:
    """One text: the keys are those that an import reads, so that an export can come back."""
    text = plain.text
    return {
        "id": text.identifier,
        "kind": text.kind,
        "sector": plain.sector,
        "title": text.title,
        "titles": text.titles,
        "approved": text.approved,
        "status": text.status,
        "status_note": text.status_note,
        "withdrawn": text.withdrawn,
        "posted": text.posted,
        "edition": text.edition,
        "version": text.version,
        "process": text.process,
        "study_group": text.study_group,
        "languages": text.languages.split(),
        "iso_iec": list(plain.equivalents),
        "modifies": plain.modifies,
        "superseded_by": plain.superseded_by,
        "url": text.url,
        "handle": text.handle,
        "summary": plain.summary,
        "family": plain.family_number,
        "series": plain.series,
        "address": root.rstrip("/") + text.address,
    }
