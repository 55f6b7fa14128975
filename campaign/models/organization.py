"""Organizations: who takes part in campaigns, what they ask people to allow, what they took out."""

from django.conf import settings
from django.db import models

from campaign.languages import said


def is_organizer(user) -> bool:
    """Runs campaigns: sees every organization's numbers and people, and small counts."""
    return user.has_perm("campaign.add_exportlog")


class OrganizationQuerySet(models.QuerySet):
    def open_to(self, user) -> "OrganizationQuerySet":
        """Those whose numbers and signatories this login may see: organizers see all of them."""
        if is_organizer(user):
            return self
        return self.filter(logins=user)


class Organization(models.Model):
    """Takes part in campaigns, signs appeals, exports the people who allowed it."""

    name = models.CharField(max_length=120, unique=True)
    # Also the code in its invitation link.
    slug = models.SlugField(unique=True)
    about = models.TextField(
        max_length=500, help_text="What it is, in a sentence or two: the gateways pass it on."
    )
    website = models.URLField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=12, blank=True, help_text="NNN-NNN-NNNN")
    logins = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="organizations", blank=True
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def consent_text(self) -> "ConsentText | None":
        """The wording that a supporter is asked to tick today; None: there is no box to tick."""
        newest = max(self.consent_texts.all(), key=lambda text: text.version, default=None)
        if newest is None or (settings.LIVE and not newest.policy_url):
            return None
        return newest


class ConsentText(models.Model):
    """What ticking an organization's box says. Never edited: a new wording is a new version."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="consent_texts")
    version = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(
        max_length=200, help_text="What for: “invite me to events and tell me about new campaigns”"
    )
    # The same wording for those who read another language.
    purpose_be = models.CharField("purpose (Belarusian)", max_length=200, blank=True)
    purpose_ru = models.CharField("purpose (Russian)", max_length=200, blank=True)
    policy_url = models.URLField(
        blank=True, help_text="Its privacy policy. Without one the box is not offered live."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "version"], name="a_consent_text_version_exists_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.purpose} (version {self.version})"

    @property
    def said_purpose(self) -> str:
        """In the language of who is asked."""
        return said(self, "purpose")


class ExportLog(models.Model):
    """Who took which list out, what for, how many rows, and the file's hash."""

    class Kind(models.TextChoices):
        CSV = "csv", "signatories (CSV)"
        PRINT = "print", "presentable list (print)"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exports")
    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=5, choices=Kind)
    purpose = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
