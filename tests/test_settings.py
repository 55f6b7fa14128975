"""A wrong value stops the start with a sentence; a right one needs no file edited."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from letters.models import Destination
from letters.routing import ways_to_all
from tests.environment import ROOT, bare_environment, variables
from tests.factories import make_offices_known

SERVER = {
    "SITE_URL": "https://letters.example.org",
    "SECRET_KEY": "s" * 50,
    "IDENTITY_KEYS": "aWRlbnRpdHlpZGVudGl0eWlkZW50aXR5aWRlbnRpdHk=",
    "EMAIL_HASH_KEY": "h" * 40,
    "SMTP_HOST": "smtp.example.org",
}
ASK = "import json; from django.conf import settings; print(json.dumps({}))"


def manage(*arguments: str, folder, **changes: str) -> subprocess.CompletedProcess:
    """`manage.py` in a process of its own, with nothing set but `changes`."""
    environment = bare_environment() | {"VAR_DIR": str(folder)} | changes
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def setting(expression: str, *, folder, **changes: str):
    """What an expression of `settings` is under these variables."""
    question = ASK.format(expression)
    ran = manage("shell", "--no-imports", "-c", question, folder=folder, **changes)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DELIVERY_MODE": "maybe"}, "DELIVERY_MODE must be one of rehearsal, live, not 'maybe'."),
        ({"HOUSE_CWC_URL": "https://example.org/v2"}, "it must lie in house.gov"),
        ({"HOUSE_CWC_URL": "https://house.gov.example.org/v2"}, "it must lie in house.gov"),
        ({"HOUSE_CWC_URL": "https://notthehouse.gov/v2"}, "it must lie in house.gov"),
        ({"SENATE_CWC_URL": "https://cwc.house.gov/v2/message"}, "it must lie in senate.gov"),
        ({"SENATE_CWC_OFFICES_URL": "https://localhost/x"}, "it must lie in senate.gov"),
        ({"HOUSE_CWC_URL": "http://cwc.house.gov/v2/message"}, "HOUSE_CWC_URL must be https"),
        ({"SITE_URL": "letters.example.org"}, "SITE_URL must be an http or https address."),
        ({"SMTP_PORT": "many"}, "SMTP_PORT must be a whole number from 1 to 65535"),
        ({"SMTP_PORT": "99999999"}, "SMTP_PORT must be a whole number from 1 to 65535"),
        ({"HOUSE_CWC_CLOSED": "at night"}, "'at night' is not written as"),
        ({"SENATE_CWC_CLOSED": "sun 06:00-00:00"}, "ends before it begins"),
        ({"SWEEP_SECONDS": "0"}, "SWEEP_SECONDS must be a whole number from 1 to 86400"),
        ({"HOUSE_CWC_URL": "https://["}, "HOUSE_CWC_URL is no address"),
        ({"SITE_URL": "http://127.0.0.1:99999999"}, "SITE_URL is no address"),
        ({"SITE_URL": "https://www.senate.gov"}, "SITE_URL names the host 'www.senate.gov'"),
        ({"REHEARSAL_URL": "https://cwc.house.gov"}, "nothing of a rehearsal may reach a real"),
        ({"CWC_PROXY": "notaurl"}, "CWC_PROXY must be an http or https address."),
        ({"BROKER_URL": "foo"}, "BROKER_URL must start with amqp://"),
        ({"CWC_AGENT_CONTACT_PHONE": "(202) 555-0100"}, "must be a telephone number like 202-555"),
        ({"DATABASE_URL": "postgresql://u@db:99999/x"}, "DATABASE_URL is no address"),
        ({"SMTP_TLS": "true"}, "SMTP_TLS must be yes or no, not 'true'."),
        ({"REHEARSAL_DATE": "21 May"}, "REHEARSAL_DATE must be a day like 2026-11-23."),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must start with sqlite:///"),
        ({"BOUNCES_IMAP_URL": "imap://me:secret@host/"}, "BOUNCES_IMAP_URL must be written imaps:"),
        ({"BOUNCES_IMAP_URL": "imaps://me@host/INBOX"}, "BOUNCES_IMAP_URL must be written imaps:"),
        ({"BOUNCES_IMAP_URL": "imaps://me:secret@/"}, "BOUNCES_IMAP_URL must be written imaps:"),
        ({"BOUNCES_IMAP_URL": "imaps://me:a%0Ab@host"}, "BOUNCES_IMAP_URL must be written imaps:"),
        ({"BOUNCES_IMAP_URL": "imaps://me:se/cret@host"}, "BOUNCES_IMAP_URL is no address"),
        ({"IDENTITY_KEYS": "short"}, "IDENTITY_KEYS cannot be used"),
        (SERVER | {"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        (SERVER | {"IDENTITY_KEYS": ""}, "IDENTITY_KEYS is not set."),
        (SERVER | {"EMAIL_HASH_KEY": ""}, "EMAIL_HASH_KEY is not set."),
        (SERVER | {"SMTP_HOST": ""}, "SMTP_HOST is not set"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(variables, sentence, tmp_path):
    ran = manage("check", folder=tmp_path, **variables)
    assert ran.returncode != 0
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_key_that_is_none_stops_the_web_server_too(tmp_path):
    """It asks none of Django's checks."""
    serve = ("shell", "--no-imports", "-c", "import campaign.wsgi")
    ran = manage(*serve, folder=tmp_path, IDENTITY_KEYS="abc")
    assert ran.returncode != 0
    assert "IDENTITY_KEYS cannot be used" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_nothing_needs_to_be_set_on_a_laptop(tmp_path):
    assert manage("check", folder=tmp_path).returncode == 0


