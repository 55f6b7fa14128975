"""What an organization puts on its own site."""

import re

import pytest
from django.urls import resolve

from campaign.inviting import invitation_link, invitations
from tests.factories import make_campaign, make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def forms(settings) -> dict[str, str]:
    settings.SITE_URL = "https://letters.example.org"
    helpers = make_organization(slug="helpers", name="Helpers")
    found = invitations(organization=helpers, campaign=make_campaign())
    return {each.code: each.form for each in found}


def test_the_link_carries_the_organizations_code_and_nothing_else(settings):
    settings.SITE_URL = "https://letters.example.org"
    helpers = make_organization(slug="helpers")

    link = invitation_link(organization=helpers, campaign=make_campaign())

    assert link == "https://letters.example.org/may-21/?from=helpers"


def test_the_form_posts_its_language_street_and_zip_and_nothing_else(forms):
    form = forms["en"]

    assert re.findall(r' name="([^"]+)"', form) == ["language", "street", "zip"]
    assert 'method="post"' in form
    action = re.search(r'action="https://letters\.example\.org([^"]+)"', form)[1]
    assert resolve(action).url_name == "invited"
    assert resolve(action).kwargs == {"slug": "may-21", "organization": "helpers"}


def test_the_form_is_plain_html_with_labels_and_autofill(forms):
    form = forms["en"]

    assert not re.search(r"<script|<style|style=|\son\w+=|<img|<link|<iframe", form)
    assert set(re.findall(r'for="([^"]+)"', form)) == set(re.findall(r'\sid="([^"]+)"', form))
    assert re.findall(r'autocomplete="([^"]+)"', form) == ["street-address", "postal-code"]


@pytest.mark.parametrize(
    ("code", "said"), [("be", "Напішыце"), ("ru", "Напишите"), ("en", "Write to")]
)
def test_the_form_speaks_each_language_of_the_site(forms, code, said):
    assert said in forms[code]
    assert f'lang="{code}"' in forms[code]
    assert f'name="language" value="{code}"' in forms[code]
