"""What the pages and the API of Recommendations share: which record an address means, and what to offer instead."""

import re
from dataclasses import dataclass

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_FOUND, NotFound
from sgdocs.identifiers import sloppy
from sgdocs.recommendations import queries
from sgdocs.recommendations.models import Family, Text
from sgdocs.recommendations.outgoing import identifier_of

SPACES = ("rec", "report", "question", "resolution", "opinion", "decision", "handbook", "paper", "draft", "text")
MOST_SUGGESTED = 8
_APART = re.compile(r"(?P<number>.+?)-(?P<apart>(?:Annex|App|Sup|Attachment)[A-Za-z0-9+.-]*)")
_DATED = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True)
class Meant:
    """What an address means. apart: a part published on its own; go: where it really is; several: to choose from."""

    family: Family | None = None
    apart: str = ""
    go: str = ""
    several: tuple[Family, ...] = ()


def meant(act: Act, space: str, sector: str, slug: str) -> Meant:
    """The family at `/space/sector/slug`; NotFound, with suggestions, when there is none."""
    found = _exact(act, f"/{space}/{sector}/{slug}")
    if found is not None:
        return Meant(found)
    apart = _APART.fullmatch(slug)
    if apart:
        whole = meant(act, space, sector, apart["number"])
        if whole.family and any(t.apart == apart["apart"] for t in queries.readable_texts(act, whole.family)):
            return Meant(whole.family, apart["apart"])
        if whole.go:
            return Meant(go=f"{whole.go}-{apart['apart']}")
    others = queries.at_slug(act, space, sector.upper(), slug)
    if len(others) == 1:
        return Meant(go=others[0].address)
    if others:
        return Meant(several=tuple(others))
    raise not_found(act, slug, sector)


def _exact(act: Act, address: str) -> Family | None:
    try:
        return queries.by_address(act, address)
    except NotFound:
        return None


def not_found(act: Act, name: str, sector: str = "") -> NotFound:
    """The refusal for a name that nothing has, with what it may have meant."""
    return NotFound(NOT_FOUND, what="Recommendation", name=name, suggestions=suggestions(act, name, sector))


def suggestions(act: Act, name: str, sector: str = "") -> list[tuple[str, str]]:
    """Records that a wrong name may mean: (identifier, address)."""
    found: dict[str, str] = {}
    typed = f"ITU-{sector} {name}" if sector in ("T", "R") else name
    for text in dict.fromkeys((typed, name, _without_tail(name))):
        for suggestion in sloppy(text):
            hit = queries.by_identifier(act, suggestion.identifier)
            if hit is not None:
                family = hit.family
                found.setdefault(family.address, identifier_of(family.sector, family.space, family.number))
    for family in queries.beginning_with(act, sector, name, most=8) if len(found) < MOST_SUGGESTED else ():
        found.setdefault(family.address, identifier_of(family.sector, family.space, family.number))
    return [(identifier, address) for address, identifier in found.items()][:MOST_SUGGESTED]


def _without_tail(name: str) -> str:
    """`G.9804.99` may mean `G.9804`."""
    return re.sub(r"[.-][A-Za-z0-9]+$", "", name)


def text_at(act: Act, family: Family, line: str, path: str) -> Text | str:
    """The text at an address below its line, or the address where it really is; NotFound with the family's texts."""
    address = f"{line}/{path}"
    texts = queries.readable_texts(act, family)
    found = next((t for t in texts if t.address == address), None)
    if found is not None:
        return found
    first, _, rest = path.partition("/")
    if _DATED.fullmatch(first):
        near = [t for t in texts if _fits(t, line, first, rest)]
        if len(near) == 1:
            return near[0].address
    offered = [(t.identifier, t.address) for t in reversed(texts)][:8]
    name = f"{family.number}/{path}"
    raise NotFound(NOT_FOUND, what="Recommendation", name=name, suggestions=offered)


def _fits(text: Text, line: str, dated: str, rest: str) -> bool:
    """Whether the text is what a vaguer or more exact date means: `/2019`, `/2019-11-22`."""
    own, _, below = text.address.removeprefix(f"{line}/").partition("/")
    if not text.address.startswith(f"{line}/") or below != rest:
        return False
    return own.startswith(dated) or (not rest and text.approved == dated)
