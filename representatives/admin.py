"""Seats, members, terms and the age of what we know, to look at: the tables come by command."""

from django.contrib import admin, messages

from representatives.congress import lookup_day
from representatives.models import Congress, Member, Seat, Snapshot, Term


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
    """Seats that nobody holds today."""

    title = "holder"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        return [("vacant", "vacant"), ("held", "held")]

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
        return super().get_queryset(request).with_members(lookup_day())

    @admin.display(description="member")
    def member(self, seat):
        return seat.sitting_term.member if seat.sitting_term else "vacant"

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
    """Everybody who sits, or sat."""

    list_display = ["bioguide", "official_name", "last_name", "first_name"]
    search_fields = ["bioguide", "official_name", "last_name", "first_name"]


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
    actions = ["accept_age"]

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

    def has_accept_permission(self, request):
        """The table itself is read only for everybody; its age is a person's decision."""
        return request.user.has_perm("representatives.change_snapshot")


@admin.register(Congress)
class CongressAdmin(ReadOnly):
    """The Congresses that a map or a letter belongs to."""

    list_display = ["number", "starts", "ends"]
