"""What people write about, and the Django project that holds the three apps together."""

from campaign.celery import app as celery_app

__all__ = ["celery_app"]
