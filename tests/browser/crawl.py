"""Follow every link of the site, and keep what was found: one walk for a run of the tests."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import httpx2
from lxml import html
from starlette.routing import Match, Route

from sgdocs.web.app import API, PAGES
from tests.support import run
from tests.support.site import Login, Site

SEEDS = (
    "/",
    "/search?q=optical",
    "/no-such-page",
    "/rec/T/G.99999",
    "/r/G.709",
    "/rec.csv",
    "/login/sent",
    "/account/requested",
)
NOT_FOLLOWED = re.compile(r"^/(language|logout)\b")
MOST_OF_A_ROUTE = 8
"""So many pages of one handler are visited, for each set of parameters."""
MOST_OF_A_QUERY = 3
"""Of one address with the same parameters; with three and more, until each two of them were seen together as often."""
RESOURCES = "//script/@src | //img/@src | //link[@rel!='canonical' and @rel!='alternate']/@href | //source/@src"


@dataclass
class Visit:
    """One address and what it answered. route: pattern of the handler; here: linked from; size: of the text."""

    address: str
    status: int
    kind: str
    route: str
    linked_from: str
    size: int
    title: str = ""
    elsewhere: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    @property
    def is_page(self) -> bool:
        return self.kind == "text/html"


def the_walk(site: Site, login: Login | None) -> list[Visit]:
    """Every address reachable for that person (None: nobody signed in)."""
    name = f"walk-{login.email if login else 'nobody'}"
    note = run.folder() / f"{name}.json"
    with run.alone(name):
        if not note.exists():
            visits = list(walk(site, login))
            note.write_text(json.dumps([asdict(visit) for visit in visits]))
        return [Visit(**told) for told in json.loads(note.read_text())]


def walk(site: Site, login: Login | None) -> Iterator[Visit]:
    """The least known handler first; of lists with filters and of handlers with very many pages, some."""
    waiting: dict[str, deque[tuple[str, str]]] = {}
    known, seen = set[str](), Counter[object]()
    with signed_in(site, login) as client:
        _queue(SEEDS, "", waiting, known)
        while waiting:
            route = min(waiting, key=seen.__getitem__)
            address, linked_from = waiting[route].popleft()
            if not waiting[route]:
                del waiting[route]
            if _has_enough(address, seen):
                continue
            answer = client.get(address, follow_redirects=False)
            visit, links = _read(address, linked_from, answer)
            seen[route] += 1
            yield visit
            _queue(links, address, waiting, known)


def _queue(links: Iterable[str], here: str, waiting: dict[str, deque[tuple[str, str]]], known: set[str]) -> None:
    for link in links:
        if link not in known and not NOT_FOLLOWED.match(link):
            known.add(link)
            waiting.setdefault(route_of(link), deque()).append((link, here))


@contextmanager
def signed_in(site: Site, login: Login | None) -> Iterator[httpx2.Client]:
    """A client with a session, made by filling the form as a browser would."""
    with httpx2.Client(base_url=site.address, timeout=30) as client:
        if login is not None:
            _sign_in(client, login)
        yield client


def _sign_in(client: httpx2.Client, login: Login) -> None:
    page = html.fromstring(client.get("/login").text)
    form = next(form for form in page.forms if form.xpath(".//input[@type='password']"))
    values = dict(form.form_values())
    values[form.xpath("string(.//input[@type='email' or @type='text'][1]/@name)")] = login.email
    values[form.xpath("string(.//input[@type='password'][1]/@name)")] = login.password
    answer = client.post(form.get("action") or "/login", data=values)
    if answer.status_code != 303:
        raise RuntimeError(f"{login.email} could not sign in: {answer.status_code}")


def route_of(address: str) -> str:
    """The pattern of the handler that answers an address, or "" when none does."""
    scope = {"type": "http", "method": "GET", "path": urlsplit(address).path, "root_path": ""}
    for route in routes():
        if route.matches(scope)[0] is Match.FULL:
            return route.path
    return ""


def routes() -> list[Route]:
    """Every handler of a GET request, in the order in which they are asked."""
    found = [route for router in (*PAGES, *API) for route in router.routes]
    return [route for route in found if isinstance(route, Route) and "GET" in (route.methods or ())]


def page_of(folder: Path, visit: Visit) -> Path:
    return folder / (re.sub(r"\W+", "-", visit.address).strip("-")[:120] + ".html")


def _has_enough(address: str, seen: Counter[object]) -> bool:
    """Whether enough of the kind was visited already; counts the address if not."""
    parts = urlsplit(address)
    route = route_of(address)
    names = tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
    pairs = [*combinations(names, 2)] if len(names) > 2 else [names]
    if all(
        seen[route, pair] >= MOST_OF_A_ROUTE or (pair and seen[parts.path, pair] >= MOST_OF_A_QUERY) for pair in pairs
    ):
        return True
    for pair in pairs:
        seen[route, pair] += 1
        seen[parts.path, pair] += bool(pair)
    return False


def _read(address: str, linked_from: str, answer: httpx2.Response) -> tuple[Visit, list[str]]:
    kind = answer.headers.get("content-type", "").split(";")[0]
    visit = Visit(address, answer.status_code, kind, route_of(address), linked_from, len(answer.text))
    if answer.is_redirect:
        return visit, [_local(address, answer.headers["location"]) or ""]
    if kind != "text/html":
        return visit, []
    page = html.fromstring(answer.text)
    visit.title = page.findtext(".//title") or ""
    visit.elsewhere = [str(r) for r in page.xpath(RESOURCES) if _local(address, str(r)) is None]
    wanted = {str(a) for a in page.xpath("//a/@href") if str(a).startswith("#") and len(str(a)) > 1}
    visit.anchors = sorted(wanted - {f"#{i}" for i in page.xpath("//@id")})
    links = [str(link) for link in page.xpath(f"//a/@href | {RESOURCES} | //link/@href")]
    return visit, [here for link in links if (here := _local(address, link))]


def _local(address: str, link: str) -> str | None:
    """The link as a path of this site; None when it leads elsewhere; the same page is "" """
    if link.startswith(("mailto:", "data:")):
        return ""
    target = urlsplit(urldefrag(urljoin(f"http://here{address}", link))[0])
    if target.netloc != "here" or target.scheme != "http":
        return None
    return target._replace(scheme="", netloc="").geturl()
