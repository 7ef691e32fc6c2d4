"""Texts of documents are kept once, with what they name; a bad file is kept with its reason."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed
from sgdocs.documents.actions.texts import keep_text
from sgdocs.documents.clauses import units_of
from sgdocs.documents.linking import linked_html
from sgdocs.documents.models import Citation, Clause, Document, File, Version
from sgdocs.documents.read_text import NO_TEXT, made_ready
from sgdocs.journal.models import Delivery, Entry
from sgdocs.recommendations import actions as recommendations
from sgdocs.recommendations.schemas import TextForm
from sgdocs.text.model import Problem, Reading, Unit
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import UNITS, file, kept, paper, stored
from tests.make import Make

Work = Callable[[], None]
HTML = b"<html><body><h1>1 Scope</h1><p>On hollowcore fibre.</p><h1>2 Timing</h1><p>Wander, see ITU-T G.652.</p></body></html>"


@pytest.fixture
def document(make: Make) -> Document:
    return paper(make, 12, title="On hollowcore fibre")


def verbs(act: Act) -> list[str]:
    return list(act.session.exec(select(Entry.verb).where(Entry.subject_kind == "document").order_by(col(Entry.id))))


def test_text_is_kept_with_its_clauses(act: Act, make: Make, document: Document) -> None:
    row = kept(make, document)

    assert units_of(act.session, row) == list(UNITS)
    assert (row.text, row.language_read, row.characters, row.text_problem) == ("kept", "en", 99, "")
    assert verbs(act) == ["documents.submitted", "documents.read"]


def test_text_told_twice_is_kept_once(act: Act, make: Make, document: Document) -> None:
    row = kept(make, document)
    before = act.session.exec(select(Clause.id)).all()

    assert not keep_text(act, row, Reading("docx", "x", units=UNITS[:2]))

    assert act.session.exec(select(Clause.id)).all() == before
    assert verbs(act).count("documents.read") == 1


def test_file_without_text_says_why(act: Act, make: Make, document: Document) -> None:
    encrypted, empty = file(make, document), file(make, document, name="b.docx")
    problem = Problem("file.encrypted", "It is encrypted.")

    keep_text(act, encrypted, Reading("docx", "x", problems=(problem,)))
    keep_text(act, empty, Reading("docx", "x", units=(Unit(),)))

    assert [(each.text, each.text_problem) for each in (encrypted, empty)] == [
        ("none", "It is encrypted."),
        ("none", NO_TEXT),
    ]
    assert act.session.exec(select(Clause)).all() == []


def test_what_a_database_refuses_is_left_out(act: Act, make: Make, document: Document) -> None:
    unit = Unit("1\x00", "Ti\x00tle\ud800", "a\x00b\tc\x07\n\ud83dx\n\n\tlast", 1, "c-1")

    row = kept(make, document, [unit])

    (found,) = units_of(act.session, row)
    assert (found.number, found.title, found.text) == ("1", "Title\ufffd", "ab\tc\n\ufffdx\n\n\tlast")


def test_text_is_kept_by_the_worker_and_by_those_who_filed_it(cast: Cast, make: Make, document: Document) -> None:
    document.owner_id = cast.delegate_member.person.id
    reading = Reading("docx", "x", units=UNITS)

    with pytest.raises(NotAllowed):
        keep_text(cast.outsider.act, file(make, document), reading)
    assert keep_text(cast.delegate_member.act, file(make, document, name="b.docx"), reading)


def test_citations_are_kept_with_what_they_name(act: Act, make: Make, document: Document) -> None:
    added = recommendations.add(
        act, TextForm(identifier="ITU-T G.652 (11/2016)", title="Fibre", approved="2016-11-13", status="in-force")
    )
    cited = paper(make, 7)
    secret = paper(make, 8, audience="secretariat")
    text = "As SG13-C7 and T25-SG13-C8 say, G.652 and SG13-C12 and SG13-C999 apply; ITU-T Z.1 is unknown."

    kept(make, document, [Unit("1", "Scope", text, 1, "c-1"), UNITS[4]])

    rows = act.session.exec(select(Citation).order_by(col(Citation.id))).all()
    told = [(row.words[:15], row.family_id, row.text_id, row.cited_id, row.is_reference) for row in rows]
    assert told == [
        ("[ITU-T G.652] R", added.family_id, added.id, None, True),
        ("SG13-C7", None, None, cited.id, False),
        ("T25-SG13-C8", None, None, secret.id, False),
        ("G.652", added.family_id, None, None, False),
        ("SG13-C999", None, None, None, False),
        ("ITU-T Z.1", None, None, None, False),
    ]
    assert [row.is_normative for row in rows] == [True, None, None, None, None, None]


def test_posted_file_is_read_by_the_worker(
    act: Act, make: Make, document: Document, services: Services, work: Work
) -> None:
    recommendations.add(
        act, TextForm(identifier="ITU-T G.652 (11/2016)", title="Fibre", approved="2016-11-13", status="in-force")
    )
    good = stored(make, services.blobs, document, HTML, given_name="a.html", media_type="text/html", name="a.html")
    bad = stored(make, services.blobs, document, b"PK\x03\x04 torn", given_name="b.docx", name="b.docx")
    lost = file(make, document, name="c.docx", sha256="f" * 64)
    act.session.commit()

    work()

    act.session.expire_all()
    assert [(row.text, bool(row.text_problem)) for row in (good, bad, lost)] == [
        ("kept", False),
        ("none", True),
        ("none", True),
    ]
    assert [unit.number for unit in units_of(act.session, good)] == ["1", "2"]
    assert {row.state for row in act.session.exec(select(Delivery))} == {"done"}


def test_preview_has_anchors_and_links(
    act: Act, make: Make, document: Document, services: Services, work: Work
) -> None:
    recommendations.add(
        act, TextForm(identifier="ITU-T G.652 (11/2016)", title="Fibre", approved="2016-11-13", status="in-force")
    )
    row = stored(make, services.blobs, document, HTML, given_name="a.html", media_type="text/html", name="a.html")
    act.session.commit()

    work()

    act.session.expire_all()
    assert row.preview_sha256
    with services.blobs.open(row.preview_sha256) as stream:
        html = stream.read().decode()
    assert 'id="c-1"' in html
    assert '<a href="/rec/T/G.652">ITU-T G.652</a>' in html


def test_file_in_quarantine_is_not_read(
    act: Act, make: Make, document: Document, services: Services, work: Work
) -> None:
    row = stored(make, services.blobs, document, HTML, given_name="a.html", media_type="text/html", name="a.html")
    act.session.get_one(Version, row.version_id).status = "quarantine"
    act.session.commit()

    work()

    act.session.expire_all()
    assert row.text == "pending"


def test_links_stand_in_texts_alone_and_tell_of_nothing_hidden(act: Act, make: Make) -> None:
    recommendations.add(
        act, TextForm(identifier="ITU-T G.652 (11/2016)", title="Fibre", approved="2016-11-13", status="in-force")
    )
    paper(make, 8, audience="secretariat")
    html = (
        '<p id="ITU-T G.652">See ITU-T&nbsp;G.652 (11/2016) &amp; <a href="https://x.example/">G.652</a>, <code>G.652</code>'
        ' and Z.1, <a rel="x">SG13-C8</a>, SG13-C9R1, TD45/GEN &lt;b&gt;.</p><table><tr><th colspan="2"> </th></tr></table>'
    )

    assert linked_html(act, html, near="T25-SG13-C12") == (
        '<p id="ITU-T G.652">See <a href="/rec/T/G.652/2016-11">ITU-T\u00a0G.652 (11/2016)</a> &amp; '
        '<a href="https://x.example/">G.652</a>, <code>G.652</code> and Z.1, <a href="/doc/T25-SG13-C8">SG13-C8</a>, '
        '<a href="/doc/T25-SG13-C9/r1">SG13-C9R1</a>, <a href="/doc/T25-SG13-TD45-GEN">TD45/GEN</a> &lt;b&gt;.</p>'
        '<table><tr><td colspan="2"> </td></tr></table>'
    )


@pytest.mark.parametrize("mark", ['"', "'"])
def test_no_link_stands_inside_a_tag(act: Act, mark: str) -> None:
    html = f"<p><img alt={mark}<!-- > T25-SG13-C12 <img src=x onerror=alert(1)> -->{mark}> and T25-SG13-C13</p>"

    told = linked_html(act, html, near="T25-SG13-C12")

    assert told == html.replace("T25-SG13-C13", '<a href="/doc/T25-SG13-C13">T25-SG13-C13</a>')


def test_a_text_without_end_is_made_ready_in_bounds() -> None:
    units = tuple(Unit(str(n), "Clause", "ITU-T G.709 " * 2_000, 1, f"c-{n}") for n in range(200))

    ready = made_ready(Reading("txt", "text/plain", units=units))

    assert len(ready.units) == 200
    assert [mention.words for mention in ready.mentions] == ["ITU-T G.709"]


def test_two_workers_keep_a_text_once(act: Act, make: Make, document: Document) -> None:
    row = file(make, document)
    stale = File(**row.model_dump())

    assert keep_text(act, row, Reading("docx", "x", units=UNITS))
    assert stale.text == "pending"
    assert not keep_text(act, act.session.get_one(File, row.id), Reading("docx", "x", units=UNITS))
