"""From page to page: links, steps, redirects, cookies, and the page that thanks."""

import pytest

from letters.channels.webform.engine import FormChanged
from letters.channels.webform.recipe import Action, Kind
from tests.letters.channels.webform.office import (
    MESSAGE,
    OFFICE,
    THANKS,
    click,
    fill,
    form,
    make_plan,
    page,
    plain_run,
    redirect,
    write,
)

FIRST = """<form method=post action=/second><input type=hidden name=__VIEWSTATE value="d/D+w=">
    <select name=topic><option>Trade<option>Peace</select><button id=on>Next</button></form>"""
SECOND = form('<input type=hidden name=__VIEWSTATE value="two">', attributes="action=/third")


def test_a_form_of_two_pages_begins_with_the_click_that_takes_the_message(office):
    site = office({"/form": page(FIRST), "/second": page(SECOND), "/third": page(THANKS)})
    peace = Action(Kind.SELECT, "select", wanted=("Peace",), required=True)
    begun = []

    sent = plain_run(
        site,
        make_plan(peace, click("#on"), write(), click()),
        begin=lambda plan: begun.append([each.path for each in site.posted]),
    )

    assert begun == [["/second"]]
    assert sent.landing.succeeded
    assert site.posted[0].entries == [("__VIEWSTATE", "d/D+w="), ("topic", "Peace")]
    assert site.posted[1].entries[1] == ("__VIEWSTATE", "two")


def test_a_page_after_the_message_is_gone_through_without_beginning_again(office):
    preview = "<form method=post action=/third><p>Read again</p><button id=yes>Yes</button></form>"
    site = office({"/form": page(form()), "POST /form": page(preview), "/third": page(THANKS)})

    sent = plain_run(site, make_plan(write(), click(), click("#yes")))

    assert sent.landing.succeeded
    assert len(sent.begun) == 1


def test_a_page_after_the_message_that_is_not_as_expected_is_no_success(office):
    site = office({"/form": page(form()), "POST /form": page("<p>Try again")})

    sent = plain_run(site, make_plan(write(), click(), click("#yes")))

    assert not sent.landing.succeeded
    assert "click_on #yes: is not in the page" in sent.landing.log[-1]


def test_a_link_leads_on_to_the_form(office):
    site = office({"/form": page("<p class=opinion><a href='w/'>Write</a>"), "/w/": page(form())})
    site.pages["POST /w/"] = page(THANKS)

    sent = plain_run(site, make_plan(click(".opinion a"), write(), click()))

    assert sent.landing.succeeded


def test_every_letter_has_cookies_of_its_own(office):
    site = office({"/": redirect("/form", Set_Cookie="a=1"), "/form": page(form())})
    site.pages["POST /form"] = page(THANKS)
    plan = make_plan(write(), click(), url=f"{OFFICE}/")

    for _ in range(2):
        plain_run(site, plan)

    assert [each.header("Cookie") for each in site.asked] == ["", "a=1", "a=1"] * 2


def test_a_cookie_stays_with_its_host(office):
    there = form(attributes="action=http://other.example/take")
    site = office({"/form": page(there, Set_Cookie="a=1"), "/take": page(THANKS)})

    sent = plain_run(site, make_plan(write(), click()))

    assert sent.last.url == "http://other.example/take"
    assert sent.last.header("Cookie") == ""


@pytest.mark.parametrize("status", [301, 302, 303])
def test_after_a_letter_a_redirect_is_a_get(office, status):
    site = office({"/form": page(form()), "/thanks": page(THANKS)})
    site.pages["POST /form"] = redirect("http://other.example/thanks", status)

    sent = plain_run(site, make_plan(write(), click()))

    assert sent.landing.succeeded
    assert (site.asked[-1].method, len(site.posted)) == ("GET", 1)


