"""Who gets into an organization's pages, and what they say."""

import io
import re

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from campaign.models import ExportLog, Visibility
from tests.factories import (
    make_campaign,
    make_identity,
    make_organization,
    make_participation,
    make_signatory,
)
from tests.logins import make_login

pytestmark = pytest.mark.django_db
NUMBERS = "organization_numbers"
LISTS = ["organization_export", "organization_print"]
POSTER = "organization_poster"
WAYS_IN = [(NUMBERS, "get"), (POSTER, "get")] + [
    (page, method) for page in LISTS for method in ("get", "post")
]


@pytest.fixture
def organization():
    organization = make_organization(name="Helpers", slug="helpers")
    organization.logins.add(make_login("own"))
    return organization


@pytest.fixture
def campaign(organization):
    campaign = make_campaign()
    make_participation(campaign, organization)
    return campaign


@pytest.fixture
def own(client, organization):
    client.force_login(organization.logins.get())
    return client


@pytest.fixture
def organizer(client):
    client.force_login(make_login(organizer=True))
    return client


def address(page, organization, campaign):
    sheet = ["letter", "be"] if page == POSTER else []
    return reverse(page, args=[organization.slug, campaign.slug, *sheet])


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def figures(response) -> list[str]:
    return [found.strip() for found in re.findall(r"<dd>(.*?)</dd>", body(response), re.DOTALL)]


@pytest.mark.parametrize(("page", "method"), WAYS_IN)
def test_a_passer_by_is_sent_to_the_login_page(client, organization, campaign, page, method):
    response = getattr(client, method)(
        address(page, organization, campaign), {"purpose": "curiosity"}
    )

    assert response.status_code == 302
    assert response.url.startswith(reverse("login"))
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize(("page", "method"), WAYS_IN)
def test_a_login_of_another_organization_finds_nothing(
    client, organization, campaign, page, method
):
    others = make_organization()
    others.logins.add(make_login("other"))
    make_participation(campaign, others)
    client.force_login(others.logins.get())

    response = getattr(client, method)(
        address(page, organization, campaign), {"purpose": "curiosity"}
    )

    assert response.status_code == 404
    assert not ExportLog.objects.exists()


def test_a_campaign_without_the_organization_is_not_found(own, organization, campaign):
    campaign.participations.filter(organization=organization).delete()

    assert own.get(address(NUMBERS, organization, campaign)).status_code == 404


@pytest.mark.parametrize("who", ["own", "organizer"])
def test_its_own_login_and_an_organizer_may_export(request, organization, campaign, who):
    make_signatory(
        campaign=campaign, person=make_identity(email="nina@example.org"), allows=(organization,)
    )
    client = request.getfixturevalue(who)

    response = client.post(
        address("organization_export", organization, campaign), {"purpose": "newsletter"}
    )

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert "nina@example.org" in body(response)
    assert ExportLog.objects.get().rows == 1


@pytest.mark.parametrize("page", LISTS)
def test_a_get_never_exports(own, organization, campaign, page):
    response = own.get(address(page, organization, campaign))

    assert response.url == address(NUMBERS, organization, campaign)
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("page", LISTS)
def test_nothing_leaves_without_a_purpose(own, organization, campaign, page):
    make_signatory(campaign=campaign, allows=(organization,), visibility=Visibility.FULL)

    response = own.post(address(page, organization, campaign), {"purpose": "  "})

    assert "Say what you need the list for." in body(response)
    assert "Alena" not in body(response)
    assert not ExportLog.objects.exists()


def test_a_login_lists_its_own_organizations_only(own, organization, campaign):
    make_organization(name="Strangers")

    page = body(own.get(reverse("organizations")))

    assert organization.name in page
    assert campaign.name in page
    assert "Strangers" not in page


@pytest.mark.parametrize(
    ("who", "shown"), [("own", ["fewer than 5", "fewer than 5"]), ("organizer", ["4", "0"])]
)
def test_counts_under_five_are_for_organizers_only(request, organization, campaign, who, shown):
    for _ in range(4):
        make_signatory(campaign=campaign, allows=(organization,))

    page = request.getfixturevalue(who).get(address(NUMBERS, organization, campaign))

    assert figures(page) == shown


