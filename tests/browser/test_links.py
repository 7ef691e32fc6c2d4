"""A walk over the whole demonstration, as nobody, as a delegate and as the secretariat."""

import httpx2
import pytest
from lxml import html

from tests.browser.crawl import RESOURCES, SEEDS, Visit, routes, the_walk
from tests.support.site import Site

MISSING = {"/no-such-page", "/rec/T/G.99999"}
"""Seeds that must be answered by the page for what is not found."""

UNLINKED: dict[str, str] = {
    "/healthz": "for machines",
    "/robots.txt": "for machines",
    "/journal/heads.jsonl": "for machines, and not there before the first day; tests/web/test_dossiers.py",
    "/meeting/{code}/manifest.json": "for machines; tests/disk/test_bundles.py",
    "/language/{code}": "not followed, it changes the reader's language; tests/web covers it",
    "/doc/{name}/admit": "the walk opens some documents of many; tests/web/test_documents_deeds.py",
    "/doc/{name}/delete": "the walk opens some documents of many; tests/web/test_documents_deeds.py",
    "/wi/{name}/reregistration": "the walk opens some work items of many; tests/web/test_work_items.py",
    "/wi/{name}/registration": "the walk opens some work items of many; tests/web/test_work_items.py",
    "/body/{slug}/{kind}/{number}/end": "the walk opens some bodies of many; tests/web/test_bodies.py",
    "/liaison/{name}/to/{position}/closing": "the walk opens some statements of many; tests/api/test_liaison_deeds.py",
    "/liaison/{name}/agreement": "the walk opens some statements of many; tests/web/test_liaison_deeds.py",
    "/liaison/{name}/edit": "the walk opens some statements of many; tests/web/test_liaison_deeds.py",
    "/liaison/{name}/papers": "the walk opens some statements of many; tests/web/test_liaison_deeds.py",
    "/doc/{name}/references.{form}": "the walk opens some documents of many; tests/web/test_document_text.py",
    "/group/{path:path}/tasks.ics": "asks for a key; tests/web/test_tasks.py",
    "/offline": "kept by the service worker; tests/browser/test_offline.py",
    "/sw.js": "asked for by a script; tests/browser/test_offline.py",
    "/meeting/{code}/offline.json": "asked for by a script; tests/browser/test_offline.py",
    "/approval/what-if.{form}": "linked from an answer; tests/web/test_procedures.py",
    "/approval/what-if.ics": "linked from an answer; tests/web/test_procedures.py",
    "/search/suggest": "a fragment, asked for while typing",
    "/discussion/people": "a fragment, asked for while typing; tests/web/test_discussions.py",
    "/discussion/begun": "a fragment, asked for while nobody has written; tests/web/test_discussions.py",
    "/discussion/{id}/stream": "asked for by a script, and never ends; tests/live",
    "/discussion/panel": "a fragment, asked for by pages of other things; tests/web/test_discussions.py",
    "/meeting/{code}/sitting/{sitting_id}/join": "to who is registered, and on to the room; tests/web/test_joining.py",
    "/link/{key}": "from a letter; tests/web/test_account.py",
    "/login/code": "a step of signing in; tests/web/test_account.py",
    "/login/second-factor": "a step of signing in; tests/web/test_account.py",
    "/login/openid": "leads to the provider; tests/web/test_account_openid.py",
    "/login/openid/back": "from the provider; tests/web/test_account_openid.py",
    "/my/feed.atom": "opens with a key alone; tests/web/test_notices.py",
    "/stop/{words}": "from a letter; tests/web/test_notices.py",
    "/my/bar": "asked for by a page that does not know it yet; tests/web/test_my_page.py",
    "/my/waiting.ics": "opens with a key alone; tests/web/test_my_page.py",
    "/my/calendar.ics": "opens with a key alone; tests/web/test_meetings_calendar.py",
    "/my/requests/{id}": "no request waits in the demonstration; tests/web/test_account.py",
    "/office/letters/{id}": "no letter was written in the demonstration",
    "/doc/{words:path}": "numbers as people write them; tests/web/test_documents.py",
    "/liaison/{words:path}": "numbers as people write them; tests/web/test_liaison_pages.py",
    "/liaison/{name}/papers/{position}": "no statement of the demonstration has a file of its own; tests/web/test_liaison_pages.py",
    "/liaison/ack/{token}": "from a letter; tests/web/test_liaison_sending.py",
    "/liaison/{name}/approval": "what is agreed waits for others in the demonstration; tests/web/test_liaison_deeds.py",
    "/liaison/{name}/twins/{other}": "the walk opens some statements of many; tests/web/test_liaison_sending.py",
    "/liaison/{name}/to/{position}/filing": "all is filed in the demonstration; tests/web/test_liaison_deeds.py",
    "/office/arrivals/{id}": "no mail waits in the demonstration; tests/web/test_liaison_sending.py",
    "/office/arrivals/{id}/files/{number}": "no mail waits in the demonstration; tests/web/test_liaison_sending.py",
    "/doc/{name}/view/{file}": "no PDF is in the demonstration; tests/web/test_documents.py",
    "/approval/{procedure}/{number}/comments/{n}/file": "no comment of the demonstration has a file; tests/web/test_approval_comments.py",
    **dict.fromkeys(
        (
            "/doc/{name}/translation",
            "/doc/{name}/translation/{language}",
            "/office/translations.{form}",
            "/translation/{kind}/{id}",
            "/translation/{kind}/{id}/{language}",
            "/translation/{kind}/{id}/{language}/{file}",
        ),
        "the demonstration has no translation service; tests/web/test_translations.py",
    ),
    "/doc/{name}/upload": "no number is reserved in the demonstration; tests/web/test_documents_submit.py",
    "/doc/{name}/restore": "nothing is deleted in the demonstration; tests/web/test_documents_deeds.py",
    "/doc/{name}/admission": "nothing is admitted in the demonstration; tests/web/test_documents_deeds.py",
    "/meeting/{code}/documents/new": "the same form as for contributions; tests/web/test_documents_submit.py",
    "/meeting/{code}/publication": "no assembly is in the demonstration; tests/web/test_publication.py",
    "/doc/{name}/citedby.{form}": "no document cites another in the demonstration; tests/web/test_document_text.py",
    "/office/numbers.{form}": "a series is chosen by a form; tests/web/test_documents_deeds.py",
    **dict.fromkeys(
        (f"/{kind}/{{below:path}}" for kind in ("decision", "draft", "handbook", "opinion", "text")),
        "no text of the kind is in the demonstration; tests/web/test_recommendations.py",
    ),
}
"""Handlers no link leads to, and why."""

