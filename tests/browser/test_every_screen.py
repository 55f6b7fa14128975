"""Every screen and state, in every language: for eyes, thumbs, keyboards and screen readers."""

from itertools import chain

import pytest
from django.conf import settings

from tests.browser.looking import TELL_OF_SHIFTS, look
from tests.browser.staging import stage_campaigns
from tests.browser.walk import Walk, organization_screens

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture(scope="module")
def staged(installation):
    stage_campaigns(installation)
    return installation


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_every_screen(open_page, staged, language):
    page = open_page(missing=("/nothing/here/",), reduced_motion="reduce")
    page.add_init_script(TELL_OF_SHIFTS)
    screens = Walk(page=page, installation=staged, language=language).screens()
    if language == settings.LANGUAGE_CODE:
        screens = chain(screens, organization_screens(page, staged))
    told = [f"{name}: {each}" for name in screens for each in look(page)]
    assert not told, "\n".join(told)
