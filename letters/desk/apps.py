"""Makes the organizers' desk the admin of this installation."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The stock admin, whose site is the desk."""

    default_site = "letters.desk.site.DeskSite"
