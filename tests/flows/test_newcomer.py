"""A newcomer: asks for an account, is confirmed, signs in, makes a token, reads by it, leaves."""

from collections.abc import Callable
from datetime import timedelta

from starlette.testclient import TestClient

from sgdocs.mail.memory import MemoryMailer
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock

NEW_PASSWORD = "a-phrase-of-the-newcomer"


def test_newcomer_from_request_to_departure(
    client: TestClient,
    make: Make,
    cast: Cast,
    clock: Clock,
    mailer: MemoryMailer,
    work: Callable[[], None],
) -> None:
    make.account(cast.focal_point.person)
    make.account(cast.tsb.person)
    entity = cast.company.name
    make.session.commit()

    # Nora asks; the focal point of her entity finds the request and confirms it.
    asked = client.post("/account/request", data={"name": "Nora New", "email": "nora@new.test", "organisation": entity})
    assert asked.status_code == 200
    focal_point = another(client)
    sign_in(focal_point, cast.focal_point.person)
    waiting = focal_point.get("/my/requests")
    assert "Nora New" in content(waiting.text)
    address = next(a for a in tree(waiting.text).xpath("//main//a/@href") if a.startswith("/my/requests/"))
    assert focal_point.post(f"{address}/confirmation", data={}).status_code == 200

    # The worker sends her the invitation; its link takes a password, once.
    work()
    (invitation,) = [letter for letter in mailer.sent if "/link/" in letter.get_content()]
    assert invitation["To"] == "Nora New <nora@new.test>"
    link = "/link/" + invitation.get_content().split("/link/")[1].split()[0]
    assert client.post(link, data={"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 200
    assert another(client).get(link).status_code == 409

    # She signs in and makes a token, by which a script reads in her name.
    nora = another(client)
    form = {"email": "nora@new.test", "password": NEW_PASSWORD}
    assert nora.post("/login", data=form, follow_redirects=False).status_code == 303
    expires = (clock.now + timedelta(days=30)).date().isoformat()
    made = nora.post("/my/tokens", data={"name": "script", "scopes": ["read"], "expires_on": expires})
    token = next(word for word in content(made.text).split() if word.startswith("sgd_"))
    bearer = {"Authorization": f"Bearer {token}"}
    assert another(client).get("/api/v1/me", headers=bearer).json()["person"]["name"] == "Nora New"

    # She leaves her entity: session and token end at once.
    secretariat = another(client)
    sign_in(secretariat, cast.tsb.person)
    assert secretariat.post("/person/nora-new/departure", data={"reason": "moved on"}).status_code == 200
    assert another(client).get("/api/v1/me", headers=bearer).status_code == 403
    assert nora.get("/my", follow_redirects=False).headers["location"].startswith("/login")
    assert nora.post("/login", data=form, follow_redirects=False).status_code == 422
