"""Titles name work items: which one, and what the document is to it."""

from dataclasses import dataclass

import pytest

from sgdocs.work_programme.rules import PaperRole as R
from sgdocs.work_programme.rules import name_key
from sgdocs.work_programme.signs import items_in, signs


@dataclass(frozen=True)
class Name:
    name: str
    item_id: int

    @property
    def key(self) -> str:
        return name_key(self.name)


NAMES = [
    Name("Y.slice", 1),
    Name("Y.slice-arch", 2),
    Name("X.509", 3),
    Name("X.509 Amd.2", 4),
    Name("M.[IMT.TAG]", 5),
    Name("Slices", 6),
    Name("X.oob-pacs", 7),
    Name("Y.old", 1),
]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Proposed text for clause 7 of Y.slice", [1]),
        ("Considerations on Y.slice-arch and y.slice.", [2, 1]),
        ("Draft X.509 Amd.2: certificates", [4]),
        ("Revision of X.509 (2019)", [3]),
        ("Working document towards M.[IMT.TAG]", [5]),
        ("Slices of the network", []),
        ("Y.slicer is another thing", []),
        ("On X.OOB pacs/X.509", [7, 3]),
        ("Y.slice and Y.old are one", [1]),
        ("", []),
    ],
)
def test_title_names_items(title: str, found: list[int]) -> None:
    assert items_in(title, NAMES) == found


@pytest.mark.parametrize(
    ("kind", "title", "role", "about"),
    [
        ("contribution", "Draft text for Y.slice", R.CONTRIBUTION, ""),
        ("temporary-document", "Draft new Recommendation ITU-T Y.slice", R.OUTPUT, ""),
        ("temporary-document", "Output baseline text of Y.slice", R.OUTPUT, ""),
        ("temporary-document", "LS/i on Y.slice [from ETSI]", R.LIAISON, ""),
        (
            "temporary-document",
            "A.5 justification for IETF RFC 8345 in draft Y.slice",
            R.JUSTIFICATION,
            "IETF RFC 8345",
        ),
        ("temporary-document", "A.5 justification information of Y.slice", R.JUSTIFICATION, ""),
        ("temporary-document", "Report on Y.slice", R.OTHER, ""),
        ("rapporteur-group-document", "Comments on Y.slice", R.CONTRIBUTION, ""),
        ("liaison-statement", "On Y.slice", R.LIAISON, ""),
    ],
)
def test_role_of_the_document(kind: str, title: str, role: R, about: str) -> None:
    assert [(each.role, each.about) for each in signs(kind, title, NAMES)] == [(role, about)]
