"""Letters and the mails about them in the admin: to look at, never to write in."""

from collections import Counter

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from campaign.admin.reading import ReadOnlyAdmin, ReadOnlyInline
from letters.desk.words import desk_words
from letters.models import Delivery, Letter, Notice

ERASED = "erased"


class DeliveryInline(ReadOnlyInline):
    model = Delivery
    fields = readonly_fields = ["seat", "member", "channel", "state_words", "reason", "changed_at"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("seat", "member")

    @admin.display(description="state")
    def state_words(self, delivery: Delivery) -> str:
        return desk_words(delivery.state)


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["id", "place", "likeness", "destination", "created_at", "states"]
    list_filter = ["appeal__campaign", "destination", "likeness", "created_at"]
    list_select_related = ["signatory"]
    show_full_result_count = False
    inlines = [DeliveryInline]
    fields = [
        "who",
        "appeal",
        "prisoner",
        "subject_text",
        "own_words_text",
        "statement_text",
        "statement_frozen_on",
        "destination",
        "created_at",
        "text_erased_at",
    ]
    readonly_fields = ["who", "subject_text", "own_words_text", "statement_text"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("deliveries")

    @admin.display(description="from")
    def place(self, letter: Letter) -> str:
        return letter.signatory.district or letter.signatory.state

    @admin.display(description="offices")
    def states(self, letter: Letter) -> str:
        counted = Counter(desk_words(delivery.state) for delivery in letter.deliveries.all())
        return ", ".join(f"{number} {state}" for state, number in counted.most_common())

    @admin.display(description="signatory")
    def who(self, letter: Letter) -> str:
        page = reverse("admin:campaign_signatory_change", args=[letter.signatory_id])
        return format_html('<a href="{}">{}</a>', page, letter.signatory)

    @admin.display(description="subject")
    def subject_text(self, letter: Letter) -> str:
        return self._text(letter, letter.subject)

    @admin.display(description="own words")
    def own_words_text(self, letter: Letter) -> str:
        none = "" if letter.has_own_words else "none"
        return none or self._text(letter, letter.own_words)

    @admin.display(description="statement")
    def statement_text(self, letter: Letter) -> str:
        return self._text(letter, letter.statement)

    def _text(self, letter: Letter, text: str | None) -> str:
        if letter.text_erased_at:
            return ERASED
        if text is None:
            return "untouched: as the appeal has it, with its facts as of the day of sending"
        return format_html('<div class="desk-text">{}</div>', text)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "kind",
        "letter",
        "due_at",
        "tries",
        "mailed_at",
        "gave_up_at",
        "refused_at",
    ]
    list_filter = [
        "kind",
        ("gave_up_at", admin.EmptyFieldListFilter),
        ("refused_at", admin.EmptyFieldListFilter),
        "due_at",
    ]
    list_select_related = ["letter"]
    show_full_result_count = False
