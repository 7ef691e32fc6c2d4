"""The cover of a published ITU-T text, which people upload as a basis: number, month and title. Source: domain 2.5."""

import re

from sgdocs.text.found import Found
from sgdocs.text.page import Page

_BODY = {"ITU-T", "UIT-T", "МСЭ-Т"}
_MONTH = re.compile(r"\(\d\d/\d{4}\)$")
_NOT_TITLE = re.compile(
    r"^(?:SERIES|SÉRIE|SERIE|СЕРИЯ|CAUTION|Recommendation|Recommandation|Recomendación|Рекомендация)\b"
)


def by_published(page: Page, found: Found) -> None:
    """Number and title of a Recommendation's own cover: the table that begins `ITU-T | J.1108`."""
    for place, row in enumerate(page.rows):
        words = [cell.text for cell in row.cells if cell.text]
        if (
            row.table >= 0
            and len(words) >= 2
            and words[0].upper() in _BODY
            and not {"questions", "source", "number"} & set(found.origins)
        ):
            below = [
                c.text.strip()
                for r in page.rows[place + 1 :]
                if r.table == row.table
                for c in r.cells
                if c.text.strip()
            ]
            month = next((" ".join(t.split()) for t in below if _MONTH.search(t) and len(t) < 60), "")
            title = next((t for t in _after_series(below) if not _NOT_TITLE.match(t)), "")
            found.offer("number", f"ITU-T {' '.join(words[1].split())}" + (f" {month}" if month else ""), "label")
            found.offer("kind", "recommendation", "label")
            found.offer("title", title, "label")
            return


def _after_series(texts: list[str]) -> list[str]:
    series = next((i for i, t in enumerate(texts) if re.match(r"(?:SERIES|SÉRIE|SERIE|СЕРИЯ) ", t)), None)
    return texts[series + 1 :] if series is not None else []
