"""Which click sends, what it asks for, and what it must not do."""

import pytest

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.recipe import Action, Kind
from tests.faults.servers import certificate
from tests.letters.channels.webform.office import (
    OFFICE,
    THANKS,
    click,
    form,
    make_plan,
    page,
    plain_run,
    write,
)

OPTIN = "<label id=l for=optin>News</label><input type=checkbox name=optin id=optin checked>"


def test_a_label_toggles_its_box_and_sends_nothing(send):
    sent = send(form(OPTIN), write(), click("#l"))

    assert [name for name, _ in sent.last.entries] == ["message"]
    assert len(sent.begun) == 1


def test_a_label_around_its_radio_button_chooses_it(send):
    radios = "<label id=l><input type=radio name=r value=1>One</label>"

    sent = send(form(radios), write(), click("#l"))

    assert ("r", "1") in sent.last.entries


def test_a_label_of_a_text_field_changes_nothing(send):
    sent = send(form("<label id=l>Name<input name=x></label>"), write(), click("#l"))

    assert ("x", "") in sent.last.entries


def test_the_words_on_a_button_are_the_button(send):
    words = "<button name=how value=1><span><b class=words>Go</b></span></button>"

    sent = send(form(words), write(), click(".words"))

    assert sent.office.posted[0].entries[-1] == ("how", "1")


def test_of_several_buttons_the_one_of_the_letters_form_is_clicked(office):
    search = "<form action=/search><input name=q><button class=btn>Search</button></form>"
    html = search + form("<button class=btn name=how value=1>Send</button>")
    site = office({"/form": page(html), "POST /form": page(THANKS)})

    plain_run(site, make_plan(write(), click(".btn")))

    assert [each.path for each in site.asked] == ["/form", "/form"]


def test_a_plan_without_a_click_that_sends_is_refused(office):
    site = office({"/form": page(form(OPTIN))})

    with pytest.raises(FormChanged, match="no click sends the letter"):
        plain_run(site, make_plan(write(), click("#optin")))


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (form().replace("<button", "<button disabled"), "is locked"),
        (form().replace("<button", "<button type=button"), "is no button that sends the form"),
        (form().replace("button", "div"), "is no button that sends the form"),
        (form().replace("<button", "<a href='/else'").replace("button", "a"), "is no button"),
        (form(attributes="action=javascript:go()"), "is sent by a script"),
        (form(method="dialog"), "is sent by a script"),
        (form(attributes="action=mailto:a@b.example"), "is sent by a script"),
        (form(attributes="action='http://[x'"), "an address on the page is none"),
        (form("<input name=new required>"), "the field new is required"),
        (form("<input type=checkbox name=ok required>"), "the field ok is required"),
        (form("<input type=radio name=r required>"), "the field r is required"),
        (form("<select name=s required><option value>Choose<option>1</select>"), "field s is req"),
        (form("<input name=zip pattern='[0-9]{5}' value=1234>"), "zip asks for another pattern"),
        (form("<input name=e type=email value='a b'>"), "would not take the e-mail address"),
    ],
)
def test_a_click_that_sends_nothing_is_no_letter(office, html, why):
    site = office({"/form": page(html)})
    begun = []

    with pytest.raises(FormChanged, match=why):
        plain_run(site, make_plan(write(), click()), begin=begun.append)

    assert (begun, len(site.asked)) == ([], 1)


@pytest.mark.parametrize(
    "html",
    [
        form("<input name=new required>", attributes="novalidate"),
        form("<input name=new required>").replace("<button", "<button formnovalidate"),
        form("<fieldset disabled><input name=new required></fieldset>"),
        form("<input name=new required readonly><input name=zip pattern='[' value=1>"),
        form("<select name=s required><option value>None<option value='' selected>1</select>"),
    ],
)
def test_what_no_browser_would_stop_leaves(send, html):
    assert send(html).landing.succeeded


def test_a_decoration_that_is_gone_is_not_missed(send):
    sent = send(form(), Action(Kind.CLICK, "#cookies"), Action(Kind.WAIT, value="3"), write())

    assert sent.landing.succeeded


def test_an_encrypted_page_does_not_send_in_the_clear(office, monkeypatch):
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate()))
    site = office({"/form": page(form(attributes="action='http://localhost/form'"))})

    with pytest.raises(FormChanged, match="an encrypted page"):
        plain_run(site, make_plan(write(), click(), url="https://localhost/form"))

    assert site.posted == []


def test_over_tls_a_letter_arrives_by_the_same_connection(office, monkeypatch):
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate()))
    site = office({"/form": page(form()), "POST /form": page(THANKS)})

    sent = plain_run(site, make_plan(write(), click(), url="https://localhost/form"))

    assert sent.landing.succeeded
    assert (len(site.asked), site.connections) == (2, 1)


def test_it_says_who_it_is_and_where_it_comes_from(send):
    sent = send(form())

    assert sent.last.header("User-Agent").startswith("LettersToCongress/")
    assert "Mozilla" not in sent.last.head
    assert sent.last.header("Accept-Language") == "en-US"
    assert sent.last.header("Referer") == f"{OFFICE}/form"


def test_a_form_that_asks_by_its_address_begins_before_it_asks(office):
    site = office({"/form": page(form(method="get", attributes="action=/thanks"))})
    site.pages["/thanks"] = page(THANKS)
    begun = []

    sent = plain_run(
        site, make_plan(write(), click()), begin=lambda plan: begun.append(len(site.asked))
    )

    assert begun == [1]
    assert sent.landing.succeeded
