"""Webhooks: https to the public internet alone, asked at each connection; signed; tried again; ended at last; never in the way."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from sqlmodel import col, select

from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, NotFound
from sgdocs.journal.models import Entry
from sgdocs.notices import delivering, hooks, signing
from sgdocs.notices.calling import Caller
from sgdocs.notices.hook_rules import is_public, why_not_url
from sgdocs.notices.models import Webhook, WebhookCall
from sgdocs.notices.schemas import WebhookForm
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make, all_rows
from tests.notices.receiving import Receiver, receiver
from tests.notices.stories import letters, told
from tests.support.databases import Clock

Work = Callable[[], None]
Made = tuple[Webhook, str]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[tuple[Receiver, Caller]]:
    with receiver(tmp_path) as both:
        yield both


@pytest.fixture
def hook(cast: Cast, make: Make, there: tuple[Receiver, Caller]) -> Made:
    """Of a delegate, about SG13."""
    cast.summon("sg13", "sg15")
    form = WebhookForm(url=there[0].url, scopes=[f"group:{cast.sg13.id}"])
    made = hooks.make_webhook(cast.delegate_state.act, cast.delegate_state.person, form)
    make.session.commit()
    return made


@pytest.mark.parametrize("ended", ["closed", "out of date", "left"])
def test_webhook_of_an_account_that_ended_is_silent(
    cast: Cast,
    make: Make,
    services: Services,
    hook: Made,
    there: tuple[Receiver, Caller],
    heard: Work,
    clock: Clock,
    ended: str,
) -> None:
    person = cast.delegate_state.person
    account = make.account(person)
    paper(make)
    make.session.commit()
    heard()
    if ended == "closed":
        account.ended_at = clock.now
    elif ended == "out of date":
        account.ends_on = clock.now.date() - timedelta(days=2)
    else:
        person.left_at = clock.now
    make.add(person)
    make.add(account)
    make.session.commit()

    CALL_DUE(services, clock.now, there[1])
    paper(make, 2)
    make.session.commit()
    heard()

    assert there[0].got == []
    assert [call.error for call in calls(make)] == [delivering.NOT_FOR_YOU], "the next one was not even queued"


@pytest.fixture
def heard(work: Work, monkeypatch: pytest.MonkeyPatch) -> Work:
    """The worker, which hears and calls nobody."""
    monkeypatch.setattr(delivering, "call_due", lambda *_: 0)
    return work


CALL_DUE = delivering.call_due


def calls(make: Make) -> list[WebhookCall]:
    make.session.expire_all()
    found: list[WebhookCall] = all_rows(make.session, WebhookCall)
    make.session.rollback()
    return found


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org/a?b=c",
        "https://hooks.example.org:8443/",
        "https://93.184.216.34/",
        "https://[2606:4700::1]/",
    ],
)
def test_public_https_address_will_do(url: str) -> None:
    assert why_not_url(url) is None


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://hooks.example.org/", "webhooks.https"),
        ("ftp://hooks.example.org/", "webhooks.https"),
        ("//hooks.example.org/", "webhooks.https"),
        ("https:///path", "webhooks.https"),
        ("https://user:word@hooks.example.org/", "webhooks.https"),
        ("https://user@hooks.example.org/", "webhooks.https"),
        ("https://hooks.example.org/#part", "webhooks.https"),
        ("https://hooks.example.org:99999/", "webhooks.https"),
        ("https://localhost/", "webhooks.https"),
        ("https://hooks.example.org/\r\nX-More: 1", "webhooks.https"),
        ("https://[::1/", "webhooks.https"),
        ("https://höoks.example.org/", "webhooks.https"),
        ("https://hooks.example.org/" + "a" * 500, "webhooks.https"),
        ("https://127.0.0.1/", "webhooks.public"),
        ("https://10.1.2.3/", "webhooks.public"),
        ("https://169.254.169.254/latest/meta-data", "webhooks.public"),
        ("https://[::1]/", "webhooks.public"),
        ("https://[::ffff:10.0.0.1]/", "webhooks.public"),
        ("https://[64:ff9b::a00:1]/", "webhooks.public"),
    ],
)
def test_other_address_is_refused(url: str, rule: str) -> None:
    refused = why_not_url(url)

    assert refused is not None
    assert refused.rule.id == rule


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "127.8.9.1", "192.168.0.1", "172.16.5.5", "100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "::", "fe80::1", "fc00::1", "ff02::1", "2002:a00:1::", "2001:0:1::1", "::ffff:127.0.0.1", "2001:db8::1"],
)  # fmt: skip
def test_special_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:192.168.1.1"], []])
def test_name_that_points_inside_at_the_moment_of_the_call_is_not_called(
    there: tuple[Receiver, Caller], found: list[str]
) -> None:
    """Whatever it pointed to when the webhook was made: the address that was checked is the one that is connected to."""
    caller = Caller(resolve=lambda *_: found)

    answer = caller.call(there[0].url, b"{}", {}, seconds=2)

    assert (answer.ok, answer.status) == (False, None)
    assert answer.error.endswith("has no address") if not found else "public" in answer.error
    assert there[0].got == []


def test_name_is_asked_once_for_each_call(there: tuple[Receiver, Caller]) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    assert replace(there[1], resolve=resolve).call(there[0].url, b"{}", {}, seconds=2).ok
    assert asked == ["hooks.example.test"]


def test_certificate_must_be_of_the_name(there: tuple[Receiver, Caller]) -> None:
    wrong = there[0].url.replace("hooks.example", "other.example")

    answer = there[1].call(wrong, b"{}", {}, seconds=2)

    assert (answer.status, "CERTIFICATE_VERIFY_FAILED" in answer.error) == (None, True)


@pytest.mark.parametrize("how", ["slow", "trickle"])
def test_slow_receiver_is_left_in_time(there: tuple[Receiver, Caller], how: str) -> None:
    there[0].how = how
    began = time.monotonic()

    answer = there[1].call(there[0].url, b"{}", {}, seconds=1)

    assert answer.status is None
    assert time.monotonic() - began < 3


def test_redirect_is_not_followed(there: tuple[Receiver, Caller]) -> None:
    there[0].how = "elsewhere"

    answer = there[1].call(there[0].url, b"{}", {}, seconds=2)

    assert (answer.status, answer.error, answer.ok) == (302, "redirects are not followed", False)
    assert len(there[0].got) == 1


def test_event_arrives_signed_and_once(
    cast: Cast, make: Make, services: Services, hook: Made, there: tuple[Receiver, Caller], heard: Work, clock: Clock
) -> None:
    paper(make)
    paper(make, group="T/SG15")
    make.session.commit()
    heard()

    assert CALL_DUE(services, clock.now, there[1]) == 1
    assert CALL_DUE(services, clock.now, there[1]) == 0

    ((path, headers, body),) = there[0].got
    assert path == "/hook?from=sgdocs"
    event = json.loads(body)
    assert (event["verb"], event["subject"]["label"]) == ("documents.submitted", "SG13-C1")
    assert event["says"] == "New: SG13-C1, Proposal 1"
    assert event["subject"]["url"] == "https://sgdocs.test/doc/T25-SG13-C1"
    assert headers[signing.EVENT] == event["event"]
    told_headers = dict(headers.items())
    assert signing.is_right(hook[1], told_headers, body, clock.now)
    assert not signing.is_right(hook[1], told_headers, body + b" ", clock.now)
    assert not signing.is_right("another secret", told_headers, body, clock.now)
    assert not signing.is_right(hook[1], told_headers, body, clock.move(minutes=6))
    assert hook[1] not in body.decode()


def test_failure_pauses_the_webhook_and_is_tried_again_with_the_same_event(
    cast: Cast, make: Make, services: Services, hook: Made, there: tuple[Receiver, Caller], heard: Work, clock: Clock
) -> None:
    for number in (1, 2):
        paper(make, number)
    make.session.commit()
    heard()
    there[0].status = 500

    assert CALL_DUE(services, clock.now, there[1]) == 1
    assert CALL_DUE(services, clock.now, there[1]) == 0, "the second event waits too: the receiver is down"
    assert CALL_DUE(services, clock.move(seconds=9), there[1]) == 0
    assert CALL_DUE(services, clock.move(seconds=1), there[1]) == 1
    assert CALL_DUE(services, clock.move(seconds=59), there[1]) == 0
    there[0].status = 204
    assert CALL_DUE(services, clock.move(seconds=1), there[1]) == 1
    assert CALL_DUE(services, clock.move(seconds=1), there[1]) == 1

    events = [headers[signing.EVENT] for _, headers, _ in there[0].got]
    assert [events.count(each) for each in dict.fromkeys(events)] == [2, 2]
    assert [(call.attempts, call.status, call.error) for call in calls(make)] == [(2, 204, ""), (2, 204, "")]
    assert all_rows(make.session, Webhook)[0].failed == 0


def test_webhook_ends_after_repeated_failure_and_its_owner_is_told(
    cast: Cast, make: Make, services: Services, database: Database, hook: Made,
    there: tuple[Receiver, Caller], heard: Work, clock: Clock,
) -> None:  # fmt: skip
    for number in range(1, 4):
        paper(make, number)
    make.session.commit()
    heard()
    there[0].status = 410

    made = 0
    for _ in range(20):
        made += CALL_DUE(services, clock.move(hours=7), there[1])
    heard()

    assert made == services.settings.webhook_failures
    make.session.rollback()
    row = make.session.exec(select(Webhook).execution_options(populate_existing=True)).one()
    assert row.ended_at is not None
    assert row.ended_reason.startswith("10 failures in a row")
    assert all(call.done_at is not None for call in calls(make))
    assert told(database, "webhooks.failed") == {"Dora Envoy": ("service", "owner")}
    (letter,) = letters(database)
    assert "was ended: 10 failures in a row" in letter.subject


def test_what_its_owner_may_not_read_any_more_is_not_sent(
    cast: Cast, make: Make, services: Services, hook: Made, there: tuple[Receiver, Caller], heard: Work, clock: Clock
) -> None:
    hidden = paper(make, 1, audience="secretariat")
    narrowed = paper(make, 2)
    make.session.commit()
    heard()
    narrowed.audience = "secretariat"
    make.add(narrowed)
    make.session.commit()

    CALL_DUE(services, clock.now, there[1])

    assert there[0].got == []
    entry = make.session.exec(
        select(Entry).where(Entry.subject_id == narrowed.id, col(Entry.verb).startswith("doc"))
    ).one()
    assert [(call.entry_id, call.error) for call in calls(make)] == [(entry.id, delivering.NOT_FOR_YOU)]
    assert hidden.id != narrowed.id


def test_two_workers_make_each_call_once(
    cast: Cast, make: Make, services: Services, hook: Made, there: tuple[Receiver, Caller], heard: Work, clock: Clock
) -> None:
    paper(make)
    make.session.commit()
    heard()

    workers = [threading.Thread(target=CALL_DUE, args=(services, clock.now, there[1])) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert len(there[0].got) == 1


def test_name_that_is_never_found_holds_up_no_other(
    cast: Cast, make: Make, services: Services, hook: Made, there: tuple[Receiver, Caller], heard: Work, clock: Clock
) -> None:
    stuck = WebhookForm(url="https://stuck.example.test/", scopes=[])
    hooks.make_webhook(cast.delegate_academia.act, cast.delegate_academia.person, stuck)
    paper(make)
    make.session.commit()
    heard()
    ended = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        if host.startswith("stuck"):
            ended.wait(30)
        return ["127.0.0.1"]

    began = time.monotonic()
    patient = services.settings.model_copy(update={"webhook_seconds": 1})
    assert CALL_DUE(replace(services, settings=patient), clock.now, replace(there[1], resolve=resolve)) == 2
    ended.set()

    assert time.monotonic() - began < 6
    assert len(there[0].got) == 1
    assert sorted(call.error for call in calls(make)) == ["", "it took too long"]


def test_webhooks_belong_to_their_owner(cast: Cast, make: Make, hook: Made) -> None:
    row, _ = hook
    for stranger in (cast.delegate_academia, cast.tsb, cast.admin):
        with pytest.raises(NotFound):
            hooks.end_webhook(stranger.act, row.id or 0)
        with pytest.raises(NotAllowed):
            hooks.make_webhook(stranger.act, cast.delegate_state.person, WebhookForm(url="https://a.example.org/"))
    token = make.act_as(make.actor(cast.delegate_state.person, scopes=["read", "write"]))
    with pytest.raises(NotAllowed):
        hooks.make_webhook(token, cast.delegate_state.person, WebhookForm(url="https://a.example.org/"))
    with pytest.raises(Invalid):
        hooks.make_webhook(cast.delegate_state.act, cast.delegate_state.person, WebhookForm(url="https://10.0.0.1/"))
    hooks.end_webhook(cast.delegate_state.act, row.id or 0)
    with pytest.raises(Conflict):
        hooks.end_webhook(cast.delegate_state.act, row.id or 0)
