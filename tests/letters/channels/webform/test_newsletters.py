"""A supporter is never signed up for an office's newsletter by our hand."""

import pytest

from letters.channels.webform.recipe import Kind
from tests.letters.channels.webform.writing import read_with, script, step_of, steps_of


@pytest.mark.parametrize(
    "step",
    [
        '- check: [{selector: "#form-field-subscribe-1", value: x}]',
        '- check: [{name: newsletter, selector: "#a", value: 1}]',
        '- check: [{selector: "#a", value: EMAIL.OPTIN, required: true}]',
        '- check: [{selector: "#newsletteractiontoggle-1"}]',
        "- choose: [{selector: \"[name='e-news']\", value: 'Yes'}]",
        "- click_on: [{selector: \"label[for='enewstoggle-1']\"}]",
        '- click_on: [{name: email-updates, selector: "#choice_1"}]',
        '- click_on: [{selector: "#choice_1", value: Sign me up}]',
        '- click_on: [{selector: "#receiveUpdates"}]',
        '- check: [{selector: "#receive_updates", value: 1}]',
        '- check: [{selector: "#monthlyBulletin", value: 1}]',
        '- check: [{selector: "#keep_me_informed", value: 1}]',
        '- check: [{selector: "#email_list", value: 1}]',
        '- select: [{selector: "#a", value: "Yes", options: {Sign me up: "Yes"}}]',
        script("document.querySelector('#opt-in').click()"),
        script("document.querySelector('#opt_in').checked = true"),
    ],
)
def test_a_tick_for_the_newsletter_is_dropped_and_told(step):
    reading = read_with(step)

    assert [each.kind for each in reading.recipe.steps] == [Kind.VISIT, Kind.FILL, Kind.CLICK]
    assert "not signed up for the newsletter" in reading.notes[0]


@pytest.mark.parametrize("no", ["No, thanks", "Never", "NONE", "Opt-out", "Do not contact me"])
def test_where_a_menu_offers_no_it_is_chosen(no):
    menu = f'- select: [{{selector: "#enews", value: Daily, options: [Daily, "{no}"]}}]'

    assert step_of(read_with(menu), Kind.SELECT).value == no


@pytest.mark.parametrize(
    "step",
    [
        '- check: [{selector: "#newsletter_0", value: N}]',
        '- choose: [{selector: "#newsletter", value: "No"}]',
        '- check: [{selector: "#unsubscribe", value: x}]',
        '- check: [{selector: "#a", value: EMAIL.OPTOUT}]',
        '- uncheck: [{selector: "#newsletter", value: x}]',
        '- select: [{selector: "#newsletter-topics", value: $TOPIC, options: [Guns]}]',
        '- click_on: [{selector: "#options a"}]',
        '- check: [{selector: "#dateupdates", value: 1}]',
    ],
)
def test_what_declines_or_is_something_else_stays(step):
    reading = read_with(step)

    assert len(reading.recipe.steps) == 4
    assert not any("newsletter (" in note for note in reading.notes)


@pytest.mark.parametrize("selector", ["#newsletter-form button", "#subscribe [type='submit']"])
def test_a_button_that_sends_stays_whatever_its_form_is_called(selector):
    clicks = steps_of(read_with(f'- click_on: [{{selector: "{selector}"}}]'), Kind.CLICK)

    assert len(clicks) == 2


def test_a_box_of_unknown_purpose_is_told_to_organizers():
    reading = read_with('- check: [{selector: "#input-1", value: x, required: true}]')

    assert step_of(reading, Kind.CHECK).required
    assert reading.notes == ("chooses #input-1, and does not say what that is",)
