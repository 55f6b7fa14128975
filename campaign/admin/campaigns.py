"""Campaigns in the admin: edited freely, but for their state."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from campaign.admin.forms import CampaignForm
from campaign.models import Campaign, Participation, Prompt
from campaign.opening import NotReady, close_campaign, open_live, open_rehearsal


class ParticipationInline(admin.TabularInline):
    model = Participation
    extra = 0
    autocomplete_fields = ["organization"]


class PromptInline(admin.StackedInline):
    model = Prompt
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):
    form = CampaignForm
    list_display = ["name", "state", "closes_at", "send_counts"]
    list_filter = ["state"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["state", "send_counts"]
    inlines = [ParticipationInline, PromptInline]
    actions = ["start_rehearsal", "go_live", "close"]

    @admin.display(description="letters")
    def send_counts(self, campaign: Campaign) -> str:
        if not campaign.pk:
            return "none yet"
        return format_html(
            '<a href="{}">send counts</a>', reverse("admin:send_counts", args=[campaign.slug])
        )

    @admin.action(description="Start the rehearsal", permissions=["change"])
    def start_rehearsal(self, request, campaigns) -> None:
        self._open(request, campaigns, open_rehearsal, "The rehearsal of {} has begun.")

    @admin.action(description="Open live", permissions=["change"])
    def go_live(self, request, campaigns) -> None:
        self._open(request, campaigns, open_live, "{} is live.")

    @admin.action(description="Close", permissions=["change"])
    def close(self, request, campaigns) -> None:
        self._open(request, campaigns, close_campaign, "{} is closed.")

    def _open(self, request, campaigns, verb, done: str) -> None:
        for campaign in campaigns:
            try:
                warnings = verb(campaign=campaign, by=request.user.get_username()) or ()
            except NotReady as error:
                for obstacle in error.obstacles:
                    self.message_user(request, f"{campaign}: {obstacle}", messages.ERROR)
            else:
                sentence = done.format(campaign)
                self.log_change(request, campaign, sentence)
                self.message_user(request, sentence, messages.SUCCESS)
                for warning in warnings:
                    self.message_user(request, f"{campaign}: {warning}", messages.WARNING)
