"""Names along the matrix of liaison: short, and never two alike."""

import pytest

from sgdocs.liaison.matrix import Cell, Matrix, key_of
from sgdocs.liaison.parties import Party
from sgdocs.web.liaison_chart import LONGEST, chart, short


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("ITU-T SG13", "ITU-T SG13"),
        ("ISO/IEC JTC 1/SC 27", "…IEC JTC 1/SC 27"),
        ("ISO/IEC JTC 1/SC 29/WG 11", "…JTC 1/SC 29/WG 11"),
        ("Alliance for Telecommunications Industry Solutions", "Alliance for Tele…"),
        ("x" * 40 + "7", "…" + "x" * 16 + "7"),
    ],
)
def test_long_name_keeps_what_tells_it_apart(name: str, right: str) -> None:
    assert short(name) == right
    assert len(short(name)) <= LONGEST


def test_two_names_that_would_read_the_same_are_written_out() -> None:
    one, two = (
        Party(f"Association of the makers of {what}", body_id=id) for id, what in enumerate(("glass", "copper"))
    )
    cell = Cell(one, two, total=1, awaited=0, overdue=0)

    found = chart(Matrix((one, two), {(key_of(one), key_of(two)): cell}))

    assert found is not None
    assert [each.label for each in (*found.rows, *found.columns)] == [one.name, two.name]
    assert found.side > len(one.name) * 7