def test_counts_from_five_on_are_shown(own, organization, campaign):
    for _ in range(5):
        make_signatory(campaign=campaign, allows=(organization,), source=organization.slug)

    assert figures(own.get(address(NUMBERS, organization, campaign))) == ["5", "5"]


def test_the_printed_list_names_only_those_who_allow_it(own, organization, campaign):
    for last_name, visibility in (
        ("Public", Visibility.FULL),
        ("Initialed", Visibility.INITIALS),
        ("Hidden", Visibility.PRIVATE),
    ):
        make_signatory(
            campaign=campaign,
            person=make_identity(last_name=last_name),
            allows=(organization,),
            visibility=visibility,
        )
    make_signatory(
        campaign=campaign, person=make_identity(last_name="Elsewhere"), visibility=Visibility.FULL
    )

    page = body(
        own.post(address("organization_print", organization, campaign), {"purpose": "Hill"})
    )

    assert "<li>Alena Public, Cheyenne</li>" in page
    assert "<li>A. I., WY</li>" in page
    assert "and fewer than 5 more constituents who asked not to be named" in page
    for name in ("Initialed", "Hidden", "Elsewhere"):
        assert name not in page
    assert "example.org" not in page


def test_organizers_print_exact_numbers_by_state_and_district(organizer, organization, campaign):
    texan = make_identity(state="TX", last_name="Texan", city="Austin")
    make_signatory(
        campaign=campaign,
        person=texan,
        district="TX-37",
        allows=(organization,),
        visibility=Visibility.FULL,
    )
    make_signatory(campaign=campaign, allows=(organization,))

    page = body(
        organizer.post(address("organization_print", organization, campaign), {"purpose": "Hill"})
    )

    assert page.index("Texas") < page.index("TX-37") < page.index("Alena Texan, Austin")
    assert page.index("Wyoming") < page.index("1 constituent who asked not to be named")


def test_printing_is_logged_with_the_number_of_names(own, organization, campaign):
    make_signatory(campaign=campaign, allows=(organization,), visibility=Visibility.FULL)
    make_signatory(campaign=campaign, allows=(organization,))

    response = own.post(address("organization_print", organization, campaign), {"purpose": "Hill"})

    log = ExportLog.objects.get()
    assert (log.kind, log.rows, log.purpose, log.by) == ("print", 1, "Hill", "own")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_login_page_leads_to_the_organizations(client, organization):
    response = client.post(reverse("login"), {"username": "own", "password": "password"})

    assert response.url == reverse("organizations")


def test_districts_stand_in_the_order_of_their_numbers(own, organization, campaign):
    for district in ("TX-37", "", "TX-4"):
        make_signatory(
            campaign=campaign,
            person=make_identity(state="TX"),
            district=district,
            allows=(organization,),
            visibility=Visibility.FULL,
        )

    page = body(own.post(address(LISTS[1], organization, campaign), {"purpose": "Hill"}))

    assert page.index("TX-4") < page.index("TX-37") < page.index("District not known")


def test_its_link_posters_and_forms_stand_on_its_page(own, organization, campaign):
    page = body(own.get(address(NUMBERS, organization, campaign)))

    assert f'value="{settings.SITE_URL}/may-21/?from=helpers"' in page
    assert address(POSTER, organization, campaign) in page
    assert page.count("&lt;form method=&quot;post&quot;") == len(settings.LANGUAGES)
    assert "Do not log, keep or mail what is typed" in page


def test_a_poster_is_a_pdf_with_its_link(own, organization, campaign):
    answer = own.get(address(POSTER, organization, campaign))

    assert answer["Content-Type"] == "application/pdf"
    assert "?from=helpers" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize(("sheet", "language"), [("napkin", "be"), ("letter", "xx")])
def test_there_is_no_poster_on_another_sheet_or_in_another_language(
    own, organization, campaign, sheet, language
):
    page = reverse(POSTER, args=[organization.slug, campaign.slug, sheet, language])

    assert own.get(page).status_code == 404
