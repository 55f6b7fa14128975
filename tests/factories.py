"""Small builders: each makes one thing that is right, and takes what a test wants otherwise."""

from dataclasses import replace
from datetime import date
from itertools import count

from django.utils import timezone

from campaign.loading import load_campaign
from campaign.models import (
    Campaign,
    Consent,
    ConsentText,
    Identity,
    Organization,
    Participation,
    Prisoner,
    Signatory,
)
from letters.channels.webform.recipe import MESSAGE, By, Kind, Recipe, Step
from letters.composing import Text
from letters.models import ContactForm, Delivery, Destination, Letter
from letters.states import State
from letters.submission import ChosenSeat, Draft, submit_letter
from representatives.accepting import propose, put_in_force
from representatives.congress import congress_on, lookup_day, starts_at
from representatives.models import (
    Chamber,
    Congress,
    Correction,
    Member,
    Seat,
    Snapshot,
    StateMap,
    Term,
    ZipDistrict,
)
from representatives.roster.table import NAME, RosterRow, read_roster, write_roster
from representatives.tables import read_table

numbers = count(1)
# Who sits there, by the roster that the project ships.
WYOMING = {"HWY00": "H001096", "SWY01": "B001261", "SWY02": "L000571"}


def make_campaign(**changes) -> Campaign:
    """The May 21 campaign, rehearsing unless told otherwise; without its prisoners."""
    campaign, is_new = load_campaign("may-21")
    if is_new:
        campaign.prisoners.all().delete()
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


def make_roster(
    changes: dict[str, dict | None] | None = None,
    *,
    as_of: date = date(2026, 7, 1),
    congress: int = 119,
) -> Snapshot:
    """The shipped roster, loaded with some seats' fields changed; None makes a seat vacant.

    Of the 120th Congress: everybody whose term is over was elected again.
    """
    text, provenance = read_table(NAME)
    rows = [_elected_again(row) if congress == 120 else row for row in read_roster(text)]
    for index, row in enumerate(rows):
        change = (changes or {}).get(row.seat, {})
        rows[index] = RosterRow(row.seat) if change is None else replace(row, **change)
    facts = {"source": provenance.source, "licence": provenance.licence}
    roster = propose(Snapshot.Kind.ROSTER, table=write_roster(rows), as_of=as_of, **facts)
    put_in_force(roster)
    return roster


def _elected_again(row: RosterRow) -> RosterRow:
    begins = starts_at(120).date()
    if row.term_end != begins:
        return row
    years = 2 if row.seat.startswith("H") else 6
    return replace(row, term_start=begins, term_end=begins.replace(year=begins.year + years))


def make_state_map(
    state: str, zips: dict[str, tuple[int | None, ...]], *, congress: int = 120
) -> StateMap:
    """A state's own map of a Congress, ZIP code to districts, in place of the one that it had."""
    snapshot = Snapshot.objects.record(
        Snapshot.Kind.ZIP_MAP,
        source="a test",
        as_of=starts_at(congress).date(),
        licence="none",
        sha256=f"map-{next(numbers)}",
        congress_id=congress,
    )
    ZipDistrict.objects.filter(congress=congress, state=state).delete()
    rows = [(code, number) for code, touched in zips.items() for number in touched]
    ZipDistrict.objects.bulk_create(
        ZipDistrict(congress_id=congress, snapshot=snapshot, zip=code, state=state, district=number)
        for code, number in rows
    )
    made, _ = StateMap.objects.update_or_create(
        congress_id=congress, state=state, defaults={"snapshot": snapshot}
    )
    Snapshot.objects.replace_unread_maps()
    return made


def make_correction(
    seat: str = "HWY00", *, member: str | None = "N000001", **changes
) -> Correction:
    """An organizer knows who sits there, or with a `member` of None that nobody does."""
    if member:
        names = {"first_name": "Ann", "last_name": "Lee", "official_name": "Ann Lee"}
        Member.objects.get_or_create(bioguide=member, defaults=names)
    facts = {
        "starts": date(2026, 7, 1),
        "why": "The newspapers say so.",
        "source": "https://example.org/news",
        "made_by": "olga",
    }
    return Correction.objects.create(seat_id=seat, member_id=member, **(facts | changes))


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


def make_prisoner(campaign, name: str, **changes) -> Prisoner:
    facts = {"story": f"The story of {name}.", "source": "a source", "as_of": "2026-01-01"}
    facts |= {"may_be_named": True, "reviewed_at": timezone.now()} | changes
    return Prisoner.objects.create(campaign=campaign, name=name, **facts)
