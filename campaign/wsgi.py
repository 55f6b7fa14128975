"""The web server's door: `gunicorn campaign.wsgi`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")

application = get_wsgi_application()

# Every page is loaded before the server forks: its processes share what they never collect.
import_module(settings.ROOT_URLCONF)
gc.freeze()
