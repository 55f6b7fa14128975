"""The Celery application: workers and beat start from here."""

import gc
import os

from celery import Celery, bootsteps
from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")


class StartChecks(bootsteps.Step):
    """A worker with a wrong key ends here: it could open no letter."""

    def __init__(self, parent, **kwargs):
        super().__init__(parent, **kwargs)
        # Not all checks: some write, and would take a locked database for a broken one.
        BaseCommand().check(tags=[Tags.database], databases=["default"])
        # SQLite forbids to carry a connection over a fork, and the children are forks.
        connections.close_all()
        # What the children never collect, they need not copy.
        gc.freeze()


app = Celery("campaign")
app.config_from_object("django.conf:settings", namespace="CELERY")
# However long the broker is away, workers and beat look for it.
app.conf.broker_connection_max_retries = None
app.conf.worker_consumer = "campaign.reconnecting:SteadyConsumer"
app.autodiscover_tasks(["letters"])
app.steps["worker"].add(StartChecks)
