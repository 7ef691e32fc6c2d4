"""Words made to be tried in every way: what looks at them must take a time that grows as they do, not as their power."""

import time
from collections.abc import Callable

import pytest

from sgdocs.text import formats, template_words

ENOUGH_S = 1.0

HOSTILE: tuple[tuple[str, Callable[[], object]], ...] = (
    ("comments before no page", lambda: formats.found(b"<!---->" * 500 + b"x")),
    ("brackets before a word", lambda: template_words.is_template("[a] " * 60 + "x")),
    ("angles before a word", lambda: template_words.is_template("<a>  " * 60 + "x")),
)


@pytest.mark.parametrize("look", [look for _, look in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_no_pattern_is_tried_in_every_way(look: Callable[[], object]) -> None:
    began = time.process_time()
    look()
    assert time.process_time() - began < ENOUGH_S


def test_what_the_patterns_are_for_is_still_found() -> None:
    assert formats.found(b"<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<!DOCTYPE html><p>x").format == "html"
    assert formats.found(b"<!-- <html> --> words").format == "txt"
    assert template_words.is_template("[Place, date]  <Title> {x}")
    assert not template_words.is_template("[Place] Geneva")
