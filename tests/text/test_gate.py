"""The gate lets through what is honest: each limit from its inner side, and what only looks dangerous."""

import zipfile
from io import BytesIO

import pytest

from sgdocs.text.gate import inspect
from sgdocs.text.limits import Limits
from sgdocs.text.problems import NOTED, REFUSED, problem
from tests.files.hostile import RELATIONS, W, bomb, ole, word, zipped

SMALL = Limits(size_bytes=3_000, members=4, total_bytes=2_000, ratio=10, floor_bytes=500)


def ids(content: bytes, name: str = "a.docx", limits: Limits | None = None) -> list[str]:
    return [one.id for one in inspect(content, name, limits).problems]


def template(target: str) -> bytes:
    relations = RELATIONS.format(part=target).replace('/officeDocument"', '/attachedTemplate" TargetMode="External"')
    return word(more={"word/_rels/settings.xml.rels": relations})


def test_limits_are_kept_to_the_last_one() -> None:
    assert ids(zipped({f"{n}.txt": "" for n in range(4)}), "a.zip", SMALL) == []
    assert ids(zipped({f"{n}.txt": "" for n in range(5)}), "a.zip", SMALL) == ["zip.members"]
    assert ids(zipped({f"{n}.txt": bytes(500) for n in range(4)}), "a.zip", SMALL) == []
    assert ids(bomb(501), "a.zip", SMALL) == ["zip.ratio"]
    assert ids(zipped({"a.txt": bytes(2_001)}, stored=True), "a.zip", SMALL) == ["zip.total"]
    assert ids(b"x" * 3_000, "a.txt", SMALL) == []
    assert ids(b"x" * 3_001, "a.txt", SMALL) == ["file.size"]


def test_size_is_told_in_whole_megabytes() -> None:
    assert [one.says for one in inspect(b"x" * 2_000_001, "a.txt", Limits(size_bytes=2_000_000)).problems] == [
        "the file has 3 MB; at most 2 MB are taken"
    ]


def test_words_about_document_types_are_no_document_type() -> None:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&lt;!DOCTYPE x&gt; <![CDATA[<!DOCTYPE y>]]></w:t></w:r></w:p></w:body></w:document>"

    assert ids(word(document=body.encode())) == []
    assert ids(word(document=f"<?xml version='1.0'?><!-- <!DOCTYPE x> --><?p <!DOCTYPE x>?>{body}".encode())) == []


def test_part_is_looked_into_whatever_it_is_called() -> None:
    assert ids(word(more={"word/styles.bin": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"})) == ["xml.doctype"]
    assert ids(word(more={"word/chunk.html": "<!DOCTYPE html><p>x", "word/media/a.png": b"\x89PNG<!DOCTYPE"})) == []
    assert ids(word(more={"word/data.bin": "< no XML at all"})) == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("file:///C:\\Users\\somebody\\Templates\\a.dotm", []),
        ("D:\\Templates\\a.dotm", []),
        ("https://evil.example/a.dotm", ["file.external"]),
        ("file://server/share/a.dotm", ["file.external"]),
        ("\\\\server\\share\\a.dotm", ["file.external"]),
    ],
)
def test_template_on_the_authors_disk_is_nothing_remarkable(target: str, expected: list[str]) -> None:
    assert ids(template(target)) == expected


def test_hyperlink_is_nothing_remarkable() -> None:
    link = RELATIONS.format(part="https://www.example.org/").replace(
        '/officeDocument"', '/hyperlink" TargetMode="External"'
    )

    assert ids(word(more={"word/_rels/document.xml.rels": link})) == []


def test_embedded_sheet_is_remarked_not_refused() -> None:
    assert ids(word(more={"word/embeddings/sheet1.xlsx": zipped({"a.zip": zipped({"b.zip": "x"})})})) == [
        "file.embedded"
    ]


def test_zip_in_a_zip_is_taken() -> None:
    assert ids(zipped({"a.zip": zipped({"b.txt": "words"}), "c.docx": word()}), "a.zip") == []


def test_old_word_with_macros_is_remarked() -> None:
    assert ids(ole(("WordDocument", "_VBA_PROJECT")), "a.doc") == ["file.macros"]


def test_name_without_promise_holds_anything() -> None:
    assert ids(word(), "a.bin") == []
    assert ids(word(), "archive") == []
    assert ids(word(), "A.DOCX") == []
    assert ids(word(), "") == []


def test_member_with_a_name_in_utf8_opens() -> None:
    file = BytesIO(word())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/media/Übersicht 图.png", b"x")

    assert ids(file.getvalue()) == []


def test_every_problem_has_words() -> None:
    facts = dict.fromkeys(("why", "found", "limit", "extension", "name", "hint"), "X")

    for table, fatal in ((REFUSED, True), (NOTED, False)):
        for name in table:
            made = problem(name, **facts)
            assert (made.id, made.is_fatal) == (name, fatal)
            assert made.says
            assert "{" not in made.says
    assert set(REFUSED).isdisjoint(NOTED)
