"""Every check with one file that passes and one that fails; findings as objects; nothing is found in a file in order."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from sgdocs.documents.checked import checked
from sgdocs.documents.preflight import Severity, check, check_of, table, themes
from sgdocs.documents.preflight.languages import is_english
from sgdocs.documents.preflight.model import FORBIDDEN, CheckFacts, Gathering, Membership, Stale, Told
from sgdocs.documents.preflight.of_form import same_number
from sgdocs.documents.rules import is_fixed
from sgdocs.text.reading import read
from tests.files import checked as files

TOLD = Told("contribution", "SG13-C1", files.TITLE, ("2/13",), (("Imaginary Networks", "IN"),), "en")
DUE = datetime(2026, 4, 1, 21, 59, 59, tzinfo=UTC)
MEETING = Gathering(
    "T25-SG13-260413",
    "T",
    "SG13",
    "2026-04-13",
    "2026-04-24",
    "13-24 April 2026",
    due_at=DUE,
    deadline_clause="A.1 clause 3",
)


def facts(data: bytes | None = None, name: str = "draft.docx", **more: Any) -> CheckFacts:
    """A contribution in order, submitted in order; what is given differs."""
    content = files.in_order() if data is None else data
    told: dict[str, Any] = {"told": TOLD, "gathering": MEETING, "membership": Membership(), "size_bytes": len(content)}
    return CheckFacts(name, read(content, name), **(told | more))


@cache
def good() -> CheckFacts:
    return facts()


def built(change: Any, **more: Any) -> CheckFacts:
    return facts(files.contribution(change, **more))


def told(**more: Any) -> CheckFacts:
    return replace(good(), told=replace(TOLD, **more))


def met(**more: Any) -> CheckFacts:
    return replace(good(), gathering=replace(MEETING, **more))


def refused(rule: str) -> CheckFacts:
    return replace(good(), membership=Membership(f"documents.{rule}", "It may not.", "domain 1.7"))


def stale(status: str) -> CheckFacts:
    return replace(good(), references=(Stale("[ITU-T G.652] (2005)", status, "ITU-T G.652 (2016)", "2 References"),))


WRONG = {
    "file.empty": lambda: facts(b""),
    "file.encrypted": lambda: facts(files.encrypted()),
    "file.opens": lambda: facts(files.in_order()[:900]),
    "file.size": lambda: replace(good(), size_bytes=100_000_001),
    "file.large": lambda: replace(good(), size_bytes=20_000_000),
    "file.pages": lambda: replace(
        good(), reading=replace(good().reading, noticed=replace(good().reading.noticed, pages=201))
    ),
    "file.name": lambda: facts(name="C1 #2 (50%).docx"),
    "file.word": lambda: facts(b"A text as it is.\n", "draft.txt"),
    "file.text": lambda: facts(bytes(range(256)) * 20, "x.bin"),
    "file.same-here": lambda: replace(good(), same_here=("T25-SG13-C7",)),
    "file.same-elsewhere": lambda: replace(good(), same_elsewhere=("T25-SG15-C7",)),
    "cover.template": lambda: facts(files.without_cover()),
    "cover.title": lambda: built(files.emptied("title")),
    "cover.source": lambda: built(files.emptied("source")),
    "cover.question": lambda: built(None, questions="[1/13, 2/13, etc.]"),
    "cover.abstract": lambda: built(files.emptied("abstract")),
    "cover.abstract-length": lambda: built(None, title="word " * 201),
    "cover.contact": lambda: built(files.emptied("contact", "contact-numbers")),
    "cover.contact-email": lambda: built(files.emptied("contact-numbers")),
    "cover.title-english": lambda: told(title="Proposition relative à la mise en trames des unités optiques"),
    "cover.language": lambda: replace(good(), reading=replace(good().reading, language="fr")),
    "cover.number-taken": lambda: replace(good(), taken_by="T25-SG13-C1"),
    "form.title": lambda: told(title="Another title"),
    "form.source": lambda: told(sources=(("University of Nowhere", "UN"),)),
    "form.questions": lambda: told(questions=("2/13", "6/13")),
    "form.number": lambda: told(number="SG13-C2"),
    "form.kind": lambda: told(kind="temporary-document"),
    "form.meeting": lambda: met(starts_on="2026-11-09", ends_on="2026-11-20"),
    "form.group": lambda: met(group="SG15"),
    "form.language": lambda: told(language="fr"),
    "word.tracked": lambda: built(files.changed),
    "word.tracking": lambda: built(files.tracking),
    "word.comments": lambda: built(files.commented),
    "word.hidden": lambda: built(files.hidden),
    "word.highlighted": lambda: built(files.yellow),
    "word.placeholders": lambda: built(files.template_words),
    "word.broken-fields": lambda: built(files.broken_field),
    "word.linked": lambda: built(files.linked_picture),
    "word.missing-pictures": lambda: built(files.missing_picture),
    "word.authors": lambda: built(files.authored),
    "word.macros": lambda: facts(files.with_part(files.in_order(), "word/vbaProject.bin", b"macro")),
    "word.protected": lambda: built(files.protected),
    "word.signed": lambda: facts(files.with_part(files.in_order(), "_xmlsignatures/sig1.xml", b"<Signature/>")),
    "deadline.contribution": lambda: met(is_late=True),
    "deadline.closed": lambda: met(is_late=True, is_closed=True),
    "deadline.temporary-document": lambda: met(is_late_td=True),
    "deadline.revision": lambda: met(is_late_revision=True),
    "deadline.meeting-over": lambda: met(over="closed"),
    "membership.may-contribute": lambda: refused("source-may-not-contribute"),
    "membership.known": lambda: refused("source-unknown"),
    "membership.source": lambda: refused("source-missing"),
    "membership.own-entity": lambda: refused("own-source"),
    "question.known": lambda: met(unknown=("77/13",)),
    "question.of-group": lambda: met(foreign=("6/15",)),
    "reference.superseded": lambda: stale("superseded"),
    "reference.withdrawn": lambda: stale("withdrawn"),
    "reference.not-found": lambda: stale("not-found"),
    "reference.amended": lambda: stale("amended"),
}


def test_document_in_order_has_no_finding():
    assert check(good()) == []


def test_every_check_has_a_file_that_fails():
    assert list(WRONG) == [each.id for each in table()]
    assert len(WRONG) >= 25


@pytest.mark.parametrize("id", WRONG)
def test_check_finds(id: str):
    found = [finding for finding in check(WRONG[id]()) if finding.id == id]

    assert found
    for finding in found:
        assert finding.severity == check_of(id).severity
        assert all([finding.place, finding.found, finding.mend, finding.clause])


@pytest.mark.parametrize(
    "id", [id for id in WRONG if id.startswith(("word.", "form.", "deadline.", "membership.", "reference."))]
)
def test_check_finds_nothing_else(id: str):
    with_it = {"word.authors"} if id == "word.tracked" else set()  # a tracked change names who made it

    assert {finding.id for finding in check(WRONG[id]())} == {id, *with_it}


def test_errors_come_first():
    facts = replace(met(over="closed"), told=replace(TOLD, language="fr"), same_elsewhere=("T25-SG15-C7",))

    assert [finding.severity for finding in check(facts)] == ["error", "warning", "note"]


def test_without_form_and_meeting_only_the_file_is_checked():
    alone = CheckFacts("draft.docx", read(files.contribution(files.commented), "draft.docx"))

    assert [finding.id for finding in check(alone)] == ["word.comments"]


def test_findings_are_plain_objects():
    found = check(WRONG["word.macros"]())
    told = checked("draft.docx", good().reading, found)

    assert json.loads(json.dumps(told))["findings"] == [asdict(finding) for finding in found]
    assert set(told["findings"][0]) == {"id", "severity", "place", "found", "expected", "mend", "clause"}


def test_deadline_and_membership_are_never_overruled():
    errors = [each for each in table() if each.severity is Severity.ERROR and each.theme in ("deadline", "membership")]

    assert len(errors) >= 5
    assert {each.may_be_overruled for each in errors} == {False}
    assert {each.id: is_fixed(each.id) for each in table()} == {each.id: not each.may_be_overruled for each in table()}


def test_every_check_has_its_source():
    assert [each.id for each in table() if not (each.says and each.mend and each.clause)] == []
    assert sum(len(checks) for checks in themes().values()) == len(table())


@pytest.mark.parametrize("letter", FORBIDDEN)
def test_file_name_is_told_which_character(letter: str):
    found = [finding for finding in check(facts(name=f"C1{letter}.docx")) if finding.id == "file.name"]

    assert [letter in finding.expected for finding in found] == [True]


def test_properties_are_not_the_cover():
    def change(paper: Any) -> None:
        files.emptied("title")(paper)
        paper.doc.core_properties.title = "Of an older file"

    assert "cover.title" in [finding.id for finding in check(built(change))]


def test_abstract_of_200_words_is_short_enough():
    exact = replace(good().reading, noticed=replace(good().reading.noticed, abstract_words=200))

    assert check(replace(good(), reading=exact)) == []


def test_cover_of_another_kind_is_not_asked_for():
    facts = replace(CheckFacts("letter.docx", read(files.without_cover(), "letter.docx")), told=Told("circular"))

    assert check(facts) == []


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("SG13-C45", "SG13-C45R1", True),
        ("SG13-C045", "SG13-C45", True),
        ("5D/123-E", "5D/123", True),
        ("5D/123(Rev.1)-E", "5D/123", True),
        ("TD12/GEN", "TD12R2/GEN", True),
        ("SG13-C45", "SG13-C46", False),
        ("SG13-C45", "SG15-C45", False),
        ("Q2/13-DOC3", "Q2/13-DOC3R1", True),
        ("Q2/13-DOC3", "Q2/13-DOC3-R1", True),
        ("SG13-C45-A1", "SG13-C45", True),
        ("SG13-C45-A1", "SG13-C46", False),
        ("5D/123(Add.1)", "5D/123", True),
    ],
)
def test_numbers_are_compared_without_their_revision(one: str, other: str, equal: bool):
    assert same_number(one, other) is equal


@pytest.mark.parametrize(
    ("title", "english"),
    [
        ("Draft new Recommendation ITU-T G.framing", True),
        ("G.709 Amd. 3", True),
        ("Use of the α parameter", True),
        ("Proposition relative à la mise en trames des unités", False),
        ("Propuesta sobre el entramado de unidades", False),
        ("Предложение о структуре кадров", False),
        ("关于光单元成帧的建议", False),
        ("مقترح بشأن تأطير", False),
    ],
)
def test_titles_in_english(title: str, english: bool):
    assert is_english(title) is english
