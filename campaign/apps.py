"""The campaign app, and the checks that every start passes."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CampaignConfig(AppConfig):
    name = "campaign"

    def ready(self) -> None:
        autodiscover_modules("checks")
