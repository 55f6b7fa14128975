"""Routes and gateways in the admin: what organizers know of the ways to the offices."""

from django.contrib import admin, messages

from letters.desk.forms import RouteForm
from letters.models import Destination, Route
from letters.waking import wake_workers
from representatives.congress import lookup_day


class FormerMemberFilter(admin.SimpleListFilter):
    title = "whose it is"
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("former", "of a former member: not used")]

    def queryset(self, request, routes):
        if self.value() != "former":
            return routes
        return routes.exclude(pk__in=Route.objects.of_who_sits(lookup_day()))


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):
    form = RouteForm
    list_display = [
        "seat",
        "member",
        "way",
        "email",
        "form_url",
        "agreed_by",
        "checked_by",
        "checked_at",
        "trouble",
        "paused_until",
    ]
    list_filter = [
        "way",
        FormerMemberFilter,
        ("trouble", admin.EmptyFieldListFilter),
        "seat__chamber",
        "seat__state",
        "checked_at",
    ]
    readonly_fields = ["member", "trouble"]
    search_fields = ["seat__code"]
    search_help_text = "A seat's code, as in HTX37 or SWY01."
    list_select_related = ["seat", "member"]


@admin.register(Destination)
class DestinationAdmin(admin.ModelAdmin):
    """Only the pause is a person's to set: the rest is what the gateway said, and how it does."""

    list_display = [
        "name",
        "offices_listed",
        "offices_at",
        "paused_until",
        "rests_until",
        "failures",
    ]
    fields = list_display
    readonly_fields = ["name", "offices_listed", "offices_at", "rests_until", "failures"]
    actions = ["ask_again"]

    def get_queryset(self, request):
        """Without the rows of single offices: they only keep whose turn it is."""
        return super().get_queryset(request).exclude(name__contains=" ")

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, destination=None) -> bool:
        return False

    @admin.display(description="offices that take part")
    def offices_listed(self, destination: Destination) -> int:
        return len(destination.offices)

    @admin.action(description="End its rest: ask again now", permissions=["change"])
    def ask_again(self, request, destinations) -> None:
        for destination in destinations:
            self.log_change(request, destination, "ended its rest")
        destinations.update(rests_until=None, failures=0, taken_until=None)
        wake_workers()
        self.message_user(request, "Its letters are tried again now.", messages.SUCCESS)
