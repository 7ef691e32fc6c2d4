"""What a browser does with documents in tests: bring a Word file, fill the form, read the answer."""

from functools import cache
from typing import Any

from starlette.testclient import TestClient

from sgdocs.people.models import Person
from tests.files.covers import itu_t
from tests.make import Make
from tests.people.browser import another, sign_in, tree

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "Proposal on slices"


@cache
def word(title: str = TITLE, **facts: Any) -> bytes:
    """A contribution to SG13 on the template of 2025, addressed to Q2/13, from Imaginary Networks."""
    told: dict[str, Any] = {
        "number": "SG13-Cn",
        "questions": "2/13",
        "codes": ("2/13",),
        "source": "Imaginary Networks",
        "days": ("Geneva, 13-24 April 2026", "2026-04-13", "2026-04-24"),
    }
    return itu_t(title, title=title, **{**told, **facts}).make().data


def a_file(content: bytes | None = None, name: str = "draft.docx", media_type: str = WORD) -> dict[str, Any]:
    return {"file": (name, word() if content is None else content, media_type)}


def signed_in(client: TestClient, make: Make, person: Person) -> TestClient:
    """A browser of its own, in which the person is signed in."""
    browser = another(client)
    make.account(person)
    make.session.commit()
    sign_in(browser, person)
    return browser


def fields(text: str) -> dict[str, str]:
    """name -> value of every field of the form of a document."""
    (form,) = [form for form in tree(text).forms if form.get("class") == "paper"]
    return {name: form.fields[name] or "" for name in form.fields if name}


def errors(text: str) -> dict[str, str]:
    """field -> what stands against it."""
    found = tree(text).cssselect("span[id$=-error]")
    return {each.get("id", "").removesuffix("-error"): each.text_content().strip() for each in found}
