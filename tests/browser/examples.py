"""Which pages stand for all: of every handler the smallest and the largest page it gave."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.browser.crawl import Visit, the_walk
from tests.support.site import Login, Site


@dataclass(frozen=True)
class Example:
    """A page to look at, and as whom."""

    address: str
    login: Login | None = None

    def __str__(self) -> str:
        return f"{self.address} ({self.login.role if self.login else 'nobody'})"


def examples(site: Site, *, thorough: bool) -> list[Example]:
    """One page of every kind as the secretariat sees it, and as nobody does; with `thorough` two of each."""
    secretariat = site.login("secretariat")
    found = [Example(visit.address) for visit in _outermost(the_walk(site, None), thorough)]
    found += [Example(visit.address, secretariat) for visit in _outermost(the_walk(site, secretariat), thorough)]
    return found


def _outermost(visits: Iterable[Visit], thorough: bool) -> list[Visit]:
    kinds: dict[tuple[str, bool], list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.is_page:
            kinds[visit.route, visit.status == 200].append(visit)
    chosen = []
    for pages in kinds.values():
        by_size = sorted(pages, key=lambda page: page.size)
        chosen += [by_size[-1]] if len(by_size) == 1 or not thorough else [by_size[0], by_size[-1]]
    return chosen
