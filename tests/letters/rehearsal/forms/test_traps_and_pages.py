"""What offices' forms do beside asking: traps, visits, pages, old character sets, bad days."""

import json
from dataclasses import replace

import pytest
from django.test import Client

from letters.channels.webform.recipe import By, Kind, Step
from letters.models import Arrival, Mood
from tests.letters.rehearsal.forms.recipes import (
    EMAIL,
    FIRST,
    LAST,
    MESSAGE,
    OLD_MEMBER,
    RECIPE,
    SUBMIT,
    make_office,
    make_recipe,
)
from tests.letters.rehearsal.forms.visitor import Visitor, from_description

BRIEF = make_recipe(FIRST, EMAIL, MESSAGE, SUBMIT)


def faults() -> dict[str, str]:
    fields = json.loads(Arrival.objects.latest("at").body)["fields"]
    return {each["name"]: each["fault"] for each in fields if each["fault"]}


def test_a_field_that_no_person_sees_stays_empty(visitor):
    visitor.open(make_office(BRIEF)).fill(BRIEF)
    trap = visitor.find(".office-unseen input")
    assert visitor.find(".office-unseen label").text == "Comments"

    visitor.send(**{trap.get("name"): "a robot was here"})

    assert faults() == {trap.get("name"): "No person sees this field."}


def test_a_form_is_sent_from_the_page_on_which_it_was_shown(visitor):
    visitor.open(make_office(BRIEF)).fill(BRIEF).send(state_1=None)
    assert faults() == {"state_1": "It did not come back."}

    visitor.client.cookies.clear()
    visitor.open(make_office(BRIEF)).fill(BRIEF)
    visitor.client = Client()
    visitor.send()
    assert faults() == {"state_1": "It was changed."}


def test_a_token_is_of_one_office_only(visitor):
    visitor.open(make_office(replace(BRIEF, bioguide=OLD_MEMBER))).fill(BRIEF)
    foreign = dict(visitor.pairs())["state_1"]

    visitor.open(make_office(BRIEF)).fill(BRIEF).send(state_1=foreign)

    assert faults() == {"state_1": "It was changed."}


def test_hidden_marks_come_back_as_they_were(visitor):
    visitor.open(make_office(BRIEF)).fill(BRIEF).send(is_submit_1="2", gform_submit=None)

    assert set(faults()) == {"is_submit_1", "gform_submit"}


def two_pages():
    leads_on = Step(Kind.CLICK, ".gform_next_button", required=True)
    return make_recipe(FIRST, LAST, leads_on, EMAIL, MESSAGE, SUBMIT)


def test_the_second_page_sends_what_the_first_has_asked(visitor):
    recipe = two_pages()
    visitor.open(make_office(recipe)).fill(recipe)
    assert not visitor.page.cssselect("#input_2_12")

    visitor.send()
    assert not Arrival.objects.exists()
    visitor.fill(recipe).send()

    assert Arrival.objects.get().status == 200
    came = json.loads(Arrival.objects.get().body)["fields"]
    assert {"Alena", "Roe"} <= {each["value"] for each in came}


def test_the_first_page_leads_on_only_when_it_is_right(visitor):
    recipe = two_pages()
    visitor.open(make_office(recipe)).fill(recipe).send(input_2="")

    assert faults() == {"input_2": "It is required."}
    assert visitor.page.cssselect(".gform_next_button")


def test_nobody_jumps_over_the_first_page(visitor):
    recipe = two_pages()
    visitor.open(make_office(recipe) + "?page=2").fill(recipe).send()

    assert faults() == {"input_2": "It is required.", "input_3": "It is required."}


def test_a_link_leads_to_the_form(visitor):
    link = Step(Kind.CLICK, ".opinion a", required=True)
    recipe = make_recipe(link, FIRST, EMAIL, MESSAGE, SUBMIT)
    address = make_office(recipe)

    visitor.open(address + visitor.open(address).find(".opinion a").get("href"))
    visitor.fill(recipe).send()

    assert Arrival.objects.get().status == 200


def test_an_old_page_takes_what_its_letters_can_write(visitor):
    recipe = replace(BRIEF, bioguide=OLD_MEMBER)
    visitor.open(make_office(recipe))
    assert visitor.answer["Content-Type"] == "text/html; charset=windows-1252"
    assert visitor.find("meta[charset]").get("charset") == "windows-1252"

    visitor.fill(recipe).send(input_2="Zoë Šimková")

    kept = json.loads(Arrival.objects.get().body)
    assert kept["charset"] == "windows-1252"
    assert ["input_2", "Zoë Šimková"] in [[e["name"], e["value"]] for e in kept["fields"]]
    assert faults() == {}


def test_an_old_page_refuses_what_a_browser_makes_of_other_letters(visitor):
    recipe = replace(BRIEF, bioguide=OLD_MEMBER)
    visitor.open(make_office(recipe)).fill(recipe).send(input_2="Ніна")

    assert faults() == {"input_2": "Letters were replaced."}


