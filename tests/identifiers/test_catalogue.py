"""Every name of the real catalogue, when the shared data lies beside the project."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sgdocs.identifiers import address, family_key, format, from_address, parse, parse_line, unnumbered

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")

HANDBOOKS = (43, 45, 52, 55, 56, 57, 58, 59, 60, 61, 62, 64, 65)
VOLUMES = ("BR", "BS", "BT", "CD", "F", "IS", "LS", "M", "OL", "PI", "PN", "RA", "S", "SF", "SM", "SNG", "TF", "USB")
REFUSED_T = {
    "ITU-T M.73l (10/1976)": "letter l for the digit 1",
    "ITU-T E.54l/Q.95 bis (12/1972)": "letter l for the digit 1",
}
REFUSED_R = {
    **{f"ITU-R {number}": "a handbook by its bare number: Question, Resolution or handbook?" for number in HANDBOOKS},
    **{f"ITU-R {series}": "a volume of a whole series or a list: no number" for series in VOLUMES},
    "ITU-R 209-7": "a Question without its study group",
    "ITU-R RS.516-1-0": "two revisions",
    "ITU-R SA.1745/RS.1745": "two numbers of ITU-R: a slip",
    "ITU-R LS.0-0": "a list; LS is no series",
}


@cache
def _records(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _itu_t() -> list[dict[str, Any]]:
    return _records("itu-t-recommendations.jsonl.gz")


def _itu_r() -> list[dict[str, Any]]:
    return _records("itu-r-publications.jsonl.gz")


def _expected() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "identifiers.jsonl").read_text(encoding="utf-8").splitlines()]


def test_shared_identifiers_are_all_read_right() -> None:
    wrong = {
        record["text"]: line
        for record in _expected()
        if (line := parse_line(record["text"])) != {"text": record["text"], **(record["expected"] or {"kind": None})}
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("records", "refused", "most"), [(_itu_t, REFUSED_T, 13), (_itu_r, REFUSED_R, 35)], ids=["ITU-T", "ITU-R"]
)
def test_every_name_is_read_but_those_with_a_reason(records: Any, refused: dict[str, str], most: int) -> None:
    unread = {record["id"] for record in records() if parse(record["id"]) is None}

    assert unread == set(refused)
    assert len(unread) <= most


# The catalogue itself departs from its own rule here, or keeps a spelling that the canonical form does not.
PARTS_OF_SERIES_SUPPLEMENTS = "the catalogue cuts the base of a part of a Supplement down to the series letter"
EXPLAINED = {
    "ITU-T D.502R (02/2026)": "canonical form has the space",
    "ITU-T D.609R (02/2025)": "canonical form has the space",
    "ITU-T E100-300 Suppl. 3 (10/1984)": "canonical form has the dash after the letter",
    "ITU-T E100-300 Suppl. 4 (10/1984)": "canonical form has the dash after the letter",
    "ITU-T E100-300 Suppl. 6 (10/1984)": "canonical form has the dash after the letter",
    "ITU-T G Suppl. 41 (2005) Err. 1 (01/2006)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T G Suppl. 39 (2006) Err. 1 (08/2006)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T H Suppl. 7 (2008) Err. 1 (07/2018)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T K Suppl. 1 (2020) Err. 1 (06/2021)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T X Suppl. 1 (1988) Cor. 1 (02/1990)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T X Suppl. 26 (2016) Cor. 1 (03/2018)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-T Y Suppl. 60 (2020) Err. 1 (03/2021)": PARTS_OF_SERIES_SUPPLEMENTS,
    "ITU-R M.5-BL-14": "document 5/BL/14",
    "ITU-R M.5-BL-18": "document 5/BL/18",
    "ITU-R P.3B95": "document 3B/95",
    "ITU-R P.[3/BL/1]": "document 3/BL/1",
    "ITU-R RA.[7/BL/7]": "document 7/BL/7",
    "ITU-R S.[4/BL/2]": "document 4/BL/2",
    "ITU-R SG03.203-8": "Question 203-8/3 in an older spelling",
    "ITU-R SG06.147-1": "Question 147-1/6 in an older spelling",
}
# A handbook is kept as a Recommendation in the ITU-T catalogue; only its parts occur in the shared share of it.
COMPARED = {"base": "base", "part": "part", "of_part": "of_part", "base_year": "base_year", "version": "version"}


def _facts(record: dict[str, Any]) -> dict[str, Any]:
    facts = {key: record[field] for key, field in COMPARED.items() if record.get(field) is not None}
    facts["kind"] = record.get("kind") or record["doctype"].replace("-", " ")
    facts["revision"] = record.get("revision") or 0
    facts["numbers"] = record.get("dual_numbers")
    if record["sector"] == "T":
        facts["month"] = record["month"]
    return facts


def _differences(records: list[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        identifier = parse(record["id"])
        if identifier is None:
            continue
        line, facts = identifier.as_dict(), _facts(record)
        read: dict[str, Any] = {key: line.get(key) for key in {*facts, *COMPARED}}
        read["revision"] = line.get("revision") or 0
        if read != {key: facts.get(key) for key in read}:
            yield record["id"]


def test_facts_of_the_catalogue_are_those_read_from_the_names() -> None:
    assert set(_differences([*_itu_t(), *_itu_r()])) == set(EXPLAINED)


def test_every_name_has_a_canonical_form_that_reads_the_same() -> None:
    identifiers = [parse(record["id"]) for record in (*_itu_t(), *_itu_r())]

    assert [one for one in identifiers if one and parse(format(one)) != one] == []


def test_canonical_form_is_the_name_itself_but_for_old_spellings() -> None:
    """The rest: `v.1` for (V1), `App.I`, `E-500 Suppl.` without the word series, D.609R, `Software`, `E100-300`."""
    names = [record["id"] for record in _itu_t() if record["id"] not in REFUSED_T]
    changed = [name for name in names if (one := parse(name)) and format(one) != name]

    assert len(changed) < 70
    assert [
        name for name in changed if not any(mark in name for mark in (" v.", "App.", "-", "R (", "E100", "Software"))
    ] == []


def _address(record: dict[str, Any]) -> str | None:
    edition = parse(record["modifies"]) if record.get("modifies") else None
    return address(parse(record["id"]) or unnumbered(record["id"], record["sector"]), edition=edition)


def test_every_record_has_an_address_that_leads_back() -> None:
    for record in (*_itu_t(), *_itu_r()):
        path = _address(record)
        identifier = from_address(path or "")

        assert identifier is not None, record["id"]
        assert address(identifier) == path


def test_addresses_are_different_but_for_one_number_given_twice() -> None:
    records = defaultdict(list)
    for record in (*_itu_t(), *_itu_r()):
        records[_address(record)].append(record["id"])

    assert [names for names in records.values() if len(names) > 1] == [
        ["ITU-T X.509 (2000) Technical Cor. 3 (02/2003)", "ITU-T X.509 (2000) Technical Cor. 3 (04/2004)"]
    ]


def test_family_of_a_record_is_that_of_its_number() -> None:
    """Supplements of a band of numbers (`E-800 series Suppl. 9`) are families of their own here, one in the catalogue."""
    wrong = []
    for record in _itu_t():
        identifier, family = parse(record["id"]), parse(f"ITU-T {record['family']}")
        if identifier and family and family_key(identifier) != family_key(family):
            wrong.append(record["id"])

    assert wrong == []


def test_addresses_of_itu_are_read_but_for_six() -> None:
    """Broken names of files: a letter or a dash is missing, or they are no file of one text."""
    urls = [record["url"] for record in (*_itu_t(), *_itu_r()) if record["url"]]
    unread = sorted(url.rsplit("/", 1)[-1] for url in urls if parse(url) is None)

    assert unread == [
        "R-PN-210-05-PDF-E.pdf",
        "R-PN-451-17-PDF-E.pdf",
        "R-REC-F.383-10202102-I!!PDF-E.pdf",
        "R-REC-LS-2004-PDF-E.pdf",
        "R-REC-LS-2006-PDF-E.pdf",
    ]


def test_approved_codes_are_read_but_for_misprints() -> None:
    """Names as the bulletin prints them: the spelling varies, some are cut off."""
    codes = {record["code"] for record in _records("itu-t-approvals.jsonl.gz")}

    assert len([code for code in codes if parse(code) is None]) < 0.02 * len(codes)


def test_documents_of_study_groups_are_read() -> None:
    for name in ("sg17-documents-2025-04.jsonl", "sg12-documents-2025-09.jsonl"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            read = parse_line(record["id"])

            assert (read["kind"], read["number"]) == (record["class"], record["number"])
            assert read.get("stream") == record.get("stream")
