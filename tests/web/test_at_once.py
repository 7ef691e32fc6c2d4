"""Slow files of one person take a few places, never all."""

import pytest

from sgdocs.base.errors import TooMany
from sgdocs.web.at_once import _at_work, at_work


def test_so_many_of_one_are_at_work_and_no_more() -> None:
    with at_work("person 1", 2), at_work("person 1", 2):
        with pytest.raises(TooMany) as refused, at_work("person 1", 2):
            pass
        with at_work("person 2", 2):
            pass

    assert refused.value.facts["retry_after_s"] > 0
    assert not _at_work


def test_a_place_is_given_back_when_the_work_fails() -> None:
    with pytest.raises(ValueError, match="broken"), at_work("person 1", 1):
        raise ValueError("broken")

    with at_work("person 1", 1):
        pass
