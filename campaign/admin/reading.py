"""Admin pages that only show: what nobody may change by hand."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list and a page; no adding, changing or deleting."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows that belong to the page's object, to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
