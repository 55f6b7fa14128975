"""Routes and gateways in the admin: what organizers know of the ways to the offices."""

from django.contrib import admin

from letters.desk.forms import RouteForm
from letters.models import Destination, Route


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):
    form = RouteForm
    list_display = ["seat", "way", "email", "agreed_by", "checked_by", "checked_at", "paused_until"]
    list_filter = ["way", "seat__chamber", "seat__state", "checked_at"]
    search_fields = ["seat__code"]
    search_help_text = "A seat's code, as in HTX37 or SWY01."
    list_select_related = ["seat"]


@admin.register(Destination)
class DestinationAdmin(admin.ModelAdmin):
    """Only the pause is a person's to set: the offices are the gateway's own list."""

    list_display = ["name", "offices_listed", "offices_at", "paused_until"]
    fields = ["name", "offices_listed", "offices_at", "paused_until"]
    readonly_fields = ["name", "offices_listed", "offices_at"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, destination=None) -> bool:
        return False

    @admin.display(description="offices that take part")
    def offices_listed(self, destination: Destination) -> int:
        return len(destination.offices)
