"""CSL-JSON: a list of items of type `standard`."""

import json
from collections.abc import Sequence

from sgdocs.recommendations.exporting import citing
from sgdocs.recommendations.reading import Plain


def write(texts: Sequence[Plain], root: str) -> str:
    return json.dumps([_item(plain, root) for plain in texts], ensure_ascii=False, indent=1) + "\n"


def _item(plain: Plain, root: str) -> dict[str, object]:
    text = plain.text
    item: dict[str, object] = {
        "id": citing.key(plain),
        "type": "standard",
        "title": citing.title(plain),
        "author": [{"literal": citing.author(plain)}],
        "number": text.identifier,
        "genre": citing.type_name(plain),
        "publisher": citing.PUBLISHER,
        "publisher-place": citing.PLACE,
        "status": text.status,
        "URL": citing.address(plain, root),
        "language": "en",
    }
    if text.approved:
        item["issued"] = {"date-parts": [[int(part) for part in text.approved.split("-")]]}
    if text.version:
        item["version"] = text.version
    if plain.equivalents:
        item["note"] = "; ".join(plain.equivalents)
    if plain.summary:
        item["abstract"] = plain.summary
    return item
