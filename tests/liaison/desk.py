"""What tests of liaison put on the desk: bodies, and the forms that come in."""

from collections.abc import Sequence
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.text import folded
from sgdocs.documents.schemas import Upload
from sgdocs.liaison.actions.receiving import receive
from sgdocs.liaison.bodies_models import Body, BodyName
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.schemas import ReceiveForm
from tests.documents.desk import upload
from tests.make import Make


def body(make: Make, name: str = "3GPP SA2", *spellings: str, **facts: Any) -> Body:
    facts.setdefault("kind", "sdo")
    row: Body = make.add(Body(slug=key_of(name), name=name, sort_key=folded(name), created_at=make.act.now, **facts))
    for each in (name, *spellings):
        make.add(BodyName(key=key_of(each), name=each, body_id=row.id or 0))
    return row


def form(
    title: str = "LS on slices",
    *,
    to: Sequence[str | dict[str, Any]] = ("T/SG13",),
    source: Sequence[str] = ("3GPP SA2",),
    **facts: Any,
) -> ReceiveForm:
    told = {
        "title": title,
        "senders": [{"name": each} for each in source],
        "addressees": [{"name": each} if isinstance(each, str) else each for each in to],
    }
    return ReceiveForm.model_validate(told | facts)


def received(act: Act, title: str = "LS on slices", *uploads: Upload, **facts: Any) -> Statement:
    return receive(act, form(title, **facts), uploads or (upload(),))


def to(act: Act, statement: Statement, n: int = 0) -> Addressee:
    return addressees_of(act.session, statement)[n]
