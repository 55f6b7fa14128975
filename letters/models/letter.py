"""The letter: one signatory's text, for all their offices."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone

from campaign.encryption import SealedField
from campaign.models import Appeal, Fact, Mode, Prisoner, Signatory

RECEIPT_SALT = "letters.receipt"
CODE_ENTERED_WITHIN = timedelta(hours=48)


class Likeness(models.TextChoices):
    """What a letter resembles, as far as the campaign's own texts go."""

    FORM = "form", "Form letter"
    EDITED = "edited", "Lightly edited"
    PERSONAL = "personal", "Personal"


class LetterQuerySet(models.QuerySet):
    def bound_for_here(self) -> "LetterQuerySet":
        """Rehearsal letters on a rehearsing installation, live ones on a live one."""
        return self.filter(destination=settings.DELIVERY_MODE)

    def without_code(self) -> "LetterQuerySet":
        """Whose code was not entered in time."""
        return self.filter(
            signatory__confirmed_at=None, created_at__lte=timezone.now() - CODE_ENTERED_WITHIN
        )

    def by_receipt(self, token: str) -> "Letter":
        """The letter of a receipt link; raises DoesNotExist for any other token."""
        try:
            id, version = signing.Signer(salt=RECEIPT_SALT).unsign(token).split(".")
        except (signing.BadSignature, ValueError) as error:
            raise self.model.DoesNotExist("not a receipt link") from error
        return self.get(id=id, receipt_version=version)


class Letter(models.Model):
    """Null subject or statement: untouched, still the appeal's template, rendered at sending."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    signatory = models.OneToOneField(Signatory, models.CASCADE, related_name="letter")
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="letters")
    prisoner = models.ForeignKey(Prisoner, models.PROTECT, null=True, related_name="letters")
    # Who stands in the own words or an edited statement, of the campaign's own list.
    named_prisoners = models.ManyToManyField(Prisoner, related_name="named_in")
    own_words = SealedField()
    statement = SealedField()
    subject = SealedField()
    # An edited statement is frozen on a day, with the facts whose words are still in it.
    statement_frozen_on = models.DateField(null=True)
    frozen_facts = models.ManyToManyField(Fact, related_name="letters")
    has_own_words = models.BooleanField(default=False)
    # Measured when it was written, and kept when the text is gone: see `letters.likeness`.
    likeness = models.CharField(max_length=8, choices=Likeness, default=Likeness.FORM)
    form_token = models.CharField(max_length=43, unique=True)
    destination = models.CharField(max_length=9, choices=Mode)
    receipt_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    text_erased_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text_erased_at=None) | Q(own_words=None, statement=None, subject=None),
                name="an_erased_letter_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(likeness__in=Likeness.values),
                name="a_letter_is_a_form_letter_or_edited_or_personal",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"

    @property
    def receipt_token(self) -> str:
        """The private link's signed id; a new version makes every older link void."""
        return signing.Signer(salt=RECEIPT_SALT).sign(f"{self.id}.{self.receipt_version}")
