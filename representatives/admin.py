"""Seats, members, terms and the age of what we know, to look at: the tables come by command."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Value
from django.http import HttpResponseRedirect

from representatives.accepting import LOADERS, accept, refuse, roll_back
from representatives.congress import lookup_day
from representatives.models import Congress, Correction, Member, Seat, Snapshot, Term
from representatives.roster.correcting import correct, withdraw
from representatives.roster.table import BIOGUIDE
from representatives.tables import TableRefused

NOT_CORRECTED = (
    "Nothing was changed. Put another roster in force first, by `manage.py refresh_roster` or on "
    "the desk's page of the roster; then do this again."
)


class CorrectionForm(forms.ModelForm):
    """Who holds a seat from a day on, and where that can be read; no member: nobody does."""

    class Meta:
        model = Correction
        fields = [
            "seat",
            "member",
            "starts",
            "ends",
            "party",
            "phone",
            "office_address",
            "website",
            "contact_form",
            "why",
            "source",
        ]
        help_texts: ClassVar = {"member": "Empty: nobody holds the seat from that day on."}

    def clean(self):
        cleaned = super().clean()
        seat, starts = cleaned.get("seat"), cleaned.get("starts")
        said = Correction.objects.filter(seat=seat, starts=starts, withdrawn_at=None)
        if seat and starts and said.exists():
            raise ValidationError("This seat is corrected from that day on: withdraw that first.")
        return cleaned


class MemberForm(forms.ModelForm):
    """A person by the name that Congress gives them, which a roster will use too."""

    class Meta:
        model = Member
        fields = ["bioguide", "official_name", "first_name", "last_name"]

    def clean_bioguide(self):
        bioguide = self.cleaned_data["bioguide"]
        if not BIOGUIDE.fullmatch(bioguide):
            raise ValidationError("One letter and six digits, like H001096.")
        return bioguide


class ReadOnly(admin.ModelAdmin):
    """The source is the truth: a change made here would be gone at the next loading."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TermsOfSeat(admin.TabularInline):
    """Who has held a seat."""

    model = Term
    fields = ["member", "party", "start", "end", "end_estimated", "phone", "contact_form"]
    ordering = ["-start"]
    extra = 0
    can_delete = False

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return False


