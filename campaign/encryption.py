"""Sealing what says who somebody is: AES-GCM, the key outside the database, a wrong key raises."""

import hashlib
import hmac
import json
import secrets
from base64 import b64decode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.query_utils import DeferredAttribute

KEY_ID_BYTES = 4
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not open: the key is wrong or missing, or the record was changed."""


def seal(value: object, *, purpose: str) -> bytes:
    """JSON-able `value` as key id + nonce + ciphertext, bound to `purpose` (which record it is)."""
    key_id, cipher = next(iter(_ciphers().items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False).encode()
    return key_id + nonce + cipher.encrypt(nonce, plain, purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> object:
    """What `seal` took; raises SealBroken for any other key, record or byte."""
    key_id, nonce = sealed[:KEY_ID_BYTES], sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
    cipher = _ciphers().get(key_id)
    if cipher is None:
        raise SealBroken(f"no key in IDENTITY_KEYS has the id {key_id.hex()} that sealed {purpose}")
    try:
        plain = cipher.decrypt(nonce, sealed[KEY_ID_BYTES + NONCE_BYTES :], purpose.encode())
    except InvalidTag as error:
        raise SealBroken(f"{purpose} does not open with its key") from error
    return json.loads(plain)


@cache
def _ciphers() -> dict[bytes, AESGCM]:
    """Key id → cipher, in the order of IDENTITY_KEYS: the first one seals."""
    ciphers = {}
    for text in settings.IDENTITY_KEYS:
        key = _key(text)
        ciphers[hashlib.sha256(key).digest()[:KEY_ID_BYTES]] = AESGCM(key)
    return ciphers


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, altchars="-_", validate=True)
    except ValueError as error:
        raise ImproperlyConfigured("Each of IDENTITY_KEYS must be base64.") from error
    if len(key) != 32:
        raise ImproperlyConfigured("Each of IDENTITY_KEYS must be 32 bytes in base64.")
    return key


def email_hash(email: str) -> str:
    """A keyed hash (64 hex digits) by which a signatory is found without reading anybody's mail."""
    normal = email.strip().casefold().encode()
    return hmac.new(settings.EMAIL_HASH_KEY.encode(), normal, hashlib.sha256).hexdigest()


class Sealed(bytes):
    """Bytes as the database holds them: told apart from a plain value by their type."""


class _Opener(DeferredAttribute):
    """Opens a sealed value when it is read; keeps it sealed in the instance."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if not isinstance(value, Sealed):
            return value
        return unseal(value, purpose=self.field.purpose_for(instance))

    def __set__(self, instance, value):
        # Without a setter Python would take the sealed bytes from the instance, unopened.
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """JSON-able values (text, dicts of text) that only the holder of the key can read.

    The record's id is bound in, so a sealed value cannot be moved to another row: models that use
    this field have a UUID primary key, which exists before the row does.
    """

    descriptor_class = _Opener

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def purpose_for(self, instance: models.Model) -> str:
        return f"{self.model._meta.label}.{self.attname}:{instance.pk}"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        sealed = Sealed(seal(value, purpose=self.purpose_for(model_instance)))
        setattr(model_instance, self.attname, sealed)
        return sealed

    def get_prep_value(self, value):
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is written through an instance, sealed, never as it is")
        return value


class SealedSerializer:
    """Sessions hold addresses and letters between two screens: they are sealed as well."""

    def dumps(self, obj: dict) -> bytes:
        return seal(obj, purpose="session")

    def loads(self, data: bytes) -> dict:
        return unseal(data, purpose="session")
