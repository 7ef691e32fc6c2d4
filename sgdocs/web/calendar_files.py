"""Answer with a calendar file: its type, its name, an ETag; neither indexed nor told to the next site."""

from collections.abc import Sequence
from typing import Final

from fastapi import Request, Response

from sgdocs.meetings.calendar import Happening, calendar_of
from sgdocs.web.caching import etag_of, not_modified

TYPE: Final = "text/calendar; charset=utf-8"


def calendar_file(request: Request, name: str, found: Sequence[Happening], *, file_name: str = "calendar") -> Response:
    """name: what the calendar is called; file_name: without its ending."""
    content = calendar_of(name, found)
    etag = etag_of(content)
    headers = {
        "ETag": etag,
        "Content-Disposition": f'attachment; filename="{file_name}.ics"',
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    return not_modified(request, etag) or Response(content, media_type=TYPE, headers=headers)
