"""Records as sources have them: hostile rows are rejected with field, value and what would be right."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sgdocs.recommendations.importing.incoming import Rejected, digest_of, read
from sgdocs.recommendations.importing.readers import LONGEST_LINE, Unreadable, read_file, source_name
from sgdocs.recommendations.importing.relaton import raw_of
from sgdocs.recommendations.rules import NameKind, Status

BASE = {"id": "ITU-T G.9804.1 (11/2019)"}


def test_record_keeps_its_dates_as_given() -> None:
    columns = read({**BASE, "approved": "2019-11-22", "posted": None}, 1).columns

    assert (columns["approved"], columns["approved_precision"], columns["year"]) == ("2019-11-22", "day", 2019)
    assert columns["posted"] == ""


def test_month_of_the_identifier_stands_in_for_a_missing_date() -> None:
    assert read(BASE, 1).columns["approved"] == "2019-11"
    assert read({**BASE, "approved": None}, 1).columns["approved"] == ""


def test_prepublished_text_is_so_called() -> None:
    assert read({**BASE, "status": "in-force", "prepublished": True}, 1).columns["status"] == Status.PRE_PUBLISHED


def test_absent_keys_are_not_columns() -> None:
    assert not {"title", "status", "url", "study_group"} & read(BASE, 1).columns.keys()


def test_names_twins_and_relations_are_read_from_identifier_and_fields() -> None:
    record = read(
        {"id": "ITU-T Y.4461 (01/2020) (ex Y.SC-OpenData)", "acronyms": "OD; ", "iso_iec": "ISO/IEC 1-1; ISO/IEC 1-1",
         "relations": ["derived-from FG-DPM"]}, 1
    )  # fmt: skip

    assert record.names == ((NameKind.FORMER, "Y.SC-OpenData"), (NameKind.ACRONYM, "OD"))
    assert (record.equivalents, record.relations) == (("ISO/IEC 1-1",), (("derived-from", "FG-DPM"),))


def test_markup_and_control_characters_of_titles_are_only_text() -> None:
    title = read({**BASE, "title": "<script>alert(1)</script>\x00\n  =cmd|' /C calc'!A0"}, 1).columns["title"]

    assert title == "<script>alert(1)</script> =cmd|' /C calc'!A0"


def test_name_that_the_grammar_refuses_is_kept() -> None:
    record = read({"id": "ITU-T M.73l (10/1976)", "sector": "T", "kind": "recommendation"}, 1)

    assert (record.place.address, record.columns["identifier"]) == ("/text/T/M.73l-10~1976", "ITU-T M.73l (10/1976)")


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({}, "id"),
        ({"id": 7}, "id"),
        ({"id": " "}, "id"),
        ({"id": "X" * 301}, "id"),
        ({"id": "SG13-C123"}, "id"),
        ({**BASE, "surprise": 1}, "record"),
        ({**BASE, "approved": "22.11.2019"}, "approved"),
        ({**BASE, "approved": 2019}, "approved"),
        ({**BASE, "approved": "2019-02-30"}, "approved"),
        ({**BASE, "withdrawn": "soon"}, "withdrawn"),
        ({**BASE, "status": "valid"}, "status"),
        ({**BASE, "kind": "poem"}, "kind"),
        ({**BASE, "sector": "D"}, "sector"),
        ({**BASE, "title": ["a"]}, "title"),
        ({**BASE, "title": "a" * 1001}, "title"),
        ({**BASE, "titles": {"de": "x"}}, "titles"),
        ({**BASE, "titles": "x"}, "titles"),
        ({**BASE, "study_group": "SG 15; DROP TABLE"}, "study_group"),
        ({**BASE, "edition": "first"}, "edition"),
        ({**BASE, "url": "javascript:alert(1)"}, "url"),
        ({**BASE, "url": 'https://x/"onload="y'}, "url"),
        ({**BASE, "handle": "10.1000/1"}, "handle"),
        ({**BASE, "languages": ["en", "de"]}, "languages"),
        ({**BASE, "languages": "e" * 10}, "languages"),
        ({**BASE, "iso_iec": [1]}, "iso_iec"),
        ({**BASE, "iso_iec": ["x"] * 61}, "iso_iec"),
        ({**BASE, "relations": ["invented by me"]}, "relations"),
        ({**BASE, "process": "magic"}, "process"),
        ({**BASE, "summary": "a" * 100_001}, "summary"),
        ({**BASE, "summary": {"en": "x"}}, "summary"),
    ],
)
def test_hostile_record_is_rejected_by_field(raw: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejected) as rejected:
        read(raw, 1)

    assert rejected.value.field == field
    assert rejected.value.right


def test_digest_does_not_see_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})


def lines(path: Path, content: bytes) -> list[tuple[int, str | None, str | None]]:
    """(line, id, field at fault) of each record."""
    path.write_bytes(content)
    return [(x.number, x.raw and str(x.raw["id"]), x.wrong and x.wrong.field) for x in read_file(path)]


def test_broken_lines_of_json_are_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"id": "a"}\n\n[1]\n{"id": NaN}\n{"id": "b"\n\xff\xfe\n' + b"[" * 100_000 + b'\n{"id": "c"}'

    found = lines(tmp_path / "x.jsonl", content)

    assert found == [(1, "a", None), (3, None, "line"), (4, None, "line"), (5, None, "line"), (6, None, "line"), (7, None, "line"), (8, "c", None)]  # fmt: skip


def test_line_of_a_gigabyte_is_not_held_in_memory(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"id": "' + b"a" * (LONGEST_LINE * 3) + b'"}\n{"id": "b"}\n')

    assert lines(tmp_path / "x.jsonl.gz", packed) == [(1, None, "line"), (2, "b", None)]


TORN = gzip.compress(b'{"id": "a"}\n', mtime=0)[:-9]


@pytest.mark.parametrize("content", [b"no gzip", TORN], ids=["no gzip", "torn"])
def test_broken_gzip_is_told_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"x\.jsonl\.gz"):
        lines(tmp_path / "x.jsonl.gz", content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_delimiter_is_read(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "x.csv"
    rows = [["id", "title", "title_fr", "languages", "prepublished", "approved"],
            ["ITU-T G.1 (2019)", '"Two words"', "Deux", "en", "yes", ""]]  # fmt: skip
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(delimiter.join(row) for row in rows).encode())

    [line] = read_file(file)

    assert line.raw == {"id": "ITU-T G.1 (2019)", "title": "Two words", "titles": {"fr": "Deux"}, "languages": ["en"], "prepublished": True, "approved": None}  # fmt: skip
    assert line.number == 2


def test_csv_rows_of_another_length_are_rejected(tmp_path: Path) -> None:
    content = b'id,title\nITU-T G.1,a,b\nITU-T G.2\n"ITU-T G.3","two\nlines"\n'

    assert lines(tmp_path / "x.csv", content) == [(2, None, "row"), (3, None, "row"), (5, "ITU-T G.3", None)]


@pytest.mark.parametrize("content", [b"", b"title\nx", b"id,secret\na,b", b"id,id\na,b", b"id\n\xff"])
def test_csv_without_a_right_header_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable):
        lines(tmp_path / "x.csv", content)


@pytest.mark.parametrize("name", ["x.docx", "gone.jsonl"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")

    with pytest.raises(Unreadable):
        list(read_file(tmp_path / name))


def test_source_is_named_by_its_file(tmp_path: Path) -> None:
    assert source_name(tmp_path / "itu-t.2026.jsonl.gz") == "itu-t"


OLDER = """---
id: ITU-RP.1546-6
title:
  type: main
  content: Method for point-to-area predictions
  language: en
