"""What every test stands on: the real seats, members and ZIP codes, loaded once a session."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_roster", verbosity=0)
        call_command("load_zip_map", verbosity=0)
