"""What a supporter types, screen by screen, and the values that it becomes."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign.models import Appeal, Campaign, ConsentText, Identity, Organization, Visibility
from letters.composing import Text, fill
from letters.fields import CodeField, LineField, ProseField, ZipField
from representatives.addresses import Address
from representatives.cities import city_of
from representatives.states import STATES

# What a gateway takes in one part; an office's own smaller limit comes with its channel.
LONGEST_LETTER = 10_000
# "(Figures as of …)" is added to an edited statement.
DATE_LINE = 60
# The gateways refuse a shorter one.
SHORTEST_CITY = 3
TITLES = ["Mr.", "Mrs.", "Miss", "Ms.", "Dr."]
# Chosen, not overlooked: their gateway letters become hand-offs.
NO_TITLE = "none"


class AddressForm(forms.Form):
    """Where they live. City and state come from the ZIP code, unless they say otherwise."""

    street = LineField(
        label=_("Street address"),
        min_length=3,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "street-address"}),
        error_messages={
            "required": _("Write the street and number where you live."),
            "min_length": _("Write the street with its number, for example 12 Oak Street."),
        },
    )
    zip = ZipField(
        label=_("ZIP code"),
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = LineField(
        label=_("City"),
        required=False,
        min_length=SHORTEST_CITY,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
        error_messages={
            "min_length": _(
                "Write the whole name of the city or town: the offices take none of fewer than "
                "three letters."
            )
        },
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("As the ZIP code says"))] + [(s.code, s.name) for s in STATES.values()],
    )

    def address(self) -> Address:
        zip, zip4 = self.cleaned_data["zip"]
        return Address(
            zip=zip,
            zip4=zip4,
            street=self.cleaned_data["street"],
            city=self.cleaned_data["city"] or city_of(zip),
            state=self.cleaned_data["state"],
        )


class DistrictForm(forms.Form):
    """Which of the candidates is theirs: a House seat, or the state if they do not know."""

    seat = forms.ChoiceField(
        error_messages={"required": _("Choose one, or say that you do not know.")}
    )

    def __init__(self, *args, choices: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(each, each) for each in choices]


class OfficesForm(forms.Form):
    """The ticked offices, by seat code."""

    seats = forms.MultipleChoiceField(
        error_messages={"required": _("Tick at least one office, or nobody gets your letter.")}
    )

    def __init__(self, *args, choices: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seats"].choices = [(each, each) for each in choices]


class LetterForm(forms.Form):
    """The letter: own words apart from the statement, which stays a template while untouched."""

    own_words = ProseField(
        label=_("Your own words (optional)"),
        required=False,
        help_text=_(
            "In English. Why does this matter to you? Two or three sentences of your own "
            "count for more with an office than the whole text below."
        ),
        widget=forms.Textarea({"rows": 6}),
    )
    prisoner = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("One person's story"),
        empty_label=_("None"),
        widget=forms.RadioSelect,
    )
    subject = LineField(
        label=_("Subject"),
        min_length=6,
        max_length=500,
        error_messages={"required": _("A letter needs a subject.")},
    )
    statement = ProseField(
        label=_("The organizations' statement"),
        required=False,
        help_text=_("You may change it or empty it."),
        widget=forms.Textarea({"rows": 14}),
    )

    def __init__(self, *args, campaign: Campaign, day: date, limit: int, **kwargs):
        super().__init__(*args, **kwargs)
        appeal = campaign.current_appeal
        self.day, self.limit = day, min(limit, LONGEST_LETTER)
        self.initial.setdefault("subject", _shown("subject", appeal, day))
        self.initial.setdefault("statement", _shown("statement", appeal, day))
        self.untouched = {name: _shown(name, appeal, day) for name in ("subject", "statement")}
        self._offer_prisoners(campaign)

    def _offer_prisoners(self, campaign: Campaign) -> None:
        """The one told least comes first and is chosen, so that an office hears of many."""
        nameable = campaign.prisoners.nameable().annotate(told=Count("letters"))
        if not nameable:
            del self.fields["prisoner"]
            return
        field = self.fields["prisoner"]
        field.queryset = nameable.order_by("told", "name")
        self.initial.setdefault("prisoner", field.queryset[0].pk)

    def clean(self):
        cleaned = super().clean()
        own, statement = cleaned.get("own_words"), cleaned.get("statement")
        if own == "" and statement == "":
            self.add_error(
                "own_words", _("Your letter is empty. Write something, or keep the statement.")
            )
        if own is not None and statement is not None:
            self._check_length(own, statement)
        return cleaned

    def _check_length(self, own: str, statement: str) -> None:
        prisoner = self.cleaned_data.get("prisoner")
        story = len(prisoner.story) if prisoner else 0
        dated = DATE_LINE if statement not in {"", self.untouched["statement"]} else 0
        over = len(own) + len(statement) + story + dated - self.limit
        if over > 0:
            self.add_error(
                "own_words" if len(own) > len(statement) else "statement",
                ngettext(
                    "Too long for an office you chose: it takes %(limit)s characters. "
                    "Please shorten your letter by %(over)s.",
                    "Too long for an office you chose: it takes %(limit)s characters. "
                    "Please shorten your letter by %(over)s.",
                    over,
                )
                % {"limit": f"{self.limit:,}", "over": f"{over:,}"},
            )

    def text(self) -> Text:
        subject, statement = self.cleaned_data["subject"], self.cleaned_data["statement"]
        edited = statement != self.untouched["statement"]
        return Text(
            own_words=self.cleaned_data["own_words"],
            subject=subject if subject != self.untouched["subject"] else None,
            statement=statement if edited else None,
            frozen_on=self.day if edited else None,
            prisoner=self.cleaned_data.get("prisoner"),
        )


def _shown(name: str, appeal: Appeal, day: date) -> str:
    """The appeal's text as the form's own field gives it back: else it would count as edited."""
    field = LetterForm.base_fields[name]
    return field.to_python(fill(getattr(appeal, name), appeal=appeal, on=day))


@dataclass(frozen=True)
class ConsentBox:
    """One organization's box: what ticking it allows."""

    organization: Organization
    text: ConsentText
    # The organization whose link brought the supporter here.
    inviting: bool


