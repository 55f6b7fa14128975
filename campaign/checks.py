"""What must hold before anything starts: the keys are keys, and they open what is stored."""

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from campaign.encryption import SealBroken, email_hash, seal, unseal
from campaign.models import Signatory

PURPOSE = "check"


@register(Tags.security)
def identity_keys_seal_and_open(app_configs, **kwargs) -> list[Error]:
    """Each key is 32 bytes in base64, and the first one seals."""
    try:
        unseal(seal(PURPOSE, purpose=PURPOSE), purpose=PURPOSE)
    except ImproperlyConfigured as error:
        return [
            Error(
                f"IDENTITY_KEYS cannot be used: {error}",
                hint="Each key is 32 bytes in URL-safe base64; several are separated by commas.",
                id="campaign.E001",
            )
        ]
    return []


@register(Tags.database)
def newest_identity_opens(app_configs, databases=None, **kwargs) -> list[Error]:
    """The keys are those that the database was written with. Runs where a database is asked for."""
    newest = _newest_identity() if databases else None
    if newest is None:
        return []
    try:
        person = newest.person
    except SealBroken as error:
        return [
            Error(
                f"IDENTITY_KEYS is not the key that this database was written with: {error}.",
                hint="Nothing was changed. Put the former key back, after the new one and a comma.",
                id="campaign.E002",
            )
        ]
    if newest.email_hash and newest.email_hash != email_hash(person.email):
        return [
            Error(
                "EMAIL_HASH_KEY is not the key that this database was written with.",
                hint="With another one nobody is found again by e-mail: put the former one back.",
                id="campaign.E003",
            )
        ]
    return []


def _newest_identity() -> Signatory | None:
    """None as well before the first `migrate`, which asks these checks itself."""
    if Signatory._meta.db_table not in connection.introspection.table_names():
        return None
    identities = Signatory.objects.exclude(identity=None).only("identity", "email_hash")
    return identities.order_by("created_at").last()
