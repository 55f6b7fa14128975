"""What goes wrong before the letter leaves may be tried again; afterwards nothing is certain."""

import time
from traceback import format_exception

import pytest

from letters.channels.interface import Unavailable
from letters.channels.webform.engine import FormChanged
from letters.states import Reason
from tests.faults.servers import drip, flood, free_port, hang_up, reset, say, stay_silent
from tests.letters.channels.webform.office import (
    MESSAGE,
    OFFICE,
    THANKS,
    click,
    form,
    make_plan,
    page,
    plain_run,
    redirect,
    write,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BROKEN = {
    "closed": hang_up,
    "reset": reset,
    "silent": stay_silent,
    "half a head": say(HEAD, then=hang_up),
    "half a page": say(HEAD + b"Content-Length: 999\r\n\r\n<p>Than", then=hang_up),
    "a dripping head": drip(HEAD, then=b"X: y\r\n"),
    "a dripping page": drip(HEAD + b"Content-Length: 999\r\n\r\n", then=b"<p>Thank "),
    "no HTTP": say(b"220 mail.example\r\n\r\n", then=hang_up),
    "ten megabytes": flood(HEAD + b"Connection: close\r\n\r\n", then=b"<p>no</p>"),
    "a loop": redirect("/form"),
    "an error": page("<h1>Thank you</h1>", status=500),
    "a proxy that wants a password": page("", status=407),
}
# The second is as long as a machine that does much else may need.
SECONDS, ENDLESS = 0.6, 30
KEY = "k3y-to-nowhere"


@pytest.mark.parametrize("fault", BROKEN)
def test_before_the_letter_leaves_any_trouble_may_pass(office, fault):
    site, begun = office({"/form": BROKEN[fault]}), []
    started = time.monotonic()

    with pytest.raises(Unavailable) as caught:
        plain_run(site, make_plan(write(), click()), seconds=SECONDS, begin=begun.append)

    assert (caught.value.reason, begun) == (Reason.UNREACHABLE, [])
    assert caught.value.evidence
    assert time.monotonic() - started < ENDLESS


@pytest.mark.parametrize("fault", BROKEN)
def test_after_it_has_begun_to_leave_nothing_is_called_a_success(office, fault):
    answer = redirect("/form?again", 307) if fault == "a loop" else BROKEN[fault]
    site = office({"/form": page(form()), "POST /form": answer})
    started = time.monotonic()

    sent = plain_run(site, make_plan(write(), click()), seconds=SECONDS)

    assert not sent.landing.succeeded
    assert len(sent.begun) == 1
    assert all(MESSAGE not in line for line in sent.landing.log)
    assert time.monotonic() - started < ENDLESS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 304])
def test_a_page_that_is_gone_is_another_form(office, status):
    site = office({"/form": page(form(), status=status)})

    with pytest.raises(FormChanged, match=f"HTTP {status}"):
        plain_run(site, make_plan(write(), click()))


@pytest.mark.parametrize("status", [429, 503])
def test_an_office_that_is_busy_says_for_how_long(office, status):
    site = office({"/form": page("", status=status, Retry_After="120")})

    with pytest.raises(Unavailable) as caught:
        plain_run(site, make_plan(write(), click()))

    assert (caught.value.reason, caught.value.retry_after) == (Reason.BUSY, 120)


def test_a_file_is_no_form(office):
    site = office({"/form": page("%PDF", kind="application/pdf")})

    with pytest.raises(FormChanged, match="is none but a file"):
        plain_run(site, make_plan(write(), click()))


def test_a_page_without_a_kind_is_a_page(office):
    site = office({"/form": page(form(), kind=""), "POST /form": page(THANKS)})

    assert plain_run(site, make_plan(write(), click())).landing.succeeded


@pytest.mark.parametrize("url", ["https://localhost/form", "https://nowhere.example/form"])
def test_a_certificate_that_nobody_vouches_for_takes_no_letter(office, url):
    site = office({"/form": page(form())})

    with pytest.raises(Unavailable):
        plain_run(site, make_plan(write(), click(), url=url))

    assert site.asked == []


def test_without_its_proxy_nothing_goes_out(office):
    site = office({"/form": page(form())})
    site.__class__ = type("Closed", (type(site),), {"proxy": f"http://127.0.0.1:{free_port()}"})
    direct = make_plan(write(), click(), url=f"http://127.0.0.1:{site.port}/form")

    with pytest.raises(Unavailable):
        plain_run(site, direct)

    assert site.connections == 0


def test_the_environment_names_no_other_proxy(office, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "*")
    site = office({"/form": page(form()), "POST /form": page(THANKS)})

    assert plain_run(site, make_plan(write(), click())).landing.succeeded


def test_if_begin_fails_nothing_of_the_letter_leaves(office):
    site = office({"/form": page(form())})

    def fail(plan):
        raise LookupError

    with pytest.raises(LookupError):
        plain_run(site, make_plan(write(), click()), begin=fail)

    assert site.posted == []


def test_a_letter_whose_time_is_over_when_it_may_begin_does_not_leave(office):
    site = office({"/form": page(form())})

    sent = plain_run(
        site, make_plan(write(), click()), seconds=0.3, begin=lambda plan: time.sleep(0.5)
    )

    assert not sent.landing.succeeded
    assert site.posted == []


def test_what_goes_wrong_tells_nothing_of_a_letter_in_an_address(office):
    site = office({"/form": page(form(method="get", attributes="action=/take")), "/take": hang_up})

    sent = plain_run(site, make_plan(write(value="SECRET"), click()))

    assert not sent.landing.succeeded
    assert "SECRET" not in " ".join(sent.landing.log)


def test_no_exception_carries_an_address(office):
    site = office({"/form": hang_up})

    with pytest.raises(Unavailable) as caught:
        plain_run(site, make_plan(write(), click(), url=f"{OFFICE}/form?key={KEY}"))

    told = "".join(format_exception(caught.value)) + caught.value.evidence
    assert KEY not in told
    assert caught.value.__context__ is None


@pytest.mark.parametrize("location", ["ftp://x/", "javascript:go()", "http://[x/", "file:///etc"])
def test_a_redirect_to_what_is_no_page_is_not_followed(office, location):
    site = office({"/form": redirect(location)})

    with pytest.raises(FormChanged):
        plain_run(site, make_plan(write(), click()))


def test_thanks_that_break_off_afterwards_are_thanks(office):
    whole = HEAD + b"Content-Length: 9999\r\n\r\n<h1>Thank you</h1>"
    site = office({"/form": page(form()), "POST /form": say(whole, then=hang_up)})

    sent = plain_run(site, make_plan(write(), click()))

    assert sent.landing.succeeded
    assert "the answer broke off: ProtocolError" in sent.landing.log