@pytest.mark.parametrize("status", [307, 308])
def test_a_letter_is_repeated_where_it_was_sent_and_nowhere_else(office, status):
    site = office({"/form": page(form()), "/again": page(THANKS)})
    site.pages["POST /form"] = redirect("/again", status)

    sent = plain_run(site, make_plan(write(), click()))
    site.pages["POST /form"] = redirect("http://other.example/again", status)
    astray = plain_run(site, make_plan(write(), click()))

    assert sent.landing.succeeded
    assert not astray.landing.succeeded
    assert [each.path for each in site.posted] == ["/form", "/again", "/form"]
    assert site.posted[1].body == site.posted[0].body
    assert len(sent.begun) == 1


def test_a_page_that_gives_way_to_another_is_followed(office):
    refresh = "<meta http-equiv=Refresh content=\"0; URL='/real'\">"
    site = office({"/form": page(refresh), "/real": page(form(attributes="action=/wait"))})
    site.pages["/wait"] = page("One moment", Refresh="0.1;url=/thanks")
    site.pages["/thanks"] = page(THANKS)

    sent = plain_run(site, make_plan(write(), click()))

    assert sent.landing.succeeded
    assert [each.path for each in site.asked] == ["/form", "/real", "/wait", "/thanks"]


@pytest.mark.parametrize("refresh", ["60; url=/thanks", "0", "0; url=/form", "soon", "1,"])
def test_a_page_that_stays_is_what_counts(office, refresh):
    site = office({"/form": page(form()), "/thanks": page(THANKS)})
    site.pages["POST /form"] = page("One moment", Refresh=refresh)

    assert not plain_run(site, make_plan(write(), click())).landing.succeeded


def test_thanks_that_soon_lead_home_are_thanks(office):
    site = office({"/form": page(form()), "POST /form": page(THANKS, Refresh="0; url=/")})

    assert plain_run(site, make_plan(write(), click())).landing.succeeded
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        f"<form><textarea>{MESSAGE} Thank you</textarea></form>",
        "<p hidden>Thank you</p>",
        "<div style='display: none'><p>Thank you</div>",
        "<script>say('Thank you')</script><!-- Thank you -->",
        "<title>Thank you</title>",
        "<select><option>Thank you</select><input value='Thank you'>",
        "<p>Thankyou</p>",
    ],
)
def test_what_nobody_reads_as_thanks_is_no_success(send, answer):
    assert not send(form(), pages={"POST /form": page(answer)}).landing.succeeded


@pytest.mark.parametrize(
    "answer", ["<p>Th<b>an</b>k\n&nbsp;you</p>", "<p>Thank<br>you", "Thank<p>you"]
)
def test_thanks_are_read_as_a_person_reads_them(send, answer):
    assert send(form(), pages={"POST /form": page(answer)}).landing.succeeded


def test_a_letter_that_thanks_is_not_taken_for_the_offices_thanks(send):
    letter = "I thank you.\nThank you"
    preview = page("<p>You wrote: I thank you. Thank you</p>")

    sent = send(form(), write(value=letter), pages={"POST /form": preview})

    assert not sent.landing.succeeded


def test_what_is_found_only_afterwards_is_a_success(office):
    found = Action(Kind.FIND, "#done")
    site = office({"/form": page(form()), "POST /form": page("<p id=done>Gut")})

    assert plain_run(site, make_plan(write(), click(), found, success="")).landing.succeeded


def test_what_is_found_before_as_well_is_none(office):
    site = office({"/form": page(form())})

    sent = plain_run(site, make_plan(write(), click(), Action(Kind.FIND, "#send"), success=""))

    assert not sent.landing.succeeded


def test_the_log_tells_each_step_and_nothing_of_the_letter(send):
    sent = send(form("<input name=who>"), fill("[name=who]", "Nina"), write())

    assert sent.landing.log == (
        "visit: HTTP 200",
        "fill_in [name=who]: written",
        "fill_in [name=message]: written",
        "click_on #send: HTTP 200",
    )
    assert sent.landing.html == THANKS


def test_a_step_before_the_message_goes_to_no_other_host_twice(office):
    site = office({"/form": page(FIRST), "/second": redirect("http://other.example/x", 307)})

    with pytest.raises(FormChanged, match="a redirect would send the form to another host"):
        plain_run(site, make_plan(click("#on"), write(), click()))