class Vacancy(admin.SimpleListFilter):
    """Seats that nobody holds today, as far as the roster knows."""

    title = "holder"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        return [("vacant", "vacant, or not known"), ("held", "held")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        vacant = Seat.objects.vacant(lookup_day()).values("pk")
        if self.value() == "vacant":
            return queryset.filter(pk__in=vacant)
        return queryset.exclude(pk__in=vacant)


@admin.register(Seat)
class SeatAdmin(ReadOnly):
    """All 541 seats and who sits in them today."""

    list_display = ["code", "label", "member", "party", "phone", "contact_form"]
    list_filter = ["chamber", Vacancy, "state"]
    search_fields = ["code", "terms__member__official_name", "terms__member__bioguide"]
    list_per_page = 100
    inlines = [TermsOfSeat]

    def get_queryset(self, request):
        day = lookup_day()
        knows = Value(Snapshot.objects.know_vacancies(day), BooleanField())
        return super().get_queryset(request).with_members(day).annotate(roster_knows=knows)

    @admin.display(description="member")
    def member(self, seat):
        if seat.sitting_term:
            return seat.sitting_term.member
        return "vacant" if seat.roster_knows else "not known"

    @admin.display(description="party")
    def party(self, seat):
        return seat.sitting_term and seat.sitting_term.party

    @admin.display(description="phone")
    def phone(self, seat):
        return seat.sitting_term and seat.sitting_term.phone

    @admin.display(description="contact form")
    def contact_form(self, seat):
        return seat.sitting_term and seat.sitting_term.contact_form


@admin.register(Member)
class MemberAdmin(ReadOnly):
    """Everybody who sits, or sat; and whom a correction names before the roster knows them."""

    form = MemberForm
    list_display = ["bioguide", "official_name", "last_name", "first_name"]
    search_fields = ["bioguide", "official_name", "last_name", "first_name"]

    def has_add_permission(self, request):
        return request.user.has_perm("representatives.add_member")


@admin.register(Term)
class TermAdmin(ReadOnly):
    """Every term, with the snapshot that told us."""

    list_display = ["seat", "member", "party", "start", "end", "end_estimated", "snapshot"]
    list_filter = ["seat__chamber", "end_estimated", "party", "snapshot"]
    list_select_related = ["member", "seat", "snapshot"]
    search_fields = ["seat__code", "member__official_name", "member__bioguide"]
    date_hierarchy = "start"


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    """What was loaded when, and how old it is."""

    list_display = ["__str__", "age", "source", "licence", "loaded_at", "status", "age_accepted_by"]
    list_filter = ["kind", "status"]
    search_fields = ["source", "sha256"]
    actions = ["put_in_force", "refuse", "roll_back", "accept_age"]

    @admin.display(description="age in days")
    def age(self, snapshot):
        return snapshot.age_in_days(lookup_day())

    @admin.action(description="Take responsibility for its age", permissions=["accept"])
    def accept_age(self, request, snapshots):
        accepted = list(snapshots)
        snapshots.accept_age(by=request.user.get_username())
        for snapshot in accepted:
            self.log_change(request, snapshot, "Took responsibility for its age.")
        self.message_user(request, "You answer for its age from now on.", messages.SUCCESS)

    @admin.action(description="Put in force what waits", permissions=["accept"])
    def put_in_force(self, request, snapshots):
        self._decide(request, snapshots, accept, done="Put in force.")

    @admin.action(description="Refuse what waits", permissions=["accept"])
    def refuse(self, request, snapshots):
        self._decide(request, snapshots, refuse, done="Refused.")

    @admin.action(description="Roll back to the one before", permissions=["accept"])
    def roll_back(self, request, snapshots):
        self._decide(request, snapshots, _go_back, done="Rolled back to the one before.")

    def _decide(self, request, snapshots, verb: Callable, *, done: str) -> None:
        """Each by itself: what cannot be done stays as it is, and says why."""
        for snapshot in snapshots:
            try:
                if snapshot.kind not in LOADERS:
                    raise TableRefused(f"The {snapshot} comes by command: nothing to decide here.")
                verb(snapshot, by=request.user.get_username())
            except TableRefused as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.log_change(request, snapshot, done)
                self.message_user(request, f"{snapshot}: {done}", messages.SUCCESS)

    def has_accept_permission(self, request):
        """The table itself is read only for everybody; its age is a person's decision."""
        return request.user.has_perm("representatives.change_snapshot")


def _go_back(snapshot: Snapshot, *, by: str) -> None:
    """From the one in force: from no other is there a way back."""
    if snapshot.status != Snapshot.Status.IN_FORCE:
        raise TableRefused(f"The {snapshot} is not in force: choose the one that is.")
    roll_back(Snapshot.Kind(snapshot.kind), congress=snapshot.congress_id, by=by)


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """What organizers know better than the roster: made and withdrawn, never changed or deleted."""

    form = CorrectionForm
    list_display = ["seat", "holder", "starts", "ends", "why", "made_by", "withdrawn_by"]
    list_filter = [("withdrawn_at", admin.EmptyFieldListFilter), "seat__chamber"]
    list_select_related = ["seat", "member"]
    search_fields = ["seat__code", "member__official_name"]
    actions = ["withdraw"]

    @admin.display(description="holder")
    def holder(self, correction):
        return correction.member or "vacant"

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except TableRefused as error:
            self._tell(request, error)
            return HttpResponseRedirect(request.path)

    def save_model(self, request, obj, form, change):
        """The seat's terms say so at once."""
        obj.made_by = request.user.get_username()
        correct(obj)

    @admin.action(description="Withdraw: the roster counts again", permissions=["withdraw"])
    def withdraw(self, request, corrections):
        for correction in corrections.filter(withdrawn_at=None):
            try:
                withdraw(correction, by=request.user.get_username())
            except TableRefused as error:
                self._tell(request, error)
            else:
                self.log_change(request, correction, "Withdrawn.")
                said = f"{correction}: withdrawn, the roster counts again."
                self.message_user(request, said, messages.SUCCESS)

    def _tell(self, request, error: TableRefused) -> None:
        """The roster in force cannot be read anew: only another one helps."""
        self.message_user(request, f"{error} {NOT_CORRECTED}", messages.ERROR)

    def has_withdraw_permission(self, request):
        return request.user.has_perm("representatives.change_correction")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Congress)
class CongressAdmin(ReadOnly):
    """The Congresses that a map or a letter belongs to."""

    list_display = ["number", "starts", "ends"]
