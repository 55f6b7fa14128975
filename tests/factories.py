"""Small builders: each makes one thing that is right, and takes what a test wants otherwise."""

from itertools import count

from campaign.loading import load_campaign
from campaign.models import (
    Campaign,
    Consent,
    ConsentText,
    Identity,
    Organization,
    Participation,
    Signatory,
)
from letters.channels.webform.recipe import MESSAGE, By, Kind, Recipe, Step
from letters.composing import Text
from letters.models import ContactForm, Delivery, Destination, Letter
from letters.states import State
from letters.submission import ChosenSeat, Draft, submit_letter
from representatives.congress import congress_on, lookup_day
from representatives.models import Chamber, Congress, Seat, Term

numbers = count(1)
# Who sits there, by the roster that the project ships.
WYOMING = {"HWY00": "H001096", "SWY01": "B001261", "SWY02": "L000571"}


def make_campaign(**changes) -> Campaign:
    """The May 21 campaign, rehearsing unless told otherwise."""
    campaign, _ = load_campaign("may-21")
    for name, value in changes.items():
        setattr(campaign, name, value)
    campaign.save()
    return campaign


def make_identity(**changes) -> Identity:
    facts = {
        "prefix": "Ms.",
        "first_name": "Alena",
        "last_name": "Škłoŭ",
        "email": f"alena{next(numbers)}@example.org",
        "street": "2020 Carey Ave",
        "city": "Cheyenne",
        "state": "WY",
        "zip": "82001",
    }
    return Identity(**(facts | changes))


def make_organization(**changes) -> Organization:
    """An organization with a wording to tick."""
    number = next(numbers)
    facts = {"name": f"Organization {number}", "slug": f"org-{number}", "about": "An organization."}
    organization = Organization.objects.create(**(facts | changes))
    ConsentText.objects.create(
        organization=organization, purpose="send me news", policy_url="https://example.org/policy"
    )
    return organization


def make_participation(campaign: Campaign, organization: Organization) -> Participation:
    return Participation.objects.create(campaign=campaign, organization=organization, position=99)


def make_draft(**changes) -> Draft:
    """Three letters from Cheyenne, nothing edited, nothing allowed to anybody."""
    facts = {
        "form_token": f"token-{next(numbers)}",
        "person": make_identity(),
        "state": "WY",
        "district": "WY-0",
        "congress": congress_on(lookup_day()),
        "seats": tuple(ChosenSeat(code, member, "zip") for code, member in WYOMING.items()),
        "text": Text(),
        "visibility": "private",
        "may_be_quoted": False,
        "may_be_carried": False,
        "organization_ids": (),
        "source": "",
        "language": "en",
    }
    return Draft(**(facts | changes))


def make_letter(*, campaign: Campaign | None = None, **changes) -> Letter:
    """A letter as the third screen leaves it: its code not entered yet."""
    campaign = campaign or make_campaign()
    return submit_letter(campaign=campaign, draft=make_draft(**changes))


def make_signatory(
    *, campaign: Campaign, allows: tuple[Organization, ...] = (), **changes
) -> Signatory:
    """A confirmed signatory without a letter, who ticked the organizations in `allows`."""
    person = changes.pop("person", None) or make_identity()
    facts = {
        "campaign": campaign,
        "state": person.state,
        "district": "WY-0",
        "congress": Congress.objects.get(number=congress_on(lookup_day())),
        "destination": campaign.state,
        "confirmed_at": campaign.sends_at,
        "email_hash": f"hash-{next(numbers)}",
    }
    signatory = Signatory(**(facts | changes))
    signatory.person = person
    signatory.save()
    for organization in allows:
        Consent.objects.create(
            signatory=signatory,
            organization=organization,
            text=organization.consent_texts.get(version=1),
        )
    return signatory


def make_delivery(
    *, letter: Letter | None = None, seat: str = "HWY00", state: str = State.WAITING, **changes
) -> Delivery:
    """The letter's delivery to that seat, put into a state without asking the table."""
    letter = letter or make_letter()
    signatory = letter.signatory
    if signatory.confirmed_at is None:
        signatory.confirmed_at = letter.created_at
        signatory.save(update_fields=["confirmed_at"])
    delivery = letter.deliveries.filter(seat=seat).first()
    if delivery is None:
        term = Term.objects.sitting(lookup_day()).get(seat=seat)
        delivery = Delivery(
            letter=letter, seat_id=seat, member_id=term.member_id, congress=signatory.congress
        )
        delivery.save()
    Delivery.objects.filter(id=delivery.id).update(state=state, **changes)
    return Delivery.objects.get(id=delivery.id)


def make_offices_known() -> None:
    """Both gateways have told which offices take part: every one of them."""
    for name, chamber in {"house_cwc": Chamber.HOUSE, "senate_cwc": Chamber.SENATE}.items():
        codes = list(Seat.objects.filter(chamber=chamber).values_list("code", flat=True))
        Destination.objects.update_or_create(name=name, defaults={"offices": codes})


def make_recipe(seat: str, *, by: By = By.PLAIN) -> Recipe:
    """A form with what every form asks for, of whoever sits in that seat."""
    member = Term.objects.sitting(lookup_day()).get(seat=seat).member_id
    page = Step(Kind.VISIT, value=f"https://www.{member.lower()}.senate.gov/contact")
    fields = {"first": "$NAME_FIRST", "last": "$NAME_LAST", "email": "$EMAIL", "text": MESSAGE}
    return Recipe(
        bioguide=member,
        steps=(
            page,
            *(Step(Kind.FILL, f"#{name}", value, required=True) for name, value in fields.items()),
            Step(Kind.CLICK, "#send"),
        ),
        success="Thank you",
        by=by,
    )


def make_contact_form(seat: str, **changes) -> ContactForm:
    """The form of whoever sits in that seat; with a `recipe` of None there is no good one."""
    recipe = changes.pop("recipe") if "recipe" in changes else make_recipe(seat)
    member = Term.objects.sitting(lookup_day()).get(seat=seat).member_id
    facts = {"revision": "test", "recipe": recipe and recipe.as_json()}
    return ContactForm.objects.update_or_create(member_id=member, defaults=facts | changes)[0]
