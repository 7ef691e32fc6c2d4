"""Files that come back: only a Word document in the other language, with nothing new that acts, is taken."""

import io
from collections.abc import Callable

import docx
import pytest

from sgdocs.base.act import Act
from sgdocs.base.rulebook import Rule
from sgdocs.documents.models import Document
from sgdocs.text.model import Label
from sgdocs.text.word_translated import labelled
from sgdocs.translation import port, rules
from sgdocs.translation.memory import MemoryTranslator
from sgdocs.translation.models import TranslationJob
from sgdocs.translation.port import TranslatorFailed
from sgdocs.translation.working import work_due
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import paper, stored
from tests.files.hostile import word, zipped
from tests.make import Make
from tests.translation.house import asked, fresh, serving, translator

__all__ = ["serving", "translator"]
Work = Callable[[], None]


def _docx(*paragraphs: str) -> bytes:
    written, kept = docx.Document(), io.BytesIO()
    for each in paragraphs:
        written.add_paragraph(each)
    written.save(kept)
    return kept.getvalue()


ENGLISH = _docx("The losses of the fibre are the subject of this paper, and it is for the group to decide.")
FRENCH = _docx("Les pertes de la fibre sont le sujet de cette contribution, et il revient au groupe de décider.")


@pytest.fixture
def row(act: Act, make: Make, serving: Services, work: Work) -> Document:
    found = paper(make, 9, title="Losses", audience="public")
    stored(make, serving.blobs, found, ENGLISH)
    act.session.commit()
    work()
    return found


def asked_and_worked(act: Act, cast: Cast, serving: Services, row: Document) -> TranslationJob:
    job = asked(cast.delegate_member.act, row, serving)
    while work_due(serving, act.now):
        pass
    return fresh(act, job)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (b"PK\x03\x04 no zip", rules.BAD_FILE),
        (b"Just words that were said, and nothing else is in the file.", rules.BAD_FILE),
        (zipped({"a.txt": "not a document"}), rules.BAD_FILE),
        (word("<w:p/>"), rules.EMPTY),
        (ENGLISH, rules.UNTRANSLATED),
    ],
)
def test_bad_file_is_not_taken(
    act: Act,
    cast: Cast,
    serving: Services,
    row: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
    given: bytes,
    rule: Rule,
) -> None:
    monkeypatch.setattr(translator, "translate_file", lambda *_: io.BytesIO(given))

    job = asked_and_worked(act, cast, serving, row)

    assert (job.state, job.done, job.sha256, job.error) == ("working", job.pieces, "", rule.id)


def test_text_stays_when_the_file_fails_for_good(
    act: Act,
    cast: Cast,
    serving: Services,
    row: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> io.BytesIO:
        raise TranslatorFailed(port.REFUSED, is_final=True, host="h", status=403, why="Files translation are disabled")

    monkeypatch.setattr(translator, "translate_file", refuse)

    job = asked_and_worked(act, cast, serving, row)

    assert (job.state, job.file_state, job.file_error, job.error) == ("done", "failed", port.REFUSED.id, "")


def test_translated_file_is_kept_with_its_label(
    act: Act,
    cast: Cast,
    serving: Services,
    row: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(translator, "translate_file", lambda *_: io.BytesIO(FRENCH))

    job = asked_and_worked(act, cast, serving, row)

    assert (job.state, job.file_state) == ("done", "done")
    with serving.blobs.open(job.sha256) as stream:
        made = docx.Document(io.BytesIO(stream.read()))
    assert [each.text.split(" ")[0] for each in made.paragraphs] == ["Traduction", "Les"]
    assert made.core_properties.content_status == "Machine translation, not official"


def test_label_stands_on_every_page_whatever_the_styles_say() -> None:
    made = docx.Document()
    made.styles["Normal"].font.hidden = True
    made.add_section().different_first_page_header_footer = True
    kept = io.BytesIO()
    made.save(kept)

    told = docx.Document(io.BytesIO(labelled(kept.getvalue(), Label("No official version.", "fr"))))
    first, last = told.sections
    for header in (first.header, last.header, last.first_page_header, last.even_page_header):
        assert header.paragraphs[0].text == "No official version."
        assert header.paragraphs[0].runs[0].font.hidden is False


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"word/vbaProject.bin": b"x"}, "file.macros"),
        ({"word/embeddings/a.bin": b"x"}, "file.embedded"),
        (
            {
                "word/_rels/document.xml.rels": '<Relationships><Relationship Id="r" Type="http://x/image" '
                'Target="http://192.0.2.1/pixel.png" TargetMode="External"/></Relationships>'
            },
            "file.external",
        ),
    ],
)
def test_file_that_brings_something_new_along_is_never_taken(
    act: Act,
    cast: Cast,
    serving: Services,
    row: Document,
    translator: MemoryTranslator,
    monkeypatch: pytest.MonkeyPatch,
    more: dict[str, bytes | str],
    problem: str,
) -> None:
    words = (
        "<w:p><w:r><w:t>Les pertes de la fibre sont le sujet de cette contribution, et rien de plus.</w:t></w:r></w:p>"
    )
    monkeypatch.setattr(translator, "translate_file", lambda *_: io.BytesIO(word(words, more=more)))

    job = asked_and_worked(act, cast, serving, row)

    assert (job.state, job.file_state, job.sha256) == ("done", "failed", "")
    assert (job.file_error, job.file_facts["why"]) == (rules.BAD_FILE.id, problem)
