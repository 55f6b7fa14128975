"""Every setting, in one file. Laptop defaults; a server sets variables and edits nothing here.

`.env.example` lists the variables. A wrong value stops the start with a sentence.
"""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from campaign import csp, env, log_lines

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
# Mails with codes lie in here on a laptop: nobody else reads it.
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Where this installation is.
SITE_URL = env.url("SITE_URL", "http://127.0.0.1:8000")
LAPTOP = SITE_URL.startswith("http://")
SITE_HOST = SITE_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = [SITE_HOST] + (["localhost", "127.0.0.1", "[::1]"] if LAPTOP else [])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SITE_NAME = env.text("SITE_NAME", "Letters to Congress")

# Secrets: from the environment; on a laptop made once and kept in var/.
SECRET_KEY = env.secret("SECRET_KEY", folder=VAR_DIR, laptop=LAPTOP)
# Comma-separated: the first one seals, every one of them opens.
IDENTITY_KEYS = env.keys("IDENTITY_KEYS", folder=VAR_DIR, laptop=LAPTOP)
EMAIL_HASH_KEY = env.secret("EMAIL_HASH_KEY", folder=VAR_DIR, laptop=LAPTOP)

# Rehearsal or live.
DELIVERY_MODE = env.choice("DELIVERY_MODE", among=("rehearsal", "live"), default="rehearsal")
LIVE = DELIVERY_MODE == "live"
# The day that a rehearsal plays on; None is today. A rehearsal never leaves the last loaded map.
REHEARSAL_DATE = env.day("REHEARSAL_DATE")
# Where the worker finds the stand-in for Congress: this very web server.
REHEARSAL_URL = env.url("REHEARSAL_URL", SITE_URL)
REHEARSAL_KEY = "rehearsal"
STAND_IN = f"{REHEARSAL_URL}/rehearsal/"

