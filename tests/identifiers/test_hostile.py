"""Whatever comes in, nothing is raised, and the answer comes soon."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.identifiers import find_all, from_address, parse, parse_line, parse_list, sloppy, sort_key
from tests.identifiers.test_tables import ACCEPTED

HOSTILE = [
    "",
    " ",
    "\x00",
    "ITU-T G.652\x00",
    "ITU-T\x1bG.652",
    "\ud800",
    "\u0661\u0662",
    "G.652" * 2_000,
    "A" * 10_000,
    "(" * 10_000,
    "ITU-T " + "1." * 5_000,
    "G.1/" * 2_500,
    " " * 10_000,
    "\ufdfa" * 300,
    "ITU-T G.652 (ex " * 18,
    "|" * 300,
    "A Suppl. 1 to " * 21,
    "ITU-T G." + "9" * 290,
    "Q" + "9" * 200 + "/13",
    "G.652 [E] [E]",
    "5D/" + "9" * 100 + "-E",
    "T25-SG17-991399-TD-GEN-0042",
    "<script>alert(1)</script>",
    "'; DROP TABLE recommendation; --",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:30]) for text in HOSTILE])
def test_hostile_text_is_no_identifier(text: str) -> None:
    assert parse_line(text) == {"text": text, "kind": None}
    assert parse_list(text) == []
    assert sloppy(text) == ()
    assert from_address(text) is None
    assert sort_key(text)


@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    for read in (parse, parse_list, sloppy, from_address, sort_key, find_all):
        read(text)


pieces = st.sampled_from(
    [*(text for text, _ in ACCEPTED), "ITU-", "Amd. ", "(", ")", " | ", " to ", " (ex ", "\x00", "\u0661", "/"]
)


@given(st.lists(pieces, max_size=6).map("".join))
def test_no_mixture_of_identifiers_raises(text: str) -> None:
    line = parse_line(text)

    assert json.loads(json.dumps(line)) == line
    assert list(sloppy(text)) == list(sloppy(text))
    for start, end, identifier in find_all(text):
        assert 0 <= start < end <= len(text)
        assert identifier.as_dict()["kind"]


MEGABYTE = [
    "G." + "1." * 500_000,
    "ITU-T " * 166_000,
    "Report ITU-R " * 77_000,
    "A" * 1_000_000,
    "(" * 1_000_000,
    "G.1" + " " * 1_000_000,
    "Y.a" + "-a" * 500_000,
    "G Suppl " * 125_000,
    "T-REC-G.1-1-1-1!" * 62_000,
    "T25-SG17-250408-TD-WP1-" * 43_000,
    "G.1 App. " + "IVX" * 330_000,
    "9" * 1_000_000,
]


@pytest.mark.parametrize("text", MEGABYTE, ids=[text[:20] for text in MEGABYTE])
def test_megabyte_of_near_misses_takes_linear_time(text: str) -> None:
    """A quadratic search would take minutes; linear ones take at most 2.5 s of one core."""
    started = time.process_time()

    assert len(find_all(text)) <= 1
    assert time.process_time() - started < 30
