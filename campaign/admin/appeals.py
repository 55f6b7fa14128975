"""Appeals, their facts and the prisoners: what a campaign's letters say."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from campaign.admin.forms import FactForm, PrisonerForm
from campaign.models import Appeal, Fact, Prisoner
from campaign.opening import review
from campaign.revising import carry_reviews, copied_facts, next_version

TEXTS = ["subject", "opening", "statement", "short_statement", "topic"]
STANDING = ["may_be_named", "released"]
# May change with the text in use: no letter has any of it.
CALL = ["call_script", "call_meaning_be", "call_meaning_ru"]


class FactInline(admin.TabularInline):
    model = Fact
    form = FactForm
    extra = 0
    readonly_fields = ["reviewed_at", "reviewed_by"]


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):
    """A text that a letter has used stays as it is: a new version follows it."""

    list_display = ["__str__", "subject"]
    list_filter = ["campaign"]
    fields = ["campaign", "version", *TEXTS, *CALL]
    readonly_fields = ["version"]
    inlines = [FactInline]
    actions = ["copy_as_new_version"]

    def get_readonly_fields(self, request, appeal=None):
        used = appeal is not None and appeal.letters.exists()
        return ["campaign", "version", *TEXTS] if used else self.readonly_fields

    def has_delete_permission(self, request, appeal=None) -> bool:
        used = appeal is not None and appeal.letters.exists()
        return not used and super().has_delete_permission(request, appeal)

    @admin.action(description="Copy as a new version", permissions=["add"])
    def copy_as_new_version(self, request, appeals):
        # Only a form: a copy saved now would be used by the next letter, before it is edited.
        if len(appeals) != 1:
            self.message_user(request, "Choose one appeal to copy.", messages.ERROR)
            return None
        return HttpResponseRedirect(f"{reverse('admin:campaign_appeal_add')}?copy={appeals[0].pk}")

    def get_changeform_initial_data(self, request) -> dict:
        model = self._copied(request)
        if model is None:
            return super().get_changeform_initial_data(request)
        return {name: getattr(model, name) for name in [*TEXTS, *CALL]} | {
            "campaign": model.campaign_id
        }

    def get_formset_kwargs(self, request, appeal, inline, prefix) -> dict:
        kwargs = super().get_formset_kwargs(request, appeal, inline, prefix)
        model = self._copied(request)
        # As initial data of the POST too, copied facts would count as unchanged and not be saved.
        if model is not None and request.method == "GET":
            kwargs["initial"] = copied_facts(model)
        return kwargs

    def get_formset_extra(self, request) -> int:
        model = self._copied(request)
        return model.facts.count() if model else 0

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        if obj is None:
            for inline in inlines:
                inline.extra = self.get_formset_extra(request)
        return inlines

    def save_model(self, request, appeal, form, change) -> None:
        if not change:
            appeal.version = next_version(appeal.campaign)
        super().save_model(request, appeal, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            carry_reviews(appeal=form.instance)

    def _copied(self, request) -> Appeal | None:
        number = request.GET.get("copy", "")
        return Appeal.objects.filter(pk=number).first() if number.isdecimal() else None


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("open", "to be reviewed"), ("expired", "expired"), ("done", "reviewed")]

    def queryset(self, request, rows):
        if self.value() == "open":
            return rows.to_be_reviewed()
        if self.value() == "expired":
            return rows.expired(timezone.localdate())
        return rows.exclude(reviewed_at=None) if self.value() == "done" else rows


@admin.action(description="Mark as reviewed", permissions=["change"])
def mark_reviewed(model_admin, request, rows) -> None:
    reviewed = list(rows)
    review(reviewed, by=request.user.get_username())
    for row in reviewed:
        model_admin.log_change(request, row, "Marked as reviewed.")
    what = model_admin.opts.verbose_name_plural
    model_admin.message_user(request, f"{len(reviewed)} {what} are reviewed.", messages.SUCCESS)


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    form = FactForm
    list_display = ["key", "value", "rule", "appeal", "as_of", "reviewed_at", "expires_at"]
    list_filter = [ReviewFilter, "expires_at", "appeal"]
    list_select_related = ["appeal__campaign"]
    search_fields = ["key", "value"]
    fields = ["appeal", *FactForm.Meta.fields, "reviewed_at", "reviewed_by"]
    readonly_fields = ["appeal", "reviewed_at", "reviewed_by"]
    actions = [mark_reviewed]

    def has_add_permission(self, request) -> bool:
        """Facts are added on their appeal's page."""
        return False


@admin.register(Prisoner)
class PrisonerAdmin(admin.ModelAdmin):
    form = PrisonerForm
    list_display = ["name", "campaign", *STANDING, "as_of", "reviewed_at", "expires_at"]
    list_filter = [ReviewFilter, "campaign", *STANDING]
    search_fields = ["name"]
    fields = ["campaign", *PrisonerForm.Meta.fields, "reviewed_at", "reviewed_by"]
    readonly_fields = ["reviewed_at", "reviewed_by"]
    actions = [mark_reviewed]
