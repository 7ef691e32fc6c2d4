"""Titles and numbers in the spellings that are met: the shared register, ITU-R, 3GPP, old collective numbers."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.liaison.naming import (
    Title,
    key_of,
    names_of,
    read_reference,
    read_title,
    split_names,
    split_references,
    write_title,
)

TITLES = {
    "LS/i/r on Provision of caller location (reply to SG2-LS40)": Title(
        "Provision of caller location", "i", True, True, reply_to=("SG2-LS40",)
    ),
    "LS/i/r on the work item ITU-T Q.TSCA (reply to SG17-LS160) [ from ITU-T SG11]": Title(
        "the work item ITU-T Q.TSCA", "i", True, True, from_=("ITU-T SG11",), reply_to=("SG17-LS160",)
    ),
    "LS/i on highlights from the final meeting of the Joint Coordination Activity (JCA-DCC)": Title(
        "highlights from the final meeting of the Joint Coordination Activity (JCA-DCC)", "i", False, True
    ),
    "LS/o on slices [to ITU-T SG15, 3GPP SA2 and SG13]": Title(
        "slices", "o", False, True, to=("ITU-T SG15", "3GPP SA2", "SG13")
    ),
    "LS/o/r on slices (reply to SG17-LS55)": Title("slices", "o", True, True, reply_to=("SG17-LS55",)),
    "LS/r on slices": Title("slices", "", True, True),
    "LS / i: slices": Title("slices", "i", False, True),
    "LS to IETF CLUE WG on media handling aspects": Title(
        "media handling aspects", "", False, True, to=("IETF CLUE WG",)
    ),
    "LS Reply on Service APIs": Title("Service APIs", "", True, True),
    "Reply LS: Clarification and fixes": Title("Clarification and fixes", "", True, True),
    "LS response to S2-123456 on slices": Title("slices", "", True, True, reply_to=("S2-123456",)),
    "Reply to SG2-LS40 on slices": Title("slices", "", True, True, reply_to=("SG2-LS40",)),
    "Draft liaison statement on slices": Title("slices", "", False, True),
    "Liaison statement to Working Parties 5A and 5D - Sharing": Title(
        "Sharing", "", False, True, to=("WP 5A", "WP 5D")
    ),
    "Reply liaison statement to Working Party 5A (copy to WP 1A for information)": Title(
        "", "", True, True, to=("Working Party 5A (copy to WP 1A for information)",)
    ),
    "Reply to comments on slices": Title("Reply to comments on slices"),
    "[SD] XR and MPEG-I in Reference Tools": Title("[SD] XR and MPEG-I in Reference Tools"),
    "LSP routing": Title("LSP routing"),
    "": Title(""),
}


@pytest.mark.parametrize("text", TITLES)
def test_title_is_taken_apart(text: str) -> None:
    assert read_title(text) == TITLES[text]


REFERENCES = {
    "SG2-LS40": ("statement", "SG2-LS40"),
    "COM 16 – LS 124 – E": ("statement", "SG16-LS124"),
    "COM16-LS124-E": ("statement", "SG16-LS124"),
    "ITU-T SG 17 LS 55": ("statement", "SG17-LS55"),
    "LS 40/SG2": ("statement", "SG2-LS40"),
    "sp16-sg13-oLS-00123": ("statement", "SG13-LS123"),
    "T25-SG13-LS123": ("statement", "T25-SG13-LS123"),
    "TSAG-LS12": ("statement", "TSAG-LS12"),
    "WP 5D LS 7": ("statement", "WP5D-LS7"),
    "T25-SG17-250408-TD-GEN-0003": ("document", "T25-SG17-TD3-GEN"),
    "SG17-TD3/GEN": ("document", "SG17-TD3-GEN"),
    "5D/123": ("document", "5D/123"),
    "R23-WP5D-C123": ("document", "R23-WP5D-C123"),
    "S5-186491": ("other", ""),
    "562": ("other", ""),
    "SC 29 N 10775": ("other", ""),
}


@pytest.mark.parametrize("text", REFERENCES)
def test_number_is_read_as_ours_where_it_has_our_form(text: str) -> None:
    read = read_reference(text)

    assert (read.kind, read.name, read.text) == (*REFERENCES[text], text)


def test_spellings_under_which_a_number_is_kept() -> None:
    assert names_of("COM 16 – LS 124 – E") == ("COM 16 – LS 124 – E", "SG16-LS124")
    assert names_of("T25-SG13-LS123") == ("T25-SG13-LS123", "SG13-LS123")
    assert names_of("S4-240311") == ("S4-240311",)
    assert names_of("–") == ()


def test_several_numbers_are_told_apart() -> None:
    assert split_references("SG2-LS40, SG17-LS55 and S5-186491/S2-189049") == (
        "SG2-LS40",
        "SG17-LS55",
        "S5-186491",
        "S2-189049",
    )
    assert split_references("5D/123; LS 40/SG2") == ("5D/123", "LS 40/SG2")


def test_names_are_told_apart_and_an_and_may_be_part_of_one() -> None:
    assert split_names("JCA-IoT and SC&C, ITU-T SG5 and IETF") == ("JCA-IoT and SC&C", "ITU-T SG5", "IETF")


subjects = st.text(
    st.characters(codec="utf-8", exclude_characters="()[]", exclude_categories=["Cs", "Cc"]), max_size=60
)
names = st.sampled_from(["ITU-T SG15", "3GPP SA2", "IETF CLUE WG", "WP 5A"])
numbers = st.sampled_from(["SG17-LS55", "S2-2601234", "5D/123"])


@given(
    st.sampled_from(["routing of calls", "IMT-2030 frameworks", "G.709", "the word LS"]),
    st.sampled_from(["", "i", "o"]),
    st.lists(names, max_size=3, unique=True),
    st.lists(numbers, max_size=3, unique=True),
)
def test_what_was_written_is_read_again(subject: str, kind: str, to: list[str], reply_to: list[str]) -> None:
    text = write_title(subject, kind=kind, to=to, reply_to=reply_to)

    assert read_title(text) == Title(subject, kind, bool(reply_to), True, to=tuple(to), reply_to=tuple(reply_to))


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    read = read_title(text)

    assert "\n" not in read.subject
    assert all(key_of(name) == key_of(key_of(name)) for name in read.to + read.reply_to)


@given(subjects)
def test_a_written_title_is_one_line_that_says_what_it_is(subject: str) -> None:
    text = write_title(f"x{subject}", kind="o", is_reply=True)

    assert text.startswith("LS/o/r on x")
    assert text.splitlines() == [text]


@pytest.mark.parametrize("text", ["[to " * 5000, "(reply to " * 5000, "LS to " * 5000, "A" * 100_000, "LS/o/r " * 9000])
def test_long_nonsense_is_read_at_once(text: str) -> None:
    read_title(text), read_reference(text), split_references(text)


@pytest.mark.parametrize("words", [" " * 20_000, "SG13 , " * 3_000, "(" * 20_000])
def test_names_are_split_at_once_however_long(words: str) -> None:
    started = perf_counter()

    split_names(words)

    assert perf_counter() - started < 1
