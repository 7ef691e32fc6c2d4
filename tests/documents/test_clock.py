"""What the worker does to documents by itself; what hostile words do not."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from sgdocs import worker
from sgdocs.base import clock as clocks
from sgdocs.base.act import Act
from sgdocs.documents import actions, queries
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind as K
from sgdocs.documents.rules import LineageKind, Status
from sgdocs.documents.schemas import OldDocument
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.desk import at, form, meeting, reservation, revision, submitted, upload
from tests.make import Make

NASTY = "\x00A\x07\u202e <script>alert(1)</script> {0} {n.__class__} %s \ud83d\ude00".encode(
    "utf-16", "surrogatepass"
).decode("utf-16")


def test_worker_expires_reservations(services: Services, act: Act, cast: Cast, make: Make) -> None:
    past = at(cast.delegate_member.act, clocks.now() - timedelta(days=15))
    document = actions.reserve(
        past, meeting(make, starts_on=date(2090, 1, 9), ends_on=date(2090, 1, 20)), reservation()
    )
    act.session.commit()

    worker.tidy(services)

    with Session(act.session.get_bind()) as later:
        assert later.get_one(Document, document.id).status == Status.EXPIRED


@pytest.mark.parametrize("words", [NASTY, "x" * 500, "'; DROP TABLE document; --", "=HYPERLINK(1)", "{{7*7}}"])
def test_words_of_a_form_are_words(cast: Cast, make: Make, words: str) -> None:
    act = cast.chair.act
    sg13 = meeting(make)
    finding = {"id": "x.y", "severity": "warning", "found": words}
    file = upload(name=f"{words}/../..\\{words}.docx", findings=[finding])

    asked = form(words, abstract=words, keywords=words[:500], contacts=[{"name": words[:200]}], note=words)
    document = actions.submit(act, sg13, asked, [file])
    actions.revise(act, document, revision(title=words, note=words), [upload(name=words)])
    actions.set_audience(act, document, "public", words)
    actions.relate(act, document, submitted(act, sg13), LineageKind.REVISION_OF, words=words)
    actions.withdraw(act, document, words)
    actions.enter_old(cast.tsb.act, sg13, OldDocument(K.TEMPORARY, 9, title=words, source=words, old_number=words))
    act.session.commit()

    assert [f.name for f in queries.files_of(act, document)] == ["T25-SG13-C1-E.docx", "T25-SG13-C1R1-E.docx"]
    assert "\x00" not in document.withdrawn_reason + document.title
    assert queries.for_meeting(act, sg13, queries.DocumentFilter(q=words))
    assert not queries.for_meeting(act, sg13, queries.DocumentFilter(kind=words, question=words, language=words))
