"""What arrived at the rehearsal Congress, and how its gateways and forms answer."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from letters.models import Arrival, Mood, Receiver
from letters.rehearsal.forms.arriving import verdicts_in


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
        if arrival.receiver == Receiver.FORM:
            return _field_by_field(arrival)
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


def _field_by_field(arrival: Arrival) -> str:
    """In the order in which the form sent them, with the office's own verdict on each."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}<br><small>{}</small></th><td class="desk-text">{}</td>'
        '<td class="{}">{}</td></tr>',
        [
            (each.label, each.name, _shown(each.value), *_judged(each.fault))
            for each in verdicts_in(arrival.body)
        ],
    )
    head = format_html("<tr><th>{}</th><th>{}</th><th>{}</th></tr>", "Field", "Came", "Verdict")
    return format_html("<table><thead>{}</thead><tbody>{}</tbody></table>", head, rows)


def _shown(value: str | None) -> str:
    return "(nothing came)" if value is None else value


def _judged(fault: str) -> tuple[str, str]:
    return ("desk-alarm", fault) if fault else ("", "right")


@admin.register(Mood)
class MoodAdmin(RehearsalAdmin):
    """An organizer plays the gateway's bad days."""

    list_display = ("receiver", "kind")
    list_editable = ("kind",)