link:
  content: https://www.itu.int/rec/R-REC-P.1546
  type: src
docid:
  id: ITU-R P.1546-6
  type: ITU
date:
- type: confirmed
  value: '2019'
- type: published
  value: 2019-08
doctype: recommendation
"""
NEWER = """---
docidentifier:
- {content: ITU-T A.12 (11/2016), type: ITU, primary: true}
title:
- {language: en, content: Identification and layout, type: main}
- {language: fr, content: Identification et présentation, type: main}
date:
- {type: published, at: 2016-11-04}
abstract:
- {language: en, content: How texts are named.}
status: {stage: {content: Superseded}}
ext: {doctype: {content: recommendation}, flavor: itu}
"""


def test_both_layouts_of_relaton_are_read() -> None:
    assert raw_of(OLDER.encode()) == {
        "id": "ITU-R P.1546-6", "sector": "R", "titles": {"en": "Method for point-to-area predictions"},
        "approved": "2019-08", "url": "https://www.itu.int/rec/R-REC-P.1546",
    }  # fmt: skip
    assert raw_of(NEWER.encode()) == {
        "id": "ITU-T A.12 (11/2016)", "sector": "T", "approved": "2016-11-04", "status": "superseded",
        "titles": {"en": "Identification and layout", "fr": "Identification et présentation"},
        "summaries": {"en": "How texts are named."},
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"", b"- 1", b"a: [", b"\xff", b"docid: {id: RFC 1}", b"title: x", b"!!python/object/apply:os.system ['true']",
        b"a: &a [x, x]\nb: [*a, *a]\ndocid: {id: ITU-T G.1}", b"docid: {id: {a: b}}", b"docid: [[[[]]]]",
    ],
)  # fmt: skip
def test_hostile_yaml_is_rejected(content: bytes) -> None:
    with pytest.raises(Rejected):
        raw_of(content)


def test_folder_of_relaton_is_read_in_order_and_not_left(tmp_path: Path) -> None:
    folder = tmp_path / "data-t"
    folder.mkdir()
    (folder / "b.yaml").write_text(OLDER)
    (folder / "a.yaml").write_text(NEWER)
    (folder / "c.yaml").write_bytes(b"x: " + b"y" * 300_000)
    (folder / "index-v1.yaml").write_text("- index")
    (tmp_path / "secret.yaml").write_text(NEWER)
    (folder / "d.yaml").symlink_to(tmp_path / "secret.yaml")

    found = [(x.name, x.raw and x.raw["id"], x.wrong and x.wrong.field) for x in read_file(folder)]

    assert found == [
        ("a.yaml", "ITU-T A.12 (11/2016)", None),
        ("b.yaml", "ITU-R P.1546-6", None),
        ("c.yaml", None, "file"),
        ("d.yaml", None, "file"),
    ]


def test_folder_without_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        list(read_file(tmp_path))


def test_json_dump_of_ours_can_be_read_again() -> None:
    assert read(json.loads(json.dumps({**BASE, "address": "https://x/rec", "family": "G.9804.1", "series": "G"})), 1)
