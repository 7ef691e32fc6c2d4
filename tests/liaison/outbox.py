"""Statements of SG13 that go out, for tests: the form, drafts, agreed and sent ones; a store that keeps what is put."""

from hashlib import sha256
from typing import Any

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.liaison.actions import approving, drafting, previewing, sending
from sgdocs.liaison.bodies_models import Body, BodyContact
from sgdocs.liaison.models import Addressee, Dispatch, Statement
from sgdocs.liaison.queries import addressees_of, senders_of
from sgdocs.liaison.rules import Level
from sgdocs.liaison.schemas import DraftForm
from sgdocs.storage.store import Blob
from tests.cast import Cast
from tests.liaison.desk import body
from tests.make import Make

SITE = "https://sgdocs.test"
COMPLETE: dict[str, Any] = {
    "senders": [{"name": "T/SG13", "questions": ["Q2/13"]}],
    "addressees": [{"name": "T/SG15", "purpose": "action", "deadline": "2026-06-01"}],
    "title": "Slices of networks in tests",
    "body": "SG13 has begun to study slices.\n\nDo you have requirements?",
    "contacts": [{"name": "Rafael Quill", "organisation": "Imaginary Networks", "email": "rafael@example.test"}],
}


class Store:
    """Keeps what is put."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def __call__(self, data: bytes) -> Blob:
        digest = sha256(data).hexdigest()
        self.kept[digest] = data
        return Blob(digest, len(data))


def form(**facts: Any) -> DraftForm:
    return DraftForm.model_validate(COMPLETE | facts)


def drafted(cast: Cast, **facts: Any) -> Statement:
    """By the rapporteur of Q2/13, to SG15 for action."""
    cast.summon("sg13", "sg15", "q2")
    return drafting.draft(cast.rapporteur.act, form(**facts))


def approved(cast: Cast, **facts: Any) -> Statement:
    """Approved by the chair of SG13 between meetings."""
    statement = drafted(cast, **facts)
    for sender in senders_of(cast.make.session, statement):
        approving.agree(cast.chair.act, statement, sender, Level.CHAIR)
    return statement


def accepted(act: Act, statement: Statement) -> list[str]:
    """The ids of every warning, as somebody accepts them who read them."""
    return [each.id for each in previewing.preview(act, statement).warnings]


def sent(cast: Cast, store: Store | None = None, **facts: Any) -> Statement:
    """Sent by the secretariat, every warning accepted."""
    statement = approved(cast, **facts)
    return send(on_site(cast.tsb.act), statement, store)


def send(act: Act, statement: Statement, store: Store | None = None, **facts: Any) -> Statement:
    return sending.send(act, statement, statement.version, store or Store(), accept=accepted(act, statement), **facts)


def on_site(act: Act) -> Act:
    """The same act, with the address of the pages for links in letters."""
    return Act(act.session, act.actor, act.now, site=SITE)


def partner(make: Make, name: str = "3GPP SA2", email: str = "liaison@3gpp.test", **facts: Any) -> Body:
    """A body with one contact."""
    row = body(make, name)
    make.add(BodyContact(body_id=row.id or 0, name="Liaison desk", email=email, is_default=True, **facts))
    return row


def to(act: Act, statement: Statement, n: int = 0) -> Addressee:
    return addressees_of(act.session, statement)[n]


def dispatches(act: Act, statement: Statement) -> list[Dispatch]:
    rows = select(Dispatch).where(Dispatch.statement_id == statement.id)
    return sorted(act.session.exec(rows), key=lambda each: each.id or 0)
