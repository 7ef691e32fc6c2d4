"""Which pages stand for all: of every handler the smallest and the largest page it gave."""

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter

from tests.browser.crawl import the_walk
from tests.support.site import Login, Site


@dataclass(frozen=True)
class Example:
    """A page to look at, and as whom."""

    address: str
    login: Login | None = None

    def __str__(self) -> str:
        return f"{self.address} ({self.login.role if self.login else 'nobody'})"


def examples(site: Site, *, thorough: bool) -> list[Example]:
    """The largest page of every kind, as nobody or as the secretariat; with `thorough` the smallest too.

    Pages that say no are one kind for each status; with `thorough` for each handler.
    """
    kinds: dict[tuple[str, int], list[tuple[int, Example]]] = defaultdict(list)
    for login in (None, site.login("secretariat")):
        for visit in the_walk(site, login):
            if visit.is_page:
                kind = visit.route if visit.status == 200 or thorough else ""
                kinds[kind, visit.status].append((visit.size, Example(visit.address, login)))
    chosen: list[Example] = []
    for pages in kinds.values():
        by_size = [example for _, example in sorted(pages, key=itemgetter(0))]
        chosen += {by_size[0]: 1, by_size[-1]: 1} if thorough else {by_size[-1]: 1}
    return chosen
