"""What the tests of bundle, sync, WebDAV and backup share."""

import pytest

from sgdocs.wiring import Services
from tests.disk.papers import Papers
from tests.make import Make


@pytest.fixture
def papers(make: Make, services: Services) -> Papers:
    return Papers(make, services.blobs)
