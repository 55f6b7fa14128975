"""The organizer's first login."""

import pytest
from django.contrib.auth import authenticate, get_user_model

from campaign.first_login import first_login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


def organizer():
    return get_user_model().objects.get(username="organizer")


def test_the_first_start_makes_an_organizer_who_may_do_everything():
    login = first_login()
    assert authenticate(username=login.username, password=login.password).is_superuser


def test_the_next_start_tells_the_same_login():
    assert first_login() == first_login()


def test_only_the_owner_of_the_folder_may_read_it(folder):
    first_login()
    assert (folder / "first-login.txt").stat().st_mode & 0o777 == 0o600


def test_a_changed_password_is_told_no_more(folder):
    first_login()
    changed = organizer()
    changed.set_password("of my own choosing")
    changed.save()
    assert first_login() is None
    assert not (folder / "first-login.txt").exists()


def test_an_organizer_made_elsewhere_keeps_the_password():
    get_user_model().objects.create_superuser("organizer", password="theirs")
    assert first_login() is None
    assert organizer().check_password("theirs")


def test_a_start_cut_short_before_the_login_was_made_loses_no_password():
    login = first_login()
    organizer().delete()
    assert first_login() == login


def test_two_machines_have_two_passwords(folder):
    login = first_login()
    organizer().delete()
    (folder / "first-login.txt").unlink()
    assert first_login() != login
