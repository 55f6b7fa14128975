"""Deliveries in the admin: triage by state and reason, and what a person may decide."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html

from campaign.admin.reading import ReadOnlyInline
from letters.channels.webform.evidence import read_evidence
from letters.desk.deciding import decide
from letters.desk.forms import HandOverForm
from letters.desk.words import DESK_STATES, desk_words
from letters.hand_off import known_obstacles
from letters.models import Attempt, Delivery
from letters.printing import letters_pdf
from letters.states import NotAllowed, State

REFUSALS_TOLD = 10


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return DESK_STATES

    def queryset(self, request, deliveries):
        return deliveries.filter(state=self.value()) if self.value() else deliveries


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = readonly_fields = [
        "number",
        "channel",
        "how",
        "is_repeat",
        "started_at",
        "submission_begun_at",
        "ended_at",
        "outcome",
        "evidence_text",
    ]

    @admin.display(description="evidence")
    def evidence_text(self, attempt: Attempt) -> str:
        found = read_evidence(attempt.evidence or "")
        if found is None:
            return format_html('<div class="desk-text">{}</div>', attempt.evidence or "none")
        return render_to_string("admin/letters/delivery/_evidence.html", {"evidence": found})


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = [
        "seat_code",
        "state_words",
        "channel",
        "reason",
        "tries",
        "due_at",
        "changed_at",
        "changed_by",
    ]
    list_filter = [
        StateFilter,
        "reason",
        "channel",
        "letter__destination",
        "letter__appeal__campaign",
        "seat__chamber",
        "seat__state",
    ]
    search_fields = ["seat__code"]
    search_help_text = "A seat's code, as in HTX37 or SWY01."
    show_full_result_count = False
    inlines = [AttemptInline]
    actions = [
        "retry",
        "mark_accepted",
        "hand_to_supporter",
        "print_letters",
        "hand_over",
        "give_up",
    ]
    exclude = ["lease_token", "state"]
    readonly_fields = ["state_words", "sent_text"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, delivery=None) -> bool:
        return False

    def has_change_permission(self, request, delivery=None) -> bool:
        """Decisions are actions on the list; a delivery's own page only shows it."""
        return delivery is None and super().has_change_permission(request)

    @admin.display(description="seat", ordering="seat")
    def seat_code(self, delivery: Delivery) -> str:
        return delivery.seat_id

    @admin.display(description="state", ordering="state")
    def state_words(self, delivery: Delivery) -> str:
        return desk_words(delivery.state)

    @admin.display(description="exactly what was sent")
    def sent_text(self, delivery: Delivery) -> str:
        return format_html('<div class="desk-text">{}</div>', delivery.submitted_text or "nothing")

    @admin.action(description="Retry now", permissions=["change"])
    def retry(self, request, deliveries) -> None:
        self._decide(request, deliveries, State.WAITING, note="due now")

    @admin.action(description="Mark as accepted (the office has it)", permissions=["change"])
    def mark_accepted(self, request, deliveries) -> None:
        self._decide(request, deliveries, State.ACCEPTED)

    @admin.action(description="Hand to the supporter", permissions=["change"])
    def hand_to_supporter(self, request, deliveries) -> None:
        self._decide(request, deliveries, State.NEEDS_SUPPORTER)

    @admin.action(description="Print what is to be brought by hand (PDF)", permissions=["change"])
    def print_letters(self, request, deliveries):
        """Only what its writer asked for: each with name and address, an office after the other."""
        asked = list(deliveries.to_be_carried().with_letters().order_by("seat", "changed_at"))
        stopped = known_obstacles(asked)
        asked = [delivery for delivery in asked if delivery.id not in stopped]
        if stopped:
            told = f"Left out, because a fact, a person or the office has changed: {len(stopped)}."
            self.message_user(request, told, messages.WARNING)
        elif not asked:
            told = "The writers of these did not ask that a volunteer brings them."
            self.message_user(request, told, messages.ERROR)
        if not asked:
            return None
        for delivery in asked:
            self.log_change(request, delivery, "printed, to be brought by hand")
        headers = {"Content-Disposition": 'attachment; filename="letters.pdf"'}
        pdf = letters_pdf(asked)
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)

    @admin.action(description="Handed over by hand …", permissions=["change"])
    def hand_over(self, request, deliveries):
        """Asks when and by whom, which the log keeps."""
        form = HandOverForm(request.POST if "handed_over" in request.POST else None)
        if form.is_valid():
            note = "on {on:%Y-%m-%d} by {by_whom}".format(**form.cleaned_data)
            self._decide(request, deliveries, State.HANDED_OVER, note=note)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Handed over by hand",
            "opts": self.opts,
            "form": form,
            "number": deliveries.count(),
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "checkbox": ACTION_CHECKBOX_NAME,
            "select_across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/letters/delivery/hand_over.html", context)

    @admin.action(description="Give up", permissions=["change"])
    def give_up(self, request, deliveries) -> None:
        self._decide(request, deliveries, State.FAILED)

    def _decide(self, request, deliveries, after: State, *, note: str = "") -> None:
        moved, refused = 0, []
        for delivery in deliveries.select_related("letter__signatory"):
            before = delivery.state
            try:
                decide(delivery=delivery, after=after.value, by=request.user.get_username())
            except NotAllowed as error:
                refused.append(f"{delivery.seat_id}: {error}.")
                continue
            moved += 1
            step = f"{desk_words(before)} → {desk_words(after)} {note}".strip()
            self.log_change(request, delivery, step)
        self._tell(request, after, moved, refused)

    def _tell(self, request, after: str, moved: int, refused: list[str]) -> None:
        if moved:
            self.message_user(request, f"{moved} now {desk_words(after)}.", messages.SUCCESS)
        for sentence in refused[:REFUSALS_TOLD]:
            self.message_user(request, sentence, messages.ERROR)
        more = len(refused) - REFUSALS_TOLD
        if more > 0:
            self.message_user(request, f"And {more} more were refused.", messages.ERROR)
