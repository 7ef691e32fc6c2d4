"""An Atom feed as bytes. Pure. Source: RFC 4287."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from sgdocs.notices.feeds import Item

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
BEGUN: Final = "2026"
"""The year in tag addresses, RFC 4151: it names the feed, and stays."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("", NAMESPACE)


@dataclass(frozen=True)
class Feed:
    """title: in words; path: of the feed, without a key; about: path of the page that it tells of."""

    title: str
    path: str
    about: str
    items: Sequence[Item]


def atom(feed: Feed, site: str, language: str) -> bytes:
    """The feed; `updated` is that of its newest entry."""
    host = urlsplit(site).hostname or "localhost"
    root = Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _text(root, "id", f"tag:{host},{BEGUN}:{feed.path}")
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(max((each.at for each in feed.items), default=NEVER)))
    SubElement(root, _name("link"), {"rel": "self", "type": "application/atom+xml", "href": site + feed.path})
    SubElement(root, _name("link"), {"rel": "alternate", "type": "text/html", "href": site + feed.about})
    _text(SubElement(root, _name("author")), "name", "sgdocs")
    for each in feed.items:
        _entry(root, each, site, host)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode()


def _entry(root: Element, item: Item, site: str, host: str) -> None:
    entry = SubElement(root, _name("entry"))
    _text(entry, "id", f"tag:{host},{BEGUN}:journal/{item.number}")
    _text(entry, "title", item.says)
    _text(entry, "updated", _instant(item.at))
    SubElement(entry, _name("link"), {"rel": "alternate", "href": site + item.path})
    SubElement(entry, _name("category"), {"term": item.topic})
    _text(entry, "summary", item.says)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _name(name)).text = _NOT_IN_XML.sub("", text)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
