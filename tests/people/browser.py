"""What a browser does in tests of accounts: sign in, read letters, find a form."""

from collections.abc import Callable
from typing import TypeVar

import lxml.html
from lxml.html import HtmlElement
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.mail.models import Letter
from sgdocs.people.models import Person
from tests.make import PASSWORD
from tests.support.services import ADDRESS

COOKIE = "__Host-sgdocs"
Answer = TypeVar("Answer")


def another(client: TestClient) -> TestClient:
    """A second browser at the same application."""
    return TestClient(client.app, base_url=ADDRESS)


def sign_in(client: TestClient, person: Person, password: str = PASSWORD, next: str = "") -> str:
    """Sign in by the form; returns the session's cookie."""
    form = {"email": person.email, "password": password, "next": next}
    answer = client.post("/login", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client.cookies[COOKIE]


def read(database: Database, ask: Callable[[Session], Answer]) -> Answer:
    """Something read on a session of its own."""
    with database.reading() as session:
        return ask(session)


def last_letter(database: Database) -> Letter:
    letter = read(database, lambda s: s.exec(select(Letter).order_by(col(Letter.id).desc())).first())
    assert letter is not None
    return letter


def key_in(letter: Letter) -> str:
    """The key of the link in a letter."""
    return letter.text.split("/link/")[1].split()[0]


def tree(text: str) -> HtmlElement:
    return lxml.html.fromstring(text)


def content(text: str) -> str:
    """The words of the page's main part."""
    return " ".join(tree(text).get_element_by_id("content").text_content().split())


def fault_of(text: str, field: str) -> str:
    """What the page says is wrong at a field."""
    return " ".join(tree(text).get_element_by_id(f"{field}-error").text_content().split())
