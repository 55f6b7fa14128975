"""A visitor with a browser of their own."""

import pytest

from tests.letters.rehearsal.forms.visitor import Visitor


@pytest.fixture
def visitor(db, client) -> Visitor:
    return Visitor(client=client)
