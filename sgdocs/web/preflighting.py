"""The checks of a file that is brought to a place: what reading it told, as findings."""

from typing import Any

from sgdocs.base.act import Act
from sgdocs.documents.checked import finding
from sgdocs.web.submitting import Place
from sgdocs.web.uploads import Brought


def findings_of(act: Act, brought: Brought, place: Place | None = None, form: Any = None) -> list[dict[str, Any]]:
    """Plain objects with the keys of `documents.checked.KEYS`."""
    return [
        finding({"id": each.id, "severity": "error" if each.is_fatal else "warning", "found": each.says})
        for each in brought.reading.problems
    ]
