"""Exports parsed back; nasty titles do no harm in any format."""

import json
import re
from datetime import UTC, datetime

import pytest
import yaml

from sgdocs.recommendations.exporting import FORMATS, bibtex
from sgdocs.recommendations.importing.incoming import read
from sgdocs.recommendations.importing.relaton import raw_of
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.reading import Plain

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NASTY = (
    "Plain title",
    "=cmd|' /C calc'!A0 \"quoted\"",
    "50 % of A & B_C #1 ~ ^ $x$ {braces} \\input{/etc/passwd}",
    "Ends with ER  - \r\nTY  - JOUR",
    "<script>alert(1)</script> &amp; - yaml: [x] # no comment",
    "العنوان – 标题 – Заглавие – ﷽",
    "}} , url = {evil}",
    "- item: &anchor *alias !!python/object",
)


def plain(title: str = "Plain title", **more: object) -> Plain:
    facts = {"identifier": "ITU-T G.709/Y.1331 (06/2020)", "approved": "2020-06-06", "kind": "recommendation", "status": "in-force", "titles": {"en": title}, "study_group": "SG15"} | more  # fmt: skip
    text = Text(id=1, family_id=1, title=title, address="/rec/T/G.709/2020-06", sort_key="1", changed_at=NOW, **facts)
    return Plain(text, "G.709/Y.1331", "/rec/T/G.709", "G", "T", ("ISO/IEC 1-1",), "In short:\n\n" + title)


def written(form: str, *texts: Plain) -> str:
    return FORMATS[form].write(texts, "https://sgdocs.test")


def bibtex_fields(entry: str) -> dict[str, str]:
    """A strict reader: every value is in balanced braces or a bare word, and nothing is left over."""
    found = re.fullmatch(r"@techreport\{([^\s{},]+),\n(.*)\}\n", entry, re.DOTALL)
    assert found
    fields = {"key": found[1]}
    for line in found[2].splitlines():
        name, value = re.fullmatch(r"  (\w+) = (.*),", line).groups()  # type: ignore[union-attr]
        bare = re.sub(r"\\[{}\\]|\\text\w+\{\}", "", value)
        depth = 0
        for sign in bare:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0
        assert not re.search(r"(?<!\\)[#$%&_](?![^{}]*$)", bare) or name == "url"
        fields[name] = value
    return fields


@pytest.mark.parametrize("title", NASTY)
def test_bibtex_is_balanced_and_escaped(title: str) -> None:
    fields = bibtex_fields(written("bib", plain(title)))

    assert fields["year"] == "{2020}"
    assert fields["month"] == "jun"
    assert fields["url"] == "{https://sgdocs.test/rec/T/G.709/2020-06}"
    assert "evil" not in fields


def test_bibtex_escapes_what_latex_reads() -> None:
    assert bibtex.escape("a_b & 50% {x} \\y ~^$#") == (
        r"a\_b \& 50\% \{x\} \textbackslash{}y \textasciitilde{}\textasciicircum{}\$\#"
    )


@pytest.mark.parametrize("title", NASTY)
def test_ris_has_one_record_whatever_the_title(title: str) -> None:
    text = written("ris", plain(title))

    tags = [line[:6] for line in text.split("\r\n") if line]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - ?", tag) for tag in tags)
    assert (tags.count("TY  - "), tags.count("ER  - ")) == (1, 1)
    assert f"TI  - {' '.join(title.split())}\r\n" in text
    assert "DA  - 2020/06/06/\r\n" in text


@pytest.mark.parametrize("title", NASTY)
def test_csl_is_json_of_a_standard(title: str) -> None:
    [item] = json.loads(written("csl.json", plain(title)))

    assert (item["type"], item["title"], item["issued"]) == ("standard", title, {"date-parts": [[2020, 6, 6]]})


@pytest.mark.parametrize("title", NASTY)
def test_relaton_is_read_back_as_the_same_record(title: str) -> None:
    text = written("relaton.yaml", plain(title))

    [item] = yaml.safe_load_all(text)
    assert item["docidentifier"][0] == {"content": "ITU-T G.709/Y.1331 (06/2020)", "type": "ITU", "primary": True}
    raw = raw_of(text.encode())
    assert (raw["id"], raw["approved"], raw["status"]) == ("ITU-T G.709/Y.1331 (06/2020)", "2020-06-06", "in-force")
    assert read(raw, 1).columns["title"] == " ".join(title.split())


@pytest.mark.parametrize("approved", ["", "2020", "2020-06", "2020-06-06"])
@pytest.mark.parametrize("form", FORMATS)
def test_dates_are_no_more_exact_than_known(form: str, approved: str) -> None:
    told = written(form, plain(approved=approved))

    if form == "bib":
        assert ("month" in bibtex_fields(told)) == (len(approved) >= 7)
    if form == "csl.json":
        issued = json.loads(told)[0].get("issued", {"date-parts": [[]]})["date-parts"][0]
        assert len(issued) == len([part for part in approved.split("-") if part])
    if form == "relaton.yaml":
        assert [d["at"] for d in yaml.safe_load(told).get("date", [])] == ([approved] if approved else [])
    if form == "ris":
        assert ("PY  - " in told) == bool(approved)


@pytest.mark.parametrize("form", FORMATS)
def test_several_texts_are_several_records(form: str) -> None:
    told = written(form, plain(), plain("Other"))

    assert {"bib": told.count("@techreport{"), "ris": told.count("TY  - "), "csl.json": told.count('"type": "standard"'), "relaton.yaml": told.count("---\n")}[form] == 2  # fmt: skip
