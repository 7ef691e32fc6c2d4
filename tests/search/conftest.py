"""Texts to be found."""

from collections.abc import Callable

import pytest

from sgdocs.base.act import Act
from sgdocs.recommendations import actions
from sgdocs.recommendations.models import Text
from sgdocs.recommendations.rules import Status
from sgdocs.recommendations.schemas import TextForm

Add = Callable[..., Text]


@pytest.fixture
def add(act: Act) -> Add:
    """Add a text by its identifier; in force unless said otherwise."""

    def add(identifier: str, title: str = "", **facts: str) -> Text:
        words = {"status": Status.IN_FORCE, "title": title, "identifier": identifier}
        return actions.add(act, TextForm.model_validate(words | facts))

    return add
