"""Previews: clean HTML with the anchors of the clauses. Runs in a reader; what cannot be kept is left out."""

import io
import zipfile
from collections.abc import Callable, Sequence

import mammoth
from mammoth.documents import Image

from sgdocs.text import gate, html_text, reading
from sgdocs.text.anchoring import anchored
from sgdocs.text.cleaning import OWN, cleaned, picture
from sgdocs.text.limits import Limits
from sgdocs.text.model import Unit
from sgdocs.text.plain_preview import cleaned_units

SLOW_PART_BYTES = 6_000_000
"""A document part above this is shown from its text: mammoth would take longer than anybody waits."""


def preview(data: bytes, format: str, units: Sequence[Unit], limits: Limits | None = None) -> str:
    """HTML of one element, "" for what the gate refuses. units: of the file, for the anchors; () reads them again."""
    limits = limits or Limits()
    if gate.inspect(data, "", limits).is_refused:
        return ""
    try:
        made = MAKERS[format](data, limits) if format in MAKERS else ""
    except MemoryError:
        raise
    except Exception:  # whatever a library raises on a strange file: its text is shown instead
        made = ""
    if made:
        return anchored(cleaned(made), units or reading.units_of(data, format))
    shown = reading.units_of(data, format)
    return cleaned_units(shown, limits) if shown else ""


def _word(data: bytes, limits: Limits) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(m.file_size > SLOW_PART_BYTES for m in archive.infolist() if m.filename.endswith("document.xml")):
            return ""
    left = limits.preview_bytes

    def shown(image: Image) -> dict[str, str]:
        nonlocal left
        source = _source(image, min(limits.picture_bytes, left))
        left -= len(source)
        return {"src": source, "alt": image.alt_text or ""} if source else {"alt": image.alt_text or ""}

    made = mammoth.convert_to_html(
        io.BytesIO(data), convert_image=mammoth.images.img_element(shown), id_prefix=OWN, include_default_style_map=True
    )
    return str(made.value)


def _source(image: Image, limit: int) -> str:
    """A picture of the file as a data URI; "" for one that lies outside, which is never fetched, or cannot be shown."""
    try:
        with image.open() as stream:
            return picture(image.content_type or "", stream.read(limit + 1), limit)
    except Exception:  # mammoth's own error, or one of the zip: the picture is left out
        return ""


def _page(data: bytes, limits: Limits) -> str:
    del limits  # pictures of a page lie outside it
    return html_text.page_words(data)


MAKERS: dict[str, Callable[[bytes, Limits], str]] = {"docx": _word, "html": _page}
"""Formats whose looks are kept; of others the text is shown."""
