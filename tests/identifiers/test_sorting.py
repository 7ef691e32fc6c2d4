"""Names in the order in which people look for them."""

import random

from hypothesis import given
from hypothesis import strategies as st

from sgdocs.identifiers import Identifier, sort_key
from tests.identifiers.test_forms import EVERY

IN_ORDER = [
    "ITU-T D.0",
    "ITU-T G.9.2",
    "ITU-T G.10",
    "ITU-T G.709/Y.1331 (03/2003)",
    "ITU-T G.709/Y.1331 (2003) Amd. 1 (12/2003)",
    "ITU-T G.709/Y.1331 (2003) Amd. 2 (01/2007)",
    "ITU-T G.709/Y.1331 (2003) Amd. 10 (01/2007)",
    "ITU-T G.709/Y.1331 (2003) Cor. 1 (01/2009)",
    "ITU-T G.709/Y.1331 (12/2009)",
    "ITU-T G.709.1/Y.1331.1 (01/2017)",
    "ITU-T G.722 (11/1988)",
    "ITU-T G.722 (1988) Annex A (03/1993)",
    "ITU-T G.722 (1988) App. II (11/1988)",
    "ITU-T G.722 (1988) App. IV (11/2009)",
    "ITU-T G.722 (1988) App. IX",
    "ITU-T G.722.1",
    "ITU-T G Suppl. 9",
    "ITU-T G Suppl. 10",
    "ITU-T I.256.2",
    "ITU-T I.256.2a",
    "ITU-T I.256.2c",
    "ITU-T Q.1912.5",
    "ITU-T Q.1912.5 B",
    "ITU-T V.25",
    "ITU-T V.25 bis",
    "ITU-T V.25 ter",
    "ITU-T V.25 quater",
    "ITU-T V.26",
    "ITU-R P.452-9",
    "ITU-R P.452-16 (07/2015)",
    "ITU-R P.452-17",
    "ITU-R P.1546-6",
    "Report ITU-R M.2134-0",
    "Report ITU-R M.2135-1",
    "Q2/13",
    "Q11/13",
    "Q2/17",
    "SG13-C9",
    "SG13-C123",
    "SG13-C123-R1",
    "SG17-C1",
    "edition 9",
    "edition 10",
]


def test_names_are_sorted_as_people_look_for_them() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=sort_key) == IN_ORDER


@given(st.one_of(*EVERY.values()))
def test_key_of_an_identifier_is_one_line_of_bounded_length(identifier: Identifier) -> None:
    key = sort_key(identifier)

    assert key.isprintable()
    assert len(key) < 400


@given(st.text(max_size=2000))
def test_any_text_has_a_key(text: str) -> None:
    assert sort_key(text)
