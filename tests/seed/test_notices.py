"""The demonstration has somebody who follows something, once."""

import pytest
from sqlmodel import select

from sgdocs.notices.models import Subscription
from sgdocs.seed import cast, notices, structure
from tests.make import Make

pytestmark = pytest.mark.databases("sqlite")


def test_cast_follows_its_groups_once(make: Make) -> None:
    structure.load(make.act)
    cast.load(make.act)

    notices.load(make.act)
    notices.load(make.act)

    scopes = make.session.exec(select(Subscription.scope)).all()
    assert len(scopes) == 6
    assert all(scope.startswith("group:") for scope in scopes)
