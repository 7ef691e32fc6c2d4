"""The guides as records of the index: the page and each section of it, in the languages they are written in."""

from collections.abc import Iterator
from typing import Final

from sgdocs.guides.pages import GUIDES, MOST_SECTIONS, SOURCE, Guide, found_at, section_of, texts
from sgdocs.search.engine import Hit, Record, Standing
from sgdocs.search.shown import Place, Shown, plain, split
from sgdocs.text.markdown import to_text

GUIDE: Final = "guide"


def of_guides() -> Iterator[Record]:
    """Every guide. They stand in the package: no query. Record `guide:305` is the fifth section of guide 3, `guide:300` its page."""
    for guide in GUIDES:
        for position in range(len(texts(guide)[SOURCE].sections) + 1):
            yield _record(guide, position)


def families() -> list[str]:
    """The families of all guides, also of a guide that has gone: what is to be taken out before they are put in anew."""
    return [f"{GUIDE}:{number * MOST_SECTIONS}" for number in range(1, max(guide.number for guide in GUIDES) + 1)]


def shown_guide(hit: Hit) -> Shown | None:
    """The guide, with the section that matched best, in the language that matched; None when it went out of the package."""
    placed = section_of(split(hit.key)[1])
    if placed is None:
        return None
    told = [each.language for each in (*hit.extracts, *([hit.title] if hit.title else []))]
    code = next((each for each in told if each), SOURCE)
    text, section = found_at(*placed, code)
    address = placed[0].address
    return Shown(
        key=hit.key,
        what=GUIDE,
        kind=GUIDE,
        identifier=text.title,
        address=address,
        title=hit.title
        if hit.title and hit.title.language == code
        else plain(section.title if section else text.title, code),
        extracts=hit.extracts,
        score=hit.score,
        places=(Place(section.title, f"{address}#{section.anchor}", code),) if section else (),
    )


def _record(guide: Guide, position: int) -> Record:
    told = {code: found_at(guide, position, code) for code in texts(guide)}
    page = f"{GUIDE}:{guide.number * MOST_SECTIONS}"
    return Record(
        key=f"{GUIDE}:{guide.number * MOST_SECTIONS + position}",
        family=page,
        kind=GUIDE,
        identifier=texts(guide)[SOURCE].title,
        titles={code: section.title if section else text.title for code, (text, section) in told.items()},
        bodies={code: to_text(section.words if section else text.lead) for code, (text, section) in told.items()},
        facets={"kind": (GUIDE,), "language": tuple(told)},
        standing=Standing.CURRENT,
    )