def test_what_a_script_sends_is_answered_to_the_script(visitor):
    field = Step(Kind.FILL, "#form-field-message", "$MESSAGE", required=True)
    send = Step(Kind.CLICK, "button.elementor-button[type='submit']", required=True)
    recipe = make_recipe(field, send, by=By.BROWSER, success="Your submission was successful")
    address = make_office(recipe)
    visitor.open(address).fill(recipe)
    assert visitor.page.cssselect("form[data-sent-by-script]")

    visitor.send()
    assert faults() == {"action": "It did not come back."}

    pairs = visitor.open(address).fill(recipe).pairs()
    data = dict(pairs) | {"action": "elementor_pro_forms_send_form"}
    told = visitor.client.post(address, data, headers={"accept": "application/json"}).json()
    assert told["accepted"] is True
    assert "Your submission was successful" in json.dumps(told["content"])


def test_a_form_that_a_script_builds_is_not_in_the_page(visitor):
    recipe = replace(BRIEF, by=By.BROWSER)
    address = make_office(recipe)
    assert not visitor.open(address).page.cssselect("form")

    visitor.page = from_description(visitor, f"{address}fields/")
    visitor.fill(recipe).send()

    assert Arrival.objects.get().status == 200


def test_what_a_recipe_brings_along_is_taken_as_it_comes(visitor):
    source = (
        '<form method="post"><input id="input_2_9" name="mail"><input id="input_2_12" name="text">'
        '<select id="input_2_17" name="topic"><option value="7">World</option></select></form>'
    )
    menu = Step(Kind.SELECT, "#input_2_17", "$TOPIC", required=True)
    put_in = Step(Kind.INJECT, ".SiteLayout__main", source)
    recipe = make_recipe(put_in, EMAIL, MESSAGE, menu, SUBMIT)
    address = make_office(recipe)
    assert visitor.open(address).page.cssselect(".SiteLayout__main")

    data = {"mail": "a@example.org", "text": "Speak up.", "topic": "7"}
    visitor.client.post(address, data)
    assert Arrival.objects.latest("at").status == 200
    visitor.client.post(address, data | {"topic": "FA"})
    assert faults() == {"topic": "It is none of the options."}


@pytest.mark.parametrize(("kind", "status"), [("maintenance", 503), ("too_fast", 429)])
def test_an_organizer_closes_all_forms(visitor, kind, status):
    address = make_office(BRIEF)
    visitor.open(address).fill(BRIEF)
    Mood.objects.create(receiver="webform", kind=kind)

    assert visitor.client.get(address).status_code == status
    assert visitor.client.get(f"{address}fields/").status_code == status
    assert visitor.client.post(address, dict(visitor.pairs())).status_code == status
    assert not Arrival.objects.exists()


def test_an_organizer_has_every_office_change_its_form(visitor):
    address = make_office()
    Mood.objects.create(receiver="webform", kind=Mood.Kind.FORM_CHANGED)

    visitor.open(address)
    assert not visitor.page.cssselect("#input_2_2")
    visitor.fill(RECIPE).send()
    assert faults() == {"changed_field": "It is required."}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"nonsense", "multipart/form-data; boundary=x", 400),
        (b"&a=1" * 600, "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 300_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_what_is_no_form_is_refused_and_not_kept(visitor, body, kind, status):
    answer = visitor.client.post(make_office(BRIEF), body, content_type=kind)

    assert answer.status_code == status
    assert not Arrival.objects.exists()


def test_who_has_no_recipe_has_no_form(visitor):
    assert visitor.client.get("/rehearsal/forms/B000000/").status_code == 404
    unfinished = make_recipe(FIRST, SUBMIT)
    assert visitor.client.get(make_office(unfinished)).status_code == 404


def test_a_page_says_that_it_is_a_rehearsal_and_relaxes_nothing(visitor):
    visitor.open(make_office(BRIEF))

    assert "Rehearsal: this is no office of Congress." in visitor.find(".office-banner").text
    policy = visitor.answer["Content-Security-Policy"]
    assert policy == visitor.client.get("/")["Content-Security-Policy"]
    assert b"<script>" not in visitor.answer.content
    assert not visitor.page.cssselect("[style], style, script:not([src])")


def test_markup_that_was_typed_stays_text(visitor):
    visitor.open(make_office(BRIEF)).fill(BRIEF)
    visitor.send(input_2="", input_12='</textarea><img src="x">\x01"')

    assert not visitor.page.cssselect("img")
    assert '<img src="x">' in visitor.find("textarea").text


def test_two_visitors_write_at_the_same_time(visitor):
    other = Visitor(client=Client())
    for each in (visitor, other):
        each.open(make_office(BRIEF)).fill(BRIEF)
    for each in (visitor, other):
        each.send()

    assert [each.status for each in Arrival.objects.all()] == [200, 200]
