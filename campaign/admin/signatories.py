"""Signatories in the admin: lists without names; who somebody is stands on their own page only."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path

from campaign.admin.forms import EmailSearchForm
from campaign.admin.reading import ReadOnlyAdmin, ReadOnlyInline
from campaign.encryption import email_hash
from campaign.models import Consent, Signatory

WHO = ["name", "email", "address", "phone", "shown_as"]


class ConsentInline(ReadOnlyInline):
    model = Consent
    fields = readonly_fields = ["organization", "text", "at", "withdrawn_at", "public_id"]


@admin.register(Signatory)
class SignatoryAdmin(ReadOnlyAdmin):
    list_display = ["id", "campaign", "state", "district", "visibility", "confirmed_at"]
    list_filter = ["campaign", "destination", "visibility", "state"]
    list_select_related = ["campaign"]
    show_full_result_count = False
    change_list_template = "admin/campaign/signatory/change_list.html"
    inlines = [ConsentInline]
    exclude = ["email_hash"]
    readonly_fields = WHO

    def get_urls(self) -> list:
        find = path("find/", self.admin_site.admin_view(self.find), name="find_signatory")
        return [find, *super().get_urls()]

    def find(self, request):
        """By the exact e-mail address, which a POST keeps out of addresses and logs."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = EmailSearchForm(request.POST or None)
        found = None
        if form.is_valid():
            found = Signatory.objects.filter(email_hash=email_hash(form.cleaned_data["email"]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Find a signatory by e-mail address",
            "opts": self.opts,
            "form": form,
            "found": found,
        }
        return render(request, "admin/campaign/signatory/find.html", context)

    @admin.display
    def name(self, signatory: Signatory) -> str:
        person = signatory.person
        return f"{person.prefix} {person.full_name}".strip() if person else "erased"

    @admin.display(description="e-mail")
    def email(self, signatory: Signatory) -> str:
        return signatory.person.email if signatory.person else "erased"

    @admin.display
    def address(self, signatory: Signatory) -> str:
        person = signatory.person
        if person is None:
            return "erased"
        return f"{person.street}, {person.city}, {person.state} {person.zip_plus_4}"

    @admin.display
    def phone(self, signatory: Signatory) -> str:
        return signatory.person.phone if signatory.person else "erased"

    @admin.display(description="may be shown as")
    def shown_as(self, signatory: Signatory) -> str:
        return signatory.display_name or "nobody: only counted"
