"""References in a text become links: published texts that are in the catalogue, documents by their permanent names."""

import re
from collections.abc import Callable, Iterable
from html import escape

from sgdocs.base.act import Act
from sgdocs.documents.citations import look_up, names_of
from sgdocs.identifiers import PAPERS, Identifier, find_all
from sgdocs.identifiers.addresses import address

_TAGS = re.compile(r"""(<(?:[^"'>]|"[^"]*"|'[^']*')*>)""")
_EMPTY_HEADING = re.compile(r"<th((?:\s[^>]*)?)>(\s*)</th>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NOT_INSIDE = frozenset({"a", "code", "pre", "script", "style"})
_PLACED = re.compile(r"[TRD]\d\d-")
Addresses = Callable[[Identifier], str]


def linked_html(act: Act, html: str, *, near: str) -> str:
    """Clean HTML with its references linked, outside of links that are there. near: name of the document it is of.

    The actor decides which texts are known: a preview is made as for anybody. Documents are linked by their number
    alone, whether they are here or not, so that no link tells of a document that is kept from the reader. An empty
    heading of a table becomes a cell: nobody can read it out.
    """
    pieces = _without_dead_links(_TAGS.split(html))
    open_tags = dict.fromkeys(_NOT_INSIDE, 0)
    texts: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            tag = _TAG.match(piece)
            if tag and tag[2].lower() in open_tags and not piece.endswith("/>"):
                open_tags[tag[2].lower()] += -1 if tag[1] else 1
        elif piece.strip() and not any(open_tags.values()):
            texts.append(at)
    plain = {at: pieces[at].replace("&nbsp;", "\u00a0") for at in texts}
    to = addresses_of(act, (identifier for text in plain.values() for _, _, identifier in find_all(text)), near=near)
    for at, text in plain.items():
        pieces[at] = _marked(text, to, lambda words: words)
    return _EMPTY_HEADING.sub(r"<td\1>\2</td>", "".join(pieces))


def _without_dead_links(pieces: list[str]) -> list[str]:
    """Links into the file that lead nowhere here have lost their address: their words stay."""
    kept, dead = [], False
    for piece in pieces:
        if piece.startswith(("<a ", "<a>")) and " href=" not in piece:
            dead = True
        elif piece == "</a>" and dead:
            dead = False
        else:
            kept.append(piece)
    return kept


def addresses_of(act: Act, identifiers: Iterable[Identifier], *, near: str) -> Addresses:
    """Where each identifier leads, "" for nowhere. Up to four queries."""
    wanted = list(dict.fromkeys(identifiers))
    published = look_up(act, [each for each in wanted if each.kind not in PAPERS])
    found = {each: known.address for each in wanted if (known := published.get(each))}
    found |= {each: _document(each, near) for each in wanted if each.kind in PAPERS}
    return lambda identifier: found.get(identifier, "")


def _document(identifier: Identifier, near: str) -> str:
    path = address(identifier) or ""
    name = names_of(identifier, near)[0]
    if not _PLACED.match(name):
        return f"/doc/{name}" if path.startswith("/doc/") and not name.startswith("R-") and "/" not in name else ""
    tail = "/".join(path.split("/")[3:])
    return f"/doc/{name}" + (f"/{tail}" if tail else "")


def _marked(text: str, to: Addresses, told: Callable[[str], str]) -> str:
    pieces, last = [], 0
    for start, end, identifier in find_all(text):
        place = to(identifier)
        if place:
            link = f'<a href="{escape(place)}">{told(text[start:end])}</a>'
            pieces += [told(text[last:start]), link]
            last = end
    return "".join((*pieces, told(text[last:])))
