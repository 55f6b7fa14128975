"""The organizers' desk: the stock admin's site with our own pages above the app list."""

from django.contrib.admin import AdminSite


class DeskSite(AdminSite):
    """Where organizers run the campaign and watch its letters."""

    site_header = "The organizers' desk"
    site_title = "The organizers' desk"
    index_title = "Today"
