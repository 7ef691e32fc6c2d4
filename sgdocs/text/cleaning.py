"""HTML that may be shown: a strict list of what stays, everything else is dropped. The library is nh3."""

import base64
import re

import nh3

TAGS = frozenset(
    (
        *(
            "a",
            "b",
            "blockquote",
            "br",
            "caption",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
        ),
        *(
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "ins",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "section",
            "span",
        ),
        *("strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
    )
)
DROPPED = frozenset(
    (
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "svg",
        "math",
        "template",
        "noscript",
        "head",
        "title",
        "textarea",
    )
)
"""Dropped with all that is in them."""
SPANS = frozenset(("colspan", "rowspan"))
ATTRIBUTES = {
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "td": set(SPANS),
    "th": set(SPANS),
    "li": {"id"},
    "dd": {"id"},
    "sup": {"id"},
}
REL = "noopener noreferrer nofollow"
OWN = "w-"
"""Before the names of places in the file, so that none is a name of the page around it."""
_PLACE = re.compile(rf"#?{OWN}[\w.:-]+")
_OUTSIDE = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/=]+)")
_BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8"}
_SPAN = re.compile(r"[1-9]\d{0,2}")


def cleaned(html: str) -> str:
    """The same without scripts, styles, frames, forms, handlers, and without links but `#w-…` and http(s)."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "data"},
        link_rel=REL,
        strip_comments=True,
    )


def picture(media_type: str, data: bytes, limit_bytes: int) -> str:
    """A data URI, or "" for what is too large, of another kind, or not what it says."""
    kind = media_type.rpartition("/")[2].replace("jpg", "jpeg")
    if len(data) > limit_bytes or not data.startswith(_BEGINNINGS.get(kind, b"\0nothing")):
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that may stay, else None."""
    if attribute == "href":
        return value if _PLACE.fullmatch(value) or _OUTSIDE.fullmatch(value) else None
    if attribute == "id":
        return value if _PLACE.fullmatch(value) and not value.startswith("#") else None
    if attribute == "src":
        return value if tag == "img" and _PICTURE.fullmatch(value) else None
    if attribute in SPANS:
        return value if _SPAN.fullmatch(value) else None
    return value
