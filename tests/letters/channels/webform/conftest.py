"""What tests of contact forms share."""

import pytest

from letters.channels.webform.egress import Allowed, egress
from tests.letters.channels.webform.site import Answer, Site


@pytest.fixture
def site():
    with Site(lambda asked: Answer(f"<p>{asked.path}</p>")) as one:
        yield one


@pytest.fixture
def rehearsal(site):
    with egress(Allowed.rehearsal(site.url)) as way:
        yield way
