"""What arrived at the rehearsal Congress, and how its gateways answer."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from letters.models import Arrival, Mood


class RehearsalAdmin(admin.ModelAdmin):
    """There is no rehearsal Congress in live mode, so the desk does not show one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return not settings.LIVE and super().has_module_permission(request)


@admin.register(Arrival)
class ArrivalAdmin(RehearsalAdmin):
    """Read only: what came is what came."""

    list_display = ("at", "receiver", "office", "status", "delivery_key")
    list_filter = ("receiver", "status")
    search_fields = ("office", "delivery_key")
    fields = ("at", "receiver", "office", "status", "delivery_key", "text")
    readonly_fields = fields
    show_full_result_count = False

    @admin.display(description="as it came")
    def text(self, arrival: Arrival) -> str:
        """The XML is shown as staff get it: each element stands on its own line already."""
        return format_html('<pre class="desk-text">{}</pre>', arrival.body or "")

    def get_queryset(self, request: HttpRequest):
        # Opening the letters of a whole page to list them would be for nothing.
        return super().get_queryset(request).defer("body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Arrival | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Arrival | None = None) -> bool:
        return False


@admin.register(Mood)
class MoodAdmin(RehearsalAdmin):
    """An organizer plays the gateway's bad days."""

    list_display = ("receiver", "kind")
    list_editable = ("kind",)