INSTALLED_APPS = [
    "letters.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "representatives",
    "campaign",
    "letters",
]
MIDDLEWARE = [
    *["django.middleware.gzip.GZipMiddleware"] * LAPTOP,  # A server's files are compressed already.
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "campaign.languages.SpokenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaign.context.site",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{each}Validator"}
    for each in ("MinimumLength", "CommonPassword")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "organizations"
LOGOUT_REDIRECT_URL = "login"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"] |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}

LANGUAGE_CODE = "en"
# What a supporter reads; the desk and Congress read English.
LANGUAGES = [("be", "Беларуская"), ("ru", "Русский"), ("en", "English")]
FORMAT_MODULE_PATH = ["campaign.formats"]
LOCALE_PATHS = [BASE_DIR / "campaign" / "locale"]
TIME_ZONE = "America/New_York"

# Static files and what a page may load.
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = LAPTOP
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LAPTOP
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CONTENT_SECURITY_POLICY = csp.POLICY

# Cookies, sessions, transport.
SESSION_SERIALIZER = "campaign.encryption.SealedSerializer"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LAPTOP
SECURE_SSL_REDIRECT = not LAPTOP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if LAPTOP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LAPTOP

# Mail: files on a laptop, SMTP as soon as a host is named.
EMAIL_HOST = env.text("SMTP_HOST")
EMAIL_PORT = env.number("SMTP_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
MAILER = "django.core.mail.backends.smtp" if EMAIL_HOST else "campaign.mail_folder"
EMAIL_BACKEND = f"{MAILER}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "letters@localhost")
# Where mails that do not arrive come back to; None: nobody looks there.
BOUNCES = env.mailbox("BOUNCES_IMAP_URL")
if not LAPTOP and not EMAIL_HOST:
    raise ImproperlyConfigured("SMTP_HOST is not set: nobody could confirm a letter without mail.")

# Logs: ids, states and channels, on standard error.
LOGGING = log_lines.LOGGING

# Celery: messages are hints; the queue is the delivery's own row.
BROKER_FOLDER = VAR_DIR / "broker"
CELERY_BROKER_URL = env.broker("BROKER_URL", "filesystem://localhost//")
if CELERY_BROKER_URL.startswith("filesystem:"):
    for folder in ("queue", "control"):
        (BROKER_FOLDER / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "campaign.hint_folder:Transport"
    # Forked children would share a lock here: one that is killed with it stops all others.
    CELERY_WORKER_POOL = "threads"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.05,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = env.text("BROKER_QUEUE", "letters")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
SWEEP_SECONDS = env.number("SWEEP_SECONDS", 10, least=1, most=24 * 60 * 60)
EACH_MINUTE = ["hold", "look_ahead", "look_for_open_seats", "refresh_offices"]
EACH_MINUTE += ["read_bounces"] * bool(BOUNCES)
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "letters.tasks.sweep", "schedule": SWEEP_SECONDS},
    **{name: {"task": f"letters.tasks.{name}", "schedule": 60} for name in EACH_MINUTE},
    "recipes": {"task": "letters.tasks.refresh_recipes", "schedule": crontab(hour=3, minute=41)},
    "sources": {"task": "letters.tasks.refresh_sources", "schedule": crontab(hour=4, minute=23)},
    "retention": {"task": "letters.tasks.retain", "schedule": crontab(minute=17)},
    "reminders": {"task": "letters.tasks.remind", "schedule": crontab(minute=47)},
}

# Who knows the district of an address, asked in this order.
GEOCODER = "https://geocoding.geo.census.gov/geocoder/geographies/address"
LOOKUP_PROVIDERS = {
    "zip_table": {"BACKEND": "representatives.lookup.zip_table.ZipTable", "OPTIONS": {}},
    "census": {
        "BACKEND": "representatives.lookup.census.CensusGeocoder",
        "OPTIONS": {"url": env.url("CENSUS_GEOCODER_URL", GEOCODER), "timeout": 5},
    },
}

# What the daily look asks: the public lists, and what Congress itself says against them.
LEGISLATORS = "https://unitedstates.github.io/congress-legislators"
CLERK = "https://clerk.house.gov/xml/lists/MemberData.xml"
SENATORS = "https://www.senate.gov/general/contact_information/senators_cfm.xml"
SOURCES = {
    "roster": env.url("ROSTER_URL", f"{LEGISLATORS}/legislators-current.json"),
    "local_offices": env.url(
        "LOCAL_OFFICES_URL", f"{LEGISLATORS}/legislators-district-offices.json"
    ),
    "house": env.url("HOUSE_MEMBERS_URL", CLERK, host="house.gov"),
    "senate": env.url("SENATE_MEMBERS_URL", SENATORS, host="senate.gov"),
}

# The public recipes of contact forms: a commit pins them, HEAD follows them.
RECIPES = "https://codeload.github.com/unitedstates/contact-congress/tar.gz"
RECIPES_URL = env.url("RECIPES_URL", RECIPES) + "/"
RECIPES_REVISION = env.text("RECIPES_REVISION", "HEAD")

# How long a worker may keep a letter before another may take it: longer than two sends of 60 s.
DELIVERY_LEASE = timedelta(seconds=env.number("DELIVERY_LEASE_SECONDS", 180, least=150, most=3600))
# How long a letter is tried before a person must look.
GIVE_UP_AFTER = timedelta(days=env.number("GIVE_UP_AFTER_DAYS", 14, least=1, most=365))
# Manners towards Congress; 0 is no limit.
GATEWAY_PER_SECOND = env.number("GATEWAY_PER_SECOND", 5, least=0, most=5)
OFFICE_PER_HOUR = env.number("OFFICE_PER_HOUR", 60, least=0, most=3600)

# How a letter travels: the first channel that reaches the seat carries it.
CWC_AGENT = {
    "name": env.text("CWC_AGENT_NAME", "Rehearsal of Letters to Congress"),
    "ack_email": env.text("CWC_AGENT_ACK_EMAIL", "acknowledgements@example.org"),
    "contact_name": env.text("CWC_AGENT_CONTACT_NAME", "Rehearsal Contact"),
    "contact_email": env.text("CWC_AGENT_CONTACT_EMAIL", "contact@example.org"),
    "contact_phone": env.phone("CWC_AGENT_CONTACT_PHONE", "202-555-0100"),
}
CWC, SCWC = "https://cwc.house.gov/v2", "https://soapbox.senate.gov/api"
GATEWAYS = {
    "house_cwc": {
        "label": "House CWC gateway",
        "chamber": "house",
        "key": env.text("HOUSE_CWC_KEY"),
        "send_url": env.url("HOUSE_CWC_URL", f"{CWC}/message", host="house.gov"),
        "offices_url": env.url("HOUSE_CWC_OFFICES_URL", f"{CWC}/offices", host="house.gov"),
        "closed": env.closed_hours("HOUSE_CWC_CLOSED", "daily 00:00-06:00"),
        "rehearsal": ("house/v2/message", "house/v2/offices"),
    },
    "senate_cwc": {
        "label": "Senate SCWC gateway",
        "chamber": "senate",
        "key": env.text("SENATE_CWC_KEY"),
        "send_url": env.url("SENATE_CWC_URL", f"{SCWC}/production-messages", host="senate.gov")
        + "/",
        "offices_url": env.url(
            "SENATE_CWC_OFFICES_URL", f"{SCWC}/active_offices", host="senate.gov"
        ),
        "closed": env.closed_hours("SENATE_CWC_CLOSED", "sun 00:00-06:00, wed 05:00-07:00"),
        "rehearsal": ("senate/api/production-messages/", "senate/api/active_offices"),
    },
}
CWC_PROXY = env.url("CWC_PROXY", "")
CWC_SCHEMA = env.text("CWC_SCHEMA", str(BASE_DIR / "letters/channels/cwc/cwc-reconstructed.xsd"))
# A gateway without a key is not among the channels: its offices become hand-offs.
CHANNELS_LEFT_OUT = {
    name: f"{gateway['label']}: no key is set."
    for name, gateway in GATEWAYS.items()
    if LIVE and not gateway["key"]
}
if LIVE and not EMAIL_HOST:
    # A letter in a file of ours would be called accepted.
    CHANNELS_LEFT_OUT["email"] = "E-mail to the office: no mail server is set."
CHANNELS = {
    name: {
        "BACKEND": "letters.channels.cwc.CwcChannel",
        "OPTIONS": {
            "chamber": gateway["chamber"],
            "key": gateway["key"] if LIVE else REHEARSAL_KEY,
            "send_url": gateway["send_url"] if LIVE else STAND_IN + gateway["rehearsal"][0],
            "offices_url": gateway["offices_url"] if LIVE else STAND_IN + gateway["rehearsal"][1],
            "agent": CWC_AGENT,
            "schema": CWC_SCHEMA,
            "proxy": CWC_PROXY if LIVE else "",
            # The stand-in never sleeps; an organizer can close it.
            "closed": gateway["closed"] if LIVE else "never",
            "per_second": GATEWAY_PER_SECOND,
        },
    }
    for name, gateway in GATEWAYS.items()
    if name not in CHANNELS_LEFT_OUT
}
if "email" not in CHANNELS_LEFT_OUT:
    # A rehearsal's mail to offices never reaches SMTP, whatever the codes are mailed with.
    mailer = "letters.channels.smtp.SmtpMailer" if LIVE else "letters.rehearsal.mailbox.Mailbox"
    CHANNELS["email"] = {
        "BACKEND": "letters.channels.email.EmailChannel",
        "OPTIONS": {"mailer": mailer, "per_hour": OFFICE_PER_HOUR * LIVE},
    }
CHANNELS["contact_form"] = {
    "BACKEND": "letters.channels.webform.WebformChannel",
    "OPTIONS": {
        "stand_in": "" if LIVE else f"{STAND_IN}forms/",
        "per_hour": OFFICE_PER_HOUR * LIVE,
    },
}
CHANNELS["hand_off"] = {"BACKEND": "letters.channels.hand_off.HandOffChannel", "OPTIONS": {}}
