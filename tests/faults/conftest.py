"""Running installations, one for each kind of database, and a look into what they have written."""

import json

import pytest

from tests.fake_channel import channel
from tests.faults.engines import Cluster, why_no_postgresql
from tests.installation import Installation

__all__ = ["channel"]

COUNT = """
import json
from letters.models import Delivery, Letter, Notice
from campaign.models import Signatory
print(json.dumps({
    "letters": Letter.objects.count(),
    "signatories": Signatory.objects.count(),
    "seats": sorted(Delivery.objects.values_list("seat_id", flat=True)),
    "codes": Notice.objects.filter(kind="code").count(),
}))
"""


def written(installation: Installation) -> dict:
    """Letters, signatories, the seats of all deliveries, and mails with a code."""
    said = installation.manage("shell", "--no-imports", "-c", COUNT)
    return json.loads(said.splitlines()[-1])


@pytest.fixture
def cluster():
    """A PostgreSQL that a test may stop."""
    if reason := why_no_postgresql():
        pytest.skip(reason)
    made = Cluster.make().start()
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request) -> str:
    """Empty is SQLite."""
    return request.getfixturevalue("cluster").url if request.param == "postgresql" else ""


@pytest.fixture
def installation(tmp_path, database_url):
    one = Installation(folder=tmp_path / "var", variables={"DATABASE_URL": database_url}).start()
    yield one
    one.stop()
