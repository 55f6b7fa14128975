"""Shortens the lease in the suite's processes, until the product has a setting for it."""

from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        delivery = import_module("letters.delivery")
        if hasattr(delivery, "LEASE"):
            delivery.LEASE = timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
