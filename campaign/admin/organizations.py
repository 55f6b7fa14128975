"""Organizations, what their boxes say, and what they took out."""

from django.contrib import admin

from campaign.admin.reading import ReadOnlyAdmin
from campaign.models import ConsentText, ExportLog, Organization
from campaign.revising import next_wording


class ConsentTextInline(admin.TabularInline):
    """A wording that stands is never edited: people ticked it as it was."""

    model = ConsentText
    extra = 0
    max_num = 50
    fields = ["version", "purpose", "purpose_be", "purpose_ru", "policy_url"]
    readonly_fields = ["version"]
    can_delete = False
    verbose_name_plural = "wordings of the box to tick (the newest is shown)"

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["logins"]
    inlines = [ConsentTextInline]

    def save_formset(self, request, form, formset, change) -> None:
        for text in formset.save(commit=False):
            text.version = next_wording(text.organization)
            text.save()
        formset.save_m2m()


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyAdmin):
    list_display = ["at", "organization", "campaign", "kind", "purpose", "by", "rows"]
    list_filter = ["organization", "campaign", "kind"]
    list_select_related = ["organization", "campaign"]
    date_hierarchy = "at"