def consent_boxes(campaign: Campaign, *, source: str) -> list[ConsentBox]:
    """One per organization with a consent text, in the campaign's order."""
    return [
        ConsentBox(organization, organization.consent_text, organization.slug == source)
        for organization in campaign.organizations.order_by("participations__position", "name")
        if organization.consent_text
    ]


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=200,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Your code and your private link go there."),
        error_messages={
            "required": _("Write your e-mail address: the code goes there."),
            "invalid": _("This is no e-mail address. It looks like name@example.org."),
        },
    )


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        label=_("How may we show you to Congress and the public?"),
        choices=Visibility.choices,
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )


class YouForm(VisibilityForm, EmailForm):
    """Who they are and what they allow."""

    prefix_title = forms.ChoiceField(
        label=_("Title"),
        choices=[("", _("Choose one"))]
        + [(each, each) for each in TITLES]
        + [(NO_TITLE, _("None of these"))],
        widget=forms.Select({"autocomplete": "honorific-prefix"}),
        error_messages={"required": _("Choose a title, or “None of these”.")},
    )
    first_name = LineField(
        label=_("First name"),
        max_length=50,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )
    last_name = LineField(
        label=_("Last name"),
        max_length=50,
        widget=forms.TextInput({"autocomplete": "family-name"}),
        error_messages={"required": _("Write your last name.")},
    )
    may_be_quoted = forms.BooleanField(
        label=_("The organizers may quote my own words, without my name"), required=False
    )
    may_be_carried = forms.BooleanField(
        label=_("Volunteers may carry my letter to the office, with my name and address"),
        required=False,
    )
    organizations = forms.TypedMultipleChoiceField(required=False, coerce=int)
    # A field that people do not see and programs fill in.
    fax_extension = forms.CharField(required=False, label=_("Leave this empty"))

    field_order = ["prefix_title", "first_name", "last_name", "email"]

    def __init__(self, *args, boxes: list[ConsentBox], title_asked_by: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        ids = [box.organization.pk for box in boxes]
        self.fields["organizations"].choices = [(each, each) for each in ids]
        self.fields["prefix_title"].help_text = _(
            "Asked for by: %(offices)s. No other title is taken there; with “None of these” you "
            "finish that letter yourself in the official form."
        ) % {"offices": ", ".join(title_asked_by)}
        if not title_asked_by:
            del self.fields["prefix_title"]

    def person(self, address: Address, *, state: str) -> Identity:
        title = self.cleaned_data.get("prefix_title", "")
        return Identity(
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            email=self.cleaned_data["email"],
            prefix="" if title == NO_TITLE else title,
            street=address.street,
            city=address.city,
            state=state,
            zip=address.zip,
            zip4=address.zip4,
        )


class CodeForm(forms.Form):
    code = CodeField(
        label=_("Six-digit code"),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
