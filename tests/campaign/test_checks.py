"""What must hold before anything starts."""

from base64 import urlsafe_b64encode

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from campaign import encryption
from tests.factories import make_letter

OTHER_KEY = urlsafe_b64encode(b"another key, of 32 bytes exactly").decode()


@pytest.fixture
def keys(settings):
    """A way to set the keys, as a restart would."""

    def use(*several: str) -> None:
        settings.IDENTITY_KEYS = list(several)
        encryption._ciphers.cache_clear()

    yield use
    encryption._ciphers.cache_clear()


def ids_of_errors(**asked) -> list[str]:
    return [message.id for message in run_checks(**asked) if message.id.startswith("campaign.")]


def test_good_keys_pass():
    assert ids_of_errors() == []


@pytest.mark.parametrize("key", ["", "short", "c2hvcnQ=", "not base64 at all!"])
def test_a_key_that_is_none_is_told(keys, key):
    keys(key)
    assert ids_of_errors() == ["campaign.E001"]


@pytest.mark.django_db
def test_an_empty_database_opens_with_any_key(keys):
    keys(OTHER_KEY)
    assert ids_of_errors(databases=["default"]) == []


@pytest.mark.django_db
def test_the_key_that_wrote_a_database_opens_it():
    make_letter()
    assert ids_of_errors(databases=["default"]) == []


@pytest.mark.django_db
def test_another_key_does_not_open_the_database(keys):
    make_letter()
    keys(OTHER_KEY)
    assert ids_of_errors(databases=["default"]) == ["campaign.E002"]


@pytest.mark.django_db
def test_a_new_key_before_the_former_one_opens_it(keys, settings):
    make_letter()
    keys(OTHER_KEY, *settings.IDENTITY_KEYS)
    assert ids_of_errors(databases=["default"]) == []


@pytest.mark.django_db
def test_another_email_key_is_told(settings):
    make_letter()
    settings.EMAIL_HASH_KEY = "another"
    assert ids_of_errors(databases=["default"]) == ["campaign.E003"]


@pytest.mark.django_db
def test_the_database_is_read_only_where_a_check_asks_for_it(keys):
    make_letter()
    keys(OTHER_KEY)
    assert ids_of_errors() == []


@pytest.mark.django_db
def test_a_wrong_key_stops_a_command_with_a_sentence(keys):
    make_letter()
    keys(OTHER_KEY)
    with pytest.raises(SystemCheckError, match="not the key that this database was written with"):
        call_command("check", databases=["default"], tags=[Tags.database])
