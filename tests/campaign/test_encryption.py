"""A sealed value opens with its key, in its place, or raises."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from campaign import encryption
from campaign.encryption import SealBroken, Sealed, email_hash, seal, unseal
from campaign.models import Signatory
from tests.factories import make_campaign, make_identity, make_signatory

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
OTHER = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="


@pytest.fixture
def keys(settings):
    def use(*texts):
        settings.IDENTITY_KEYS = list(texts)
        encryption._ciphers.cache_clear()

    use(KEY)
    yield use
    encryption._ciphers.cache_clear()


def test_a_value_comes_back_as_it_was(keys):
    value = {"name": "Ніна Škłoŭ", "zip": "82001"}

    assert unseal(seal(value, purpose="here"), purpose="here") == value


def test_another_key_raises(keys):
    sealed = seal("secret", purpose="here")
    keys(OTHER)

    with pytest.raises(SealBroken):
        unseal(sealed, purpose="here")


def test_an_older_key_still_opens_and_the_first_one_seals(keys):
    old = seal("secret", purpose="here")
    keys(OTHER, KEY)

    assert unseal(old, purpose="here") == "secret"
    assert seal("secret", purpose="here")[:4] != old[:4]


@pytest.mark.parametrize("text", ["abc", "c2hvcnQ=", f"!{KEY}", ""])
def test_a_key_that_is_none_is_told_in_a_sentence(keys, text):
    keys(text)

    with pytest.raises(ImproperlyConfigured, match="Each of IDENTITY_KEYS must be"):
        seal("secret", purpose="here")


def test_a_value_moved_to_another_record_raises(keys):
    with pytest.raises(SealBroken):
        unseal(seal("secret", purpose="here"), purpose="there")


def test_one_changed_byte_raises(keys):
    sealed = bytearray(seal("secret", purpose="here"))
    sealed[-1] ^= 1

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), purpose="here")


def test_the_same_value_is_never_sealed_the_same_way(keys):
    assert seal("secret", purpose="here") != seal("secret", purpose="here")


@pytest.mark.django_db
def test_an_identity_is_bound_to_its_row():
    campaign = make_campaign()
    one, two = make_signatory(campaign=campaign), make_signatory(campaign=campaign)
    stolen = Signatory.objects.values_list("identity", flat=True).get(id=one.id)
    Signatory.objects.filter(id=two.id).update(identity=Sealed(stolen))

    with pytest.raises(SealBroken):
        Signatory.objects.get(id=two.id).person.full_name  # noqa: B018


@pytest.mark.django_db
def test_saving_again_keeps_an_identity_readable():
    person = make_identity(last_name="Ніна")
    signatory = make_signatory(campaign=make_campaign(), person=person)
    again = Signatory.objects.get(id=signatory.id)
    again.save()

    assert Signatory.objects.get(id=signatory.id).person == person


@pytest.mark.django_db
def test_an_unsealed_value_cannot_be_written_past_the_seal():
    with pytest.raises(TypeError):
        Signatory.objects.update(identity=b"in clear")


def test_an_address_hashes_the_same_however_it_is_typed():
    assert email_hash(" Alena@Example.org ") == email_hash("alena@example.org")
    assert email_hash("alena@example.org") != email_hash("olena@example.org")


def test_values_that_say_who_somebody_is_never_show_in_their_repr():
    assert "Alena" not in repr(make_identity())
