"""Signatories: constituents who signed, what they allow, and to whom."""

from dataclasses import asdict, dataclass, field
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.encryption import SealedField
from campaign.models.campaign import Campaign, Mode
from campaign.models.organization import ConsentText, Organization
from representatives.addresses import Address


@dataclass(frozen=True)
class Identity:
    """Who a signatory is. Its `repr` says nothing: logs and exceptions must not give it away."""

    first_name: str
    last_name: str
    email: str
    street: str
    city: str
    state: str
    zip: str
    zip4: str = ""
    prefix: str = ""
    phone: str = ""
    # What single offices' forms ask for: "topic SNY01" → the answer.
    answers: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "Identity(…)"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}. {self.last_name[:1]}."

    @property
    def address(self) -> Address:
        return Address(
            street=self.street, city=self.city, state=self.state, zip=self.zip, zip4=self.zip4
        )

    @property
    def zip_plus_4(self) -> str:
        return f"{self.zip}-{self.zip4}" if self.zip4 else self.zip


class Visibility(models.TextChoices):
    """How a signatory may be shown to Congress and the public."""

    PRIVATE = "private", _("Not at all: I am only counted")
    INITIALS = "initials", _("My initials and state")
    FULL = "full", _("My full name and city")


class SignatoryQuerySet(models.QuerySet):
    """The one query layer through which every page, export and list sees people."""

    def confirmed(self) -> "SignatoryQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def present(self) -> "SignatoryQuerySet":
        """Confirmed and not erased since."""
        return self.confirmed().filter(erased_at=None)

    def allowed_to(self, organization: Organization) -> "SignatoryQuerySet":
        """Those who ticked that organization and have not taken it back."""
        return self.present().filter(
            consents__organization=organization, consents__withdrawn_at=None
        )

    def showable(self) -> "SignatoryQuerySet":
        """Those who let Congress and the public see more of them than a count."""
        return self.present().exclude(visibility=Visibility.PRIVATE)


class Signatory(models.Model):
    """Erasure empties a row, it never deletes one: the counts stay true."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="signatories")
    identity = SealedField()
    email_hash = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=2)
    # As in `TX-37`; empty while the representative is not known.
    district = models.CharField(max_length=6, blank=True)
    congress = models.ForeignKey("representatives.Congress", models.PROTECT)
    language = models.CharField(max_length=5, default="en")
    source = models.CharField(max_length=50, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    may_be_quoted = models.BooleanField(default=False)
    may_be_carried = models.BooleanField("letter may be carried by hand", default=False)
    destination = models.CharField(max_length=9, choices=Mode)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    # Asked for while a letter was being sent: done after its outcome.
    erasure_asked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "signatories"
        indexes = [models.Index(fields=["campaign", "state", "district"], name="where_they_live")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "email_hash"],
                condition=Q(destination="live", confirmed_at__isnull=False) & ~Q(email_hash=""),
                name="an_address_confirms_once_in_a_live_campaign",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(identity=None, email_hash=""),
                name="an_erased_signatory_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"signatory {self.id}"

    @property
    def person(self) -> Identity | None:
        """Who they are; None after erasure."""
        identity = self.identity
        return None if identity is None else Identity(**identity)

    @person.setter
    def person(self, identity: Identity) -> None:
        self.identity = asdict(identity)

    @property
    def display_name(self) -> str:
        """The name that this person lets others see; empty for private and erased people."""
        person = self.person
        if person is None or self.visibility == Visibility.PRIVATE:
            return ""
        if self.visibility == Visibility.INITIALS:
            return f"{person.initials}, {self.state}"
        return f"{person.full_name}, {person.city}"


class Consent(models.Model):
    """A person allowed one organization to have their data: which wording, when, until when."""

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="consents")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    # The export's row id, and the tombstone after erasure.
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signatory", "organization"], name="a_person_allows_an_organization_once"
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.public_id}"