def test_nobody_looks_for_bounces_unless_a_mailbox_is_set(tmp_path):
    asked = "[settings.BOUNCES is None, 'read_bounces' in settings.CELERY_BEAT_SCHEDULE]"
    assert setting(asked, folder=tmp_path) == [True, False]


def test_the_mailbox_of_bounces_is_read_each_minute_and_its_password_printed_nowhere(tmp_path):
    asked = (
        "[settings.BOUNCES.__dict__, repr(settings.BOUNCES), "
        "settings.CELERY_BEAT_SCHEDULE['read_bounces']]"
    )
    url = "imaps://letters%40example.org:a%2Fb%3A%20c@imap.example.org"
    box, printed, beat = setting(asked, folder=tmp_path, BOUNCES_IMAP_URL=url)
    assert box == {
        "host": "imap.example.org",
        "port": 993,
        "user": "letters@example.org",
        "password": "a/b: c",
        "folder": "INBOX",
    }
    assert box["password"] not in printed
    assert beat == {"task": "letters.tasks.read_bounces", "schedule": 60}


def test_a_port_and_a_folder_of_bounces_can_be_named(tmp_path):
    url = "imaps://me:secret@imap.example.org:1993/INBOX/Came%20back"
    asked = "[settings.BOUNCES.port, settings.BOUNCES.folder]"
    assert setting(asked, folder=tmp_path, BOUNCES_IMAP_URL=url) == [1993, "INBOX/Came back"]


def test_live_starts_without_a_key_and_without_a_gateway(tmp_path):
    channels = setting("list(settings.CHANNELS)", folder=tmp_path, DELIVERY_MODE="live")
    assert channels == ["contact_form", "hand_off"]


def test_live_mails_letters_to_offices_over_smtp_and_never_into_a_file(tmp_path):
    live = {"DELIVERY_MODE": "live", "SMTP_HOST": "smtp.example.org"}
    asked = "[settings.CHANNELS['email']['OPTIONS'], 'email' in settings.CHANNELS_LEFT_OUT]"
    smtp = {"mailer": "letters.channels.smtp.SmtpMailer", "per_hour": 60}
    assert setting(asked, folder=tmp_path, **live) == [smtp, False]


def test_live_says_of_each_channel_why_it_is_left_out(tmp_path):
    left_out = setting("settings.CHANNELS_LEFT_OUT", folder=tmp_path, DELIVERY_MODE="live")
    assert left_out == {
        "house_cwc": "House CWC gateway: no key is set.",
        "senate_cwc": "Senate SCWC gateway: no key is set.",
        "email": "E-mail to the office: no mail server is set.",
    }


@pytest.mark.django_db
def test_the_desk_reads_of_a_channel_for_both_chambers_that_it_is_left_out(settings):
    make_offices_known()
    Destination.objects.filter(name="senate_cwc").update(offices=["STX01"])
    sentence = "E-mail to the office: no mail server is set."
    settings.CHANNELS_LEFT_OUT = {"email": sentence}
    told = {code: sentence in way.why for code, way in ways_to_all().items()}
    assert told["SWY01"]
    # Their gateway carries it: no mail would have come before that.
    assert not told["HWY00"]
    assert not told["STX01"]