PEOPLE = ("nobody", "delegate", "secretariat")


@pytest.fixture(params=PEOPLE)
def visits(request: pytest.FixtureRequest, site: Site) -> list[Visit]:
    return the_walk(site, None if request.param == "nobody" else site.login(request.param))


def names_a_paper(visit: Visit) -> bool:
    """A text may name a paper that the reader may not open: no link tells whether it is there."""
    return visit.status == 404 and visit.address.startswith("/doc/") and "/text" in visit.linked_from


def test_every_link_leads_somewhere(visits: list[Visit]) -> None:
    broken = [
        f"{v.status} {v.address} (from {v.linked_from or 'the start'})"
        for v in visits
        if v.address not in MISSING and not names_a_paper(v) and v.status not in (200, 301, 302, 303, 307, 308)
    ]

    assert broken == [], "\n".join(broken)
    assert len(visits) > len(SEEDS)


def test_what_is_missing_is_not_found(visits: list[Visit]) -> None:
    assert {v.address: (v.status, v.kind) for v in visits if v.address in MISSING} == dict.fromkeys(
        MISSING, (404, "text/html")
    )


def test_nothing_is_fetched_from_elsewhere(visits: list[Visit]) -> None:
    assert {v.address: v.elsewhere for v in visits if v.elsewhere} == {}


def test_links_within_a_page_have_their_target(visits: list[Visit]) -> None:
    assert {v.address: v.anchors for v in visits if v.anchors} == {}


def test_every_page_has_a_title(visits: list[Visit]) -> None:
    assert [v.address for v in visits if v.is_page and not v.title.strip()] == []


def test_every_page_can_be_reached(site: Site) -> None:
    reached = {v.route for who in PEOPLE for v in the_walk(site, None if who == "nobody" else site.login(who))}
    unreached = {route.path for route in routes() if not route.path.startswith("/api/")} - reached - set(UNLINKED)

    assert unreached == set(), "\n".join(sorted(unreached))


def test_first_page_is_light(site: Site) -> None:
    """At most 150 kB on the wire, with everything it needs. Source: design 1."""
    needed = ["/"]
    with httpx2.Client(base_url=site.address, headers={"Accept-Encoding": "gzip"}) as client:
        page = html.fromstring(client.get("/").text)
        needed += [str(a) for a in page.xpath(RESOURCES)]
        wire = 0
        for address in dict.fromkeys(needed):
            with client.stream("GET", address) as answer:
                answer.read()
                wire += answer.num_bytes_downloaded

    assert wire <= 150_000
    assert len(needed) > 2
