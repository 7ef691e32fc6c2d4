"""Short names that every system accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.documents.paths import LONGEST_NAME, Wanted, component, folder_of, is_safe, plan


@pytest.mark.parametrize(
    ("kind", "stream", "sector", "folder"),
    [
        ("contribution", "", "T", "C"),
        ("temporary-document", "GEN", "T", "TD-GEN"),
        ("temporary-document", "WP1", "T", "TD-WP1"),
        ("temporary-document", "", "R", "TEMP"),
        ("rapporteur-group-document", "", "T", "DOC"),
        ("administrative-document", "", "R", "ADM"),
        ("strange/../kind", "", "T", "STRANGE.-KIND"),
    ],
)
def test_folder_follows_kind_and_stream(kind: str, stream: str, sector: str, folder: str) -> None:
    assert folder_of(Wanted(1, "x.docx", kind, stream, sector)) == folder


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("T25-SG15-C123R1-E.docx", "T25-SG15-C123R1-E.docx"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x.docx", "C-Windows-x.docx"),
        ("CON.docx", "CON_.docx"),
        ("lpt1", "lpt1_"),
        ("aux.tar.gz", "x-aux.tar.gz"),
        (".hidden", "hidden"),
        ("name. ", "name"),
        ("Contribution spéciale n° 3.docx", "Contribution-speciale-n-3.docx"),
        ("文件.docx", "docx"),
        ("", "file"),
        ("a" * 300 + ".docx", "a" * 75 + ".docx"),
        ("bell\x07\n.docx", "bell.docx"),
    ],
)
def test_component_is_accepted_everywhere(given_name: str, name: str) -> None:
    assert component(given_name) == name


PIECES = st.sampled_from(["CON", "com1", "aux", "a" * 30, "b" * 9, "tar.gz", ".", "-", "_", " ", "1", "é"])


@given(st.text(max_size=400) | st.lists(PIECES, max_size=12).map("".join))
def test_every_name_becomes_a_safe_one(name: str) -> None:
    made = component(name)

    assert is_safe(made)
    assert len(made) <= LONGEST_NAME
    assert component(made) == made


def test_names_that_meet_are_told_apart_whatever_their_case() -> None:
    paths = plan(
        [
            Wanted(7, "Report.docx", "contribution"),
            Wanted(3, "REPORT.DOCX", "contribution"),
            Wanted(9, "report.docx", "report"),
        ]
    )

    assert paths == {3: "C/REPORT.DOCX", 7: "C/Report-7.docx", 9: "R/report.docx"}


def test_a_name_that_was_numbered_by_hand_is_no_trap() -> None:
    named = {1: "a-3.docx", 2: "a.docx", 3: "A.docx"}

    assert plan(Wanted(id, name, "report") for id, name in named.items()) == {
        1: "R/a-3.docx",
        2: "R/a.docx",
        3: "R/A-3-3.docx",
    }


def test_a_later_file_never_moves_an_earlier_one() -> None:
    first = [Wanted(n, f"T25-SG15-C{n}-E.docx", "contribution") for n in range(1, 20)]
    before = plan(first)

    after = plan([*first, Wanted(99, "t25-sg15-c3-e.docx", "contribution")])

    assert {id: after[id] for id in before} == before


@given(st.lists(st.text(max_size=40), max_size=30))
def test_no_two_paths_are_the_same(names: list[str]) -> None:
    paths = plan(Wanted(id, name, "contribution", above="T25-SG15-261109") for id, name in enumerate(names))

    assert len({path.casefold() for path in paths.values()}) == len(names)
    assert all(is_safe(path) for path in paths.values())


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "C/../../x", "C//x", "C\\x", "C/.ssh", "C/x.", "nul", "C/nul.txt", "a/b/c/d/e", "C/x y",
     "C/" + "n" * 120, "C:/x", "", "C/x\n", "~/x"],
)  # fmt: skip
def test_paths_from_elsewhere_are_refused(path: str) -> None:
    assert not is_safe(path)
