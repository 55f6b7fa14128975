"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The banner's question, and the site's name."""
    return {"rehearsal": not settings.LIVE, "site_name": settings.SITE_NAME}