def test_a_key_brings_its_own_gateway_only(tmp_path):
    live = {"DELIVERY_MODE": "live", "HOUSE_CWC_KEY": "k"}
    channels = setting("settings.CHANNELS", folder=tmp_path, **live)
    assert list(channels) == ["house_cwc", "contact_form", "hand_off"]
    assert channels["house_cwc"]["OPTIONS"]["send_url"] == "https://cwc.house.gov/v2/message"


def test_a_rehearsal_reaches_no_gateway_whatever_is_set(tmp_path):
    keys = {"HOUSE_CWC_KEY": "k", "SENATE_CWC_KEY": "k", "CWC_PROXY": "http://proxy.example.org"}
    channels = setting("settings.CHANNELS", folder=tmp_path, **keys)
    gateways = [channels[name]["OPTIONS"] for name in ("house_cwc", "senate_cwc")]
    for options in gateways:
        assert options["send_url"].startswith("http://127.0.0.1:8000/rehearsal/")
        assert options["offices_url"].startswith("http://127.0.0.1:8000/rehearsal/")
        assert (options["key"], options["proxy"]) == ("rehearsal", "")


def test_live_has_no_stand_in_for_congress(tmp_path):
    urls = "__import__('django.urls').urls.get_resolver().url_patterns"
    for mode, mounted in {"live": False, "rehearsal": True}.items():
        asked = f"[str(each.pattern) for each in {urls}]"
        prefixes = setting(asked, folder=tmp_path, DELIVERY_MODE=mode)
        assert ("rehearsal/" in prefixes) is mounted


def test_without_a_broker_hints_lie_in_a_folder_of_our_own(tmp_path):
    asked = "[settings.CELERY_BROKER_TRANSPORT, settings.CELERY_BROKER_TRANSPORT_OPTIONS]"
    transport, options = setting(asked, folder=tmp_path)
    assert transport == "campaign.hint_folder:Transport"
    assert options["data_folder_in"] == options["data_folder_out"] == f"{tmp_path}/broker/queue"


def test_a_broker_is_reached_by_its_own_transport(tmp_path):
    asked = "hasattr(settings, 'CELERY_BROKER_TRANSPORT')"
    assert setting(asked, folder=tmp_path, BROKER_URL="amqp://localhost//") is False


def test_a_server_makes_cookies_and_pages_safe(tmp_path):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    asked = "[" + ",".join(f"settings.{name}" for name in names) + "]"
    assert setting(asked, folder=tmp_path, **SERVER) == [True, True, True]


def test_a_server_keeps_no_secret_in_its_folder(tmp_path):
    assert manage("check", folder=tmp_path, **SERVER).returncode == 0
    assert not list(tmp_path.glob("*key*"))


def test_sqlite_loses_nothing_that_it_has_said_is_written(tmp_path):
    pragmas = (
        "from django.db import connection; c = connection.cursor(); "
        "print([c.execute(f'pragma {p}').fetchone()[0] for p in ('journal_mode', 'synchronous')])"
    )
    ran = manage("shell", "--no-imports", "-c", pragmas, folder=tmp_path)
    assert ran.stdout.strip() == "['wal', 2]"


def test_the_example_lists_exactly_what_is_read():
    settings = (ROOT / "campaign" / "settings.py").read_text()
    readers = re.compile(r'\benv\.\w+\(\s*"(\w+)"')
    by_compose = re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text())
    assert variables() == {*readers.findall(settings), *by_compose}


def test_a_server_is_told_what_settings_read():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    ours = [each for each in compose["services"].values() if "build" in each]
    assert len(ours) == 4
    assert all(set(each["environment"]) <= variables() for each in ours)


def test_a_server_finds_every_static_file_by_its_hash(tmp_path):
    ran = manage("collectstatic", "--no-input", "-v", "0", folder=tmp_path, **SERVER)
    assert ran.returncode == 0, ran.stderr
    stored = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    assert {"css/site.css", "js/poll.js", "vendor/bootstrap/parts.min.css"} <= set(stored)


def test_a_server_compresses_no_page_by_its_middleware(tmp_path):
    zipping = "[each for each in settings.MIDDLEWARE if 'gzip' in each]"

    assert setting(zipping, folder=tmp_path, **SERVER) == []
