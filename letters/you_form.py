"""The form of the third screen: who they are, what the offices ask, and what they allow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, ConsentText, Identity, Organization
from letters.fields import CHOICE_IS_GONE, LineField, in_latin_letters
from letters.forms import EmailForm, VisibilityForm
from letters.question_form import Asked, QuestionForm
from representatives.addresses import Address


@dataclass(frozen=True)
class ConsentBox:
    """One organization's box: what ticking it allows."""

    organization: Organization
    text: ConsentText
    # The organization whose link brought the supporter here.
    inviting: bool


def consent_boxes(campaign: Campaign, *, source: str) -> list[ConsentBox]:
    """One per organization with a consent text, in the campaign's order."""
    organizations = campaign.organizations.order_by("participations__position", "name")
    return [
        ConsentBox(organization, text, inviting=organization.slug == source)
        for organization in organizations.prefetch_related("consent_texts")
        if (text := organization.consent_text)
    ]


class YouForm(QuestionForm, VisibilityForm, EmailForm):
    """Who they are and what they allow."""

    first_name = LineField(
        label=_("First name"),
        max_length=50,
        validators=[in_latin_letters],
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={
            "required": _("Write your first name."),
            "cyrillic": _(
                "Write your first name in Latin letters, as on your mail: the offices read English."
            ),
        },
    )
    last_name = LineField(
        label=_("Last name"),
        max_length=50,
        validators=[in_latin_letters],
        widget=forms.TextInput({"autocomplete": "family-name"}),
        error_messages={
            "required": _("Write your last name."),
            "cyrillic": _("Write your last name in Latin letters, as on your mail."),
        },
    )
    may_be_quoted = forms.BooleanField(
        label=_("The organizers may quote my own words, without my name"), required=False
    )
    may_be_carried = forms.BooleanField(
        label=_("Volunteers may carry my letter to the office, with my name, address and e-mail"),
        required=False,
    )
    organizations = forms.TypedMultipleChoiceField(
        required=False, coerce=int, error_messages=CHOICE_IS_GONE
    )
    # A field that people do not see and programs fill in.
    fax_extension = LineField(required=False, label=_("Leave this empty"))

    def __init__(
        self, *args, asked: Sequence[Asked], boxes: Callable[[], list[ConsentBox]], **kwargs
    ):
        super().__init__(*args, asked=asked, **kwargs)
        # Only a page that shows them, or a tick, makes them be asked for.
        self.fields["organizations"].choices = lambda: [
            (box.organization.pk,) * 2 for box in boxes()
        ]
        first = ["prefix_title", "first_name", "last_name", "email", "phone"]
        self.order_fields([*first, *(field.name for field in self.own_questions)])

    def person(self, address: Address, *, state: str) -> Identity:
        return Identity(
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            email=self.cleaned_data["email"],
            prefix=self.title,
            phone=self.cleaned_data.get("phone", ""),
            answers=self.answers(),
            street=address.street,
            city=address.city,
            state=state,
            zip=address.zip,
            zip4=address.zip4,
        )
