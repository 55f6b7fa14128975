"""Contact forms in the admin: how each one does, and whether letters may go by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList

from letters.channels.webform.recipe import By, Recipe
from letters.models import ContactForm
from letters.standing import Health, close_form, health_of, obstacle_of, open_form
from letters.states import Reason
from letters.waking import wake_workers
from representatives.congress import lookup_day
from representatives.models import Term

BY = {By.PLAIN: "plain request", By.BROWSER: "browser", By.PERSON: "a person"}


@dataclass(frozen=True)
class LookedUp:
    """What is told of a form beside its own row."""

    recipe: Recipe | None
    health: Health
    # Of the member; empty where they hold none.
    seat: str


class FormList(ChangeList):
    """The admin's list, its rows looked up together."""

    def get_results(self, request) -> None:
        super().get_results(request)
        self.result_list = _looked_up(self.result_list)


@admin.register(ContactForm)
class ContactFormAdmin(admin.ModelAdmin):
    """Recipes come by command; a person opens a form, closes it, or lets it try again."""

    list_display = [
        "member",
        "seat",
        "filled_in_by",
        "standing",
        "accepted",
        "bad",
        "opened_at",
        "looked_at",
        "changed_at",
    ]
    list_filter = ["opened_at", "looked_at", "changed_at"]
    list_per_page = 120
    list_select_related = ["member"]
    ordering = ["member__last_name"]
    search_fields = ["member__last_name", "member__bioguide"]
    actions = ["open", "close"]
    fields = [
        "member",
        "page",
        "filled_in_by",
        "why",
        "standing",
        "accepted",
        "bad",
        "opened_at",
        "opened_by",
        "looked_at",
        "trouble",
        "charset",
        "quarantine",
        "revision",
        "changed_at",
    ]
    readonly_fields = fields

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, form=None) -> bool:
        return False

    def get_changelist(self, request, **options) -> type[ChangeList]:
        return FormList

    def get_object(self, request, object_id, from_field=None) -> ContactForm | None:
        form = super().get_object(request, object_id, from_field)
        return _looked_up([form])[0] if form else None

    @admin.display(description="seat")
    def seat(self, form: ContactForm) -> str:
        return form.looked_up.seat or "holds no seat"

    @admin.display(description="filled in by")
    def filled_in_by(self, form: ContactForm) -> str:
        recipe = form.looked_up.recipe
        return BY[recipe.by] if recipe else "nobody: no good recipe"

    @admin.display(description="page")
    def page(self, form: ContactForm) -> str:
        recipe = form.looked_up.recipe
        return recipe.url if recipe else ""

    @admin.display(description="why not by a plain request")
    def why(self, form: ContactForm) -> str:
        recipe = form.looked_up.recipe
        return recipe.why if recipe else ""

    @admin.display(description="today")
    def standing(self, form: ContactForm) -> str:
        recipe, health = form.looked_up.recipe, form.looked_up.health
        if recipe is None:
            return f"quarantined: {form.quarantine}"
        if recipe.needs_a_person:
            return str(Reason.CAPTCHA.label)
        reason = obstacle_of(form, health)
        if reason:
            return str(Reason(reason).label)
        return "takes its first letter" if health.is_on_trial else "takes letters"

    @admin.display(description="accepted")
    def accepted(self, form: ContactForm) -> int:
        return form.looked_up.health.accepted

    @admin.display(description="not accepted")
    def bad(self, form: ContactForm) -> int:
        return form.looked_up.health.bad

    @admin.action(description="Open for letters (the first one goes alone)", permissions=["change"])
    def open(self, request, forms) -> None:
        known = ((form, form.looked_up.recipe) for form in _looked_up(forms))
        opened = [form for form, recipe in known if recipe and not recipe.needs_a_person]
        for form in opened:
            open_form(form, by=request.user.get_username())
            self.log_change(request, form, "opened for letters")
        wake_workers()
        left = len(forms) - len(opened)
        self.message_user(request, f"{len(opened)} opened for letters.", messages.SUCCESS)
        if left:
            sentence = f"{left} not opened: only a person can finish those forms."
            self.message_user(request, sentence, messages.WARNING)

    @admin.action(description="Close: letters become hand-offs", permissions=["change"])
    def close(self, request, forms) -> None:
        for form in forms:
            close_form(form)
            self.log_change(request, form, "closed")
        self.message_user(request, f"{len(forms)} closed.", messages.SUCCESS)


def _looked_up(forms: Iterable[ContactForm]) -> list[ContactForm]:
    """Each with what is known of it, in as many queries as for one."""
    forms = list(forms)
    health = health_of(forms)
    members = [form.pk for form in forms]
    sitting = Term.objects.sitting(lookup_day()).filter(member__in=members)
    seats = dict(sitting.values_list("member_id", "seat_id"))
    for form in forms:
        recipe = Recipe.from_json(form.recipe) if form.recipe else None
        form.looked_up = LookedUp(recipe, health[form.pk], seats.get(form.pk, ""))
    return forms
